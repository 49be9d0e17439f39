package kronwood.fit;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.gram.GramOptions;
import kronwood.input.PairStructure;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.measure.Metric;
import kronwood.model.Model;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFileSurgery;
import kronwood.network.Activation;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Problems;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From data to predictions and files: what a structure promises holds whatever was learned. */
class PairStructureModelTest {
  private static final int DRUGS = 12;
  private static final int CELLS = 5;
  private static final int SAMPLES = 80;
  private static final int TRAINING = 60;

  private static ModelOptions options(PairStructure structure, Loss loss, EngineChoice engine) {
    return new ModelOptions(
        GramOptions.DEFAULT,
        structure,
        loss,
        new NetworkOptions(24, 0.6, true, true, 0.3, 5),
        TrainingOptions.plain(8, 5, OptionalDouble.of(0.5), 0.01, engine, 2),
        1e9);
  }

  /** Pairs of drugs, on a cell line if {@code cells}; features have more columns than entities. */
  private static Dataset data(Random random, boolean cells, Targets targets) {
    EntityTable drugs = Problems.table("drug", Problems.denseFeatures(random, DRUGS, 20));
    EntityTable lines = Problems.table("cell", Problems.denseFeatures(random, CELLS, 3));
    Mode first = new Mode("first", drugs);
    Mode second = new Mode("second", drugs);
    EntityTuples tuples =
        cells
            ? Problems.tuples(random, SAMPLES, DRUGS, CELLS, DRUGS)
            : Problems.tuples(random, SAMPLES, DRUGS, DRUGS);
    List<Mode> modes =
        cells ? List.of(first, new Mode("cell", lines), second) : List.of(first, second);
    return Dataset.of(modes, Samples.of(tuples, targets));
  }

  private static Model fit(Dataset data, ModelOptions options) {
    Split split =
        new Split(Problems.range(0, TRAINING), new int[0], Problems.range(TRAINING, SAMPLES));
    return ModelTraining.fit(data, split, options, TrainingListener.NONE).model();
  }

  /** Every tuple of the given numbers of entities. */
  private static EntityTuples all(int... entities) {
    int size = Arrays.stream(entities).reduce(1, Math::multiplyExact);
    int[] tuples = new int[size * entities.length];
    for (int i = 0; i < size; i++) {
      int rest = i;
      for (int k = entities.length - 1; k >= 0; k--) {
        tuples[i * entities.length + k] = rest % entities[k];
        rest /= entities[k];
      }
    }
    return EntityTuples.of(entities.length, tuples);
  }

  /** With the first and the last entity exchanged. */
  private static EntityTuples exchanged(EntityTuples tuples) {
    int modes = tuples.modes();
    int[] exchanged = new int[tuples.size() * modes];
    for (int i = 0; i < tuples.size(); i++) {
      for (int k = 0; k < modes; k++) {
        boolean end = k == 0 || k == modes - 1;
        exchanged[i * modes + k] = tuples.entity(i, end ? modes - 1 - k : k);
      }
    }
    return EntityTuples.of(modes, exchanged);
  }

  private static void assertInvariant(PairStructure structure, Predictor predictor, int... sizes) {
    EntityTuples tuples = all(sizes);
    double[] there = predictor.predict(tuples);
    double[] back = predictor.predict(exchanged(tuples));
    double largest = 0;
    for (int i = 0; i < there.length; i++) {
      // To the last bit.
      assertEquals(structure.isOdd() ? -there[i] + 0.0 : there[i], back[i] + 0.0, 0);
      largest = Math.max(largest, Math.abs(there[i]));
    }
    assertTrue(largest > 0.1, "nothing was predicted");
  }

  @ParameterizedTest
  @EnumSource(names = {"SYMMETRIC", "ANTISYMMETRIC", "RANKING", "COMPARISON"})
  void exchangingTwoEntitiesKeepsPredictionsUpToTheirSign(
      PairStructure structure, @TempDir Path folder) throws IOException {
    for (boolean cells : new boolean[] {false, true}) {
      for (EngineChoice engine : EngineChoice.values()) {
        Random random = new Random(3);
        Dataset data = data(random, cells, Problems.realTargets(random, SAMPLES, 1));
        Model model = fit(data, options(structure, new SquaredLoss(), engine));
        int[] sizes = cells ? new int[] {DRUGS, CELLS, DRUGS} : new int[] {DRUGS, DRUGS};
        assertInvariant(structure, model.predictor(2), sizes);

        Path file = folder.resolve(engine + ".kron");
        ModelFile.save(model, file);
        Model loaded = ModelFile.load(file);
        assertEquals(
            structure == PairStructure.COMPARISON ? "4" : "3",
            new ModelFileSurgery(file).metadata().get("format_version").stringValue());
        assertArrayEquals(
            model.predictor(1).predict(all(sizes)), loaded.predictor(1).predict(all(sizes)));

        EntityTable unseen = newDrugs(random);
        int[] withNew = sizes.clone();
        withNew[0] += 3;
        withNew[withNew.length - 1] += 3;
        assertInvariant(structure, loaded.predictor(List.of(unseen), 2), withNew);
      }
    }
  }

  private static EntityTable newDrugs(Random random) {
    return EntityTable.of(
        "drug",
        EntityIds.of(List.of("x", "y", "z")),
        DenseFeatures.of(3, 20, Problems.gaussianFloats(random, 60)));
  }

  @ParameterizedTest
  @EnumSource(PairStructure.class)
  void knownEntitiesGivenAgainArePredictedAlike(PairStructure structure) {
    Random random = new Random(4);
    Dataset data = data(random, false, Problems.realTargets(random, SAMPLES, 1));
    Model model = fit(data, options(structure, new SquaredLoss(), EngineChoice.BLOCK));
    EntityTable drugs = data.modes().getFirst().table();
    EntityTable again = EntityTable.of("drug", ids("again"), drugs.attributes());
    Predictor predictor = model.predictor(List.of(again), 1);
    double[] known = predictor.predict(all(DRUGS, DRUGS));
    int[] moved = new int[2 * DRUGS * DRUGS];
    for (int i = 0; i < DRUGS * DRUGS; i++) {
      moved[2 * i] = DRUGS + i / DRUGS;
      moved[2 * i + 1] = DRUGS + i % DRUGS;
    }
    double[] asNew = predictor.predict(EntityTuples.of(2, moved));
    if (structure == PairStructure.CARTESIAN) {
      // Nobody knows who they are: nothing is left of any input.
      double[] offset = new double[asNew.length];
      Arrays.fill(offset, model.target().offset()[0]);
      assertArrayEquals(offset, asNew, 1e-12);
      return;
    }
    assertArrayEquals(known, asNew, 1e-5);
  }

  private static EntityIds ids(String prefix) {
    return EntityIds.of(Arrays.stream(Problems.range(0, DRUGS)).mapToObj(e -> prefix + e).toList());
  }

  @ParameterizedTest
  @EnumSource(PairStructure.class)
  void predictionsGivenAllOtherEntitiesAreThoseOfTuples(PairStructure structure) {
    Random random = new Random(5);
    Dataset data = data(random, true, Problems.realTargets(random, SAMPLES, 1));
    Predictor predictor =
        fit(data, options(structure, new SquaredLoss(), EngineChoice.BLOCK)).predictor(2);
    double[] grid = predictor.predict(all(DRUGS, CELLS, DRUGS));
    int[] given = {7, 2, 4};
    int[] strides = {CELLS * DRUGS, DRUGS, 1};
    int[] sizes = {DRUGS, CELLS, DRUGS};
    for (int free = 0; free < 3; free++) {
      int candidates = sizes[free];
      double[] found = predictor.given(free, given).predict(Problems.range(0, candidates));
      for (int e = 0; e < candidates; e++) {
        int[] tuple = given.clone();
        tuple[free] = e;
        int at = tuple[0] * strides[0] + tuple[1] * strides[1] + tuple[2];
        assertEquals(grid[at], found[e], 1e-9, structure + ", free mode " + free);
      }
    }
  }

  @Test
  void theProbabilityThatTheSecondWinsIsTheRestOfTheFirstOnes() {
    Random random = new Random(6);
    Dataset data = data(random, false, ClassTargets.of("won", List.of("0", "1"), labels(random)));
    Model model = fit(data, options(PairStructure.RANKING, new LogisticLoss(), EngineChoice.AUTO));
    double[] there = model.predictor(1).predict(all(DRUGS, DRUGS));
    double[] back = model.predictor(1).predict(exchanged(all(DRUGS, DRUGS)));
    for (int i = 0; i < there.length; i++) {
      assertEquals(1, there[i] + back[i], 1e-15);
    }
    assertEquals(0.5, there[0]);
    assertNotEquals(0.5, there[1]);
  }

  private static int[] labels(Random random) {
    return random.ints(SAMPLES, 0, 2).toArray();
  }

  /** Drug e is worth e, and wins by the difference. */
  @ParameterizedTest
  @EnumSource(names = {"ANTISYMMETRIC", "RANKING"})
  void differencesAreLearned(PairStructure structure) {
    Random random = new Random(7);
    Dataset drawn = data(random, false, Problems.realTargets(random, SAMPLES, 1));
    EntityTuples tuples = drawn.samples().tuples();
    float[] margins = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      margins[i] = tuples.entity(i, 0) - tuples.entity(i, 1);
    }
    Dataset data =
        Dataset.of(drawn.modes(), Samples.of(tuples, RealTargets.of(List.of("margin"), margins)));
    ModelOptions options =
        new ModelOptions(
            GramOptions.DEFAULT,
            structure,
            new SquaredLoss(),
            NetworkOptions.of(64, 1),
            TrainingOptions.plain(8, 60, OptionalDouble.empty(), 0, EngineChoice.AUTO, 1),
            1e9);
    Split split =
        new Split(Problems.range(0, TRAINING), new int[0], Problems.range(TRAINING, SAMPLES));
    TrainedModel trained = ModelTraining.fit(data, split, options, TrainingListener.NONE);
    assertEquals(Activation.SOFT_THRESHOLD, trained.model().activation());
    assertEquals(0, trained.model().target().offset()[0]);
    double variance = 2 * (DRUGS * DRUGS - 1) / 12.0;
    assertTrue(trained.result().metrics().train().get(Metric.MSE) < 0.05 * variance);
    assertTrue(trained.result().metrics().test() != null);
    double share = structure == PairStructure.RANKING ? 0.1 : 0.6;
    assertTrue(trained.result().metrics().test().get(Metric.MSE) < share * variance);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    Random random = new Random(8);
    Dataset data = data(random, false, ClassTargets.of("won", List.of("0", "1"), labels(random)));
    assertRefused(
        () -> fit(data, options(PairStructure.RANKING, new SoftmaxLoss(), EngineChoice.AUTO)),
        "loss softmax",
        "turn their sign");
    Dataset other =
        Dataset.of(
            List.of(
                data.modes().getFirst(),
                new Mode(
                    "target", Problems.table("target", Problems.denseFeatures(random, 12, 2)))),
            data.samples());
    assertRefused(
        () -> fit(other, options(PairStructure.SYMMETRIC, new LogisticLoss(), EngineChoice.AUTO)),
        "structure symmetric",
        "'first' of table 'drug', 'target' of table 'target'");
    ModelOptions negative =
        new ModelOptions(
            GramOptions.DEFAULT,
            PairStructure.RANKING,
            new LogisticLoss(),
            new NetworkOptions(8, -0.5, true, false, 1),
            TrainingOptions.plain(8, 1, OptionalDouble.of(0.5), 0, EngineChoice.AUTO, 1),
            1e9);
    assertRefused(() -> fit(data, negative), "shift is -0.5", "at least 0");
  }

  @Test
  void plainModelsKeepTheirFormatVersion(@TempDir Path folder) throws IOException {
    Random random = new Random(9);
    Dataset data = data(random, false, Problems.realTargets(random, SAMPLES, 1));
    Path file = folder.resolve("plain.kron");
    ModelFile.save(
        fit(data, options(PairStructure.PLAIN, new SquaredLoss(), EngineChoice.AUTO)), file);
    assertEquals("2", new ModelFileSurgery(file).metadata().get("format_version").stringValue());
  }
}
