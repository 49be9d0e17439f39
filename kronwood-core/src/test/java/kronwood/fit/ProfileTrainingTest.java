package kronwood.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.candidate.DivisionInputs;
import kronwood.candidate.InputConfiguration;
import kronwood.candidate.TableFits;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.EntityIds;
import kronwood.data.EntityTuples;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.data.InteractionProfiles;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SquaredLoss;
import kronwood.model.Model;
import kronwood.model.Predictions;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import kronwood.network.Ensemble;
import kronwood.network.NetworkOptions;
import kronwood.testing.Problems;
import kronwood.train.StopSignal;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import kronwood.tune.SettingTraining;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training with interaction profiles, against the same profiles given as features. */
class ProfileTrainingTest {
  private static final int LEFT = 9;
  private static final int RIGHT = 7;

  @TempDir Path folder;

  private static ModelOptions options(Loss loss) {
    return new ModelOptions(
        GramOptions.DEFAULT.withAddedIdentity(0),
        loss,
        NetworkOptions.of(16, 3),
        TrainingOptions.DEFAULT.withEpochs(3).withThreads(1),
        1e9);
  }

  private static EntityTuples tuples() {
    return EntityTuples.of(
        2,
        IntStream.range(0, LEFT * RIGHT)
            .flatMap(i -> IntStream.of(i / RIGHT, i % RIGHT))
            .toArray());
  }

  /** All pairs; each third one is a test pair. */
  private static Split split() {
    int[] all = IntStream.range(0, LEFT * RIGHT).toArray();
    return new Split(
        Arrays.stream(all).filter(i -> i % 3 != 0).toArray(),
        new int[0],
        Arrays.stream(all).filter(i -> i % 3 == 0).toArray());
  }

  private static Features features(int entities) {
    return Problems.denseFeatures(new Random(entities), entities, 2);
  }

  private static Mode mode(String name, Block... blocks) {
    return new Mode(name, Problems.table(name, new Blocks(List.of(blocks))));
  }

  private static Block own(int entities) {
    return new Block.OfFeatures("features", 1, FeatureKernel.LINEAR, features(entities));
  }

  private static Dataset profiled(Targets targets) {
    return Dataset.of(
        List.of(
            mode("left", own(LEFT), new Block.OfProfile(0.5, FeatureKernel.GAUSSIAN, LEFT)),
            mode("right", own(RIGHT), new Block.OfProfile(2, FeatureKernel.COSINE, RIGHT))),
        Samples.of(tuples(), targets));
  }

  private static RealTargets numbers(long seed) {
    return Problems.realTargets(new Random(seed), LEFT * RIGHT, 1);
  }

  /** What a profile is, by loops: targets of the training pairs less their mean, else 0. */
  private static Features profiles(RealTargets targets, int mode) {
    EntityTuples tuples = tuples();
    int[] train = split().train();
    double mean =
        Arrays.stream(train).mapToDouble(i -> targets.value(i, 0)).average().orElseThrow();
    int columns = mode == 0 ? RIGHT : LEFT;
    float[] values = new float[LEFT * RIGHT];
    for (int i : train) {
      int at = tuples.entity(i, mode) * columns + tuples.entity(i, 1 - mode);
      values[at] = (float) (targets.value(i, 0) - mean);
    }
    return Problems.sparse(mode == 0 ? LEFT : RIGHT, columns, values);
  }

  @Test
  void profilesAreFeaturesMadeOfTheTrainingSamples() {
    RealTargets targets = numbers(5);
    Dataset given =
        Dataset.of(
            List.of(
                mode(
                    "left",
                    own(LEFT),
                    new Block.OfFeatures("p", 0.5, FeatureKernel.GAUSSIAN, profiles(targets, 0))),
                mode(
                    "right",
                    own(RIGHT),
                    new Block.OfFeatures("p", 2, FeatureKernel.COSINE, profiles(targets, 1)))),
            Samples.of(tuples(), targets));
    ModelOptions options = options(new SquaredLoss());
    for (int table = 0; table < 2; table++) {
      FactorTable expected = TrainingInputs.fits(given, split(), options).get(table).table();
      FactorTable found =
          TrainingInputs.fits(profiled(targets), split(), options).get(table).table();
      for (int a = 0; a < expected.entities(); a++) {
        for (int b = 0; b <= a; b++) {
          assertEquals(expected.inner(a, b), found.inner(a, b), 1e-9);
        }
      }
    }
  }

  @Test
  void nothingOfTestSamplesIsInThem() {
    Split split = split();
    RealTargets targets = numbers(5);
    float[] other = new float[LEFT * RIGHT];
    for (int i = 0; i < other.length; i++) {
      other[i] = targets.value(i, 0);
    }
    for (int i : split.test()) {
      other[i] = 100 - 3 * other[i];
    }
    ModelOptions options = options(new SquaredLoss());
    Model model =
        ModelTraining.fit(profiled(targets), split, options, TrainingListener.NONE).model();
    Model again =
        ModelTraining.fit(
                profiled(RealTargets.of(List.of("y"), other)),
                split,
                options,
                TrainingListener.NONE)
            .model();
    assertArrayEquals(model.network().weights(), again.network().weights());
    for (int t = 0; t < 2; t++) {
      assertArrayEquals(model.tables().get(t).coordinates(), again.tables().get(t).coordinates());
    }
  }

  @Test
  void divisionsOfTheSameEntitiesHaveProfilesOfTheirOwn() {
    Dataset data = profiled(numbers(5));
    ModelOptions options = options(new SquaredLoss());
    TableFits fits = new TableFits(data);
    InputConfiguration asGiven = InputConfiguration.of(data, options.gram());
    Split first = split();
    Split second = new Split(first.test(), new int[0], first.train());
    for (Split division : List.of(first, second)) {
      FactorTable expected = TrainingInputs.fits(data, division, options).getFirst().table();
      FactorTable found =
          new DivisionInputs(data, division, fits).problem(asGiven, options).inputs().factor(0);
      assertArrayEquals(expected.values(), found.values());
    }
  }

  @Test
  void aFileKeepsThemAndNewEntitiesHaveNone() throws IOException {
    int[] labels = IntStream.range(0, LEFT * RIGHT).map(i -> i * i % 5 < 2 ? 1 : 0).toArray();
    Dataset data = profiled(ClassTargets.of("y", List.of("no", "yes"), labels));
    Model model =
        ModelTraining.fit(data, split(), options(new LogisticLoss()), TrainingListener.NONE)
            .model();
    Path file = folder.resolve("model.kron");
    ModelFile.save(model, file);
    Model read = ModelFile.load(file);
    assertArrayEquals(model.predictor(1).predict(tuples()), read.predictor(1).predict(tuples()), 0);

    // The first entity under its own id has its profile; under another id it has none.
    String id = model.tables().getFirst().ids().id(0);
    for (String newId : List.of(id, "stranger")) {
      Block features =
          new Block.OfFeatures(
              "features", 1, FeatureKernel.LINEAR, features(LEFT).select(new int[] {0}));
      var predictor =
          read.predictor(
              List.of(
                  read.tables()
                      .getFirst()
                      .newEntities(EntityIds.of(List.of(newId)), List.of(features))),
              1);
      int[] known = new int[2 * RIGHT];
      int[] given = new int[2 * RIGHT];
      for (int j = 0; j < RIGHT; j++) {
        known[2 * j + 1] = j;
        given[2 * j] = predictor.indexOf(0, newId);
        given[2 * j + 1] = j;
      }
      double[] expected = predictor.predict(EntityTuples.of(2, known));
      double[] found = predictor.predict(EntityTuples.of(2, given));
      double difference =
          IntStream.range(0, RIGHT)
              .mapToDouble(j -> Math.abs(expected[j] - found[j]))
              .max()
              .orElse(0);
      if (newId.equals(id)) {
        assertEquals(0, difference, 1e-5);
      } else {
        assertTrue(difference > 1e-3, "difference " + difference);
      }
    }
  }

  @Test
  void aloneTheyAreReducedToLeadingComponents() {
    Dataset data =
        Dataset.of(
            List.of(
                mode("left", new Block.OfProfile(1, FeatureKernel.COSINE, LEFT)),
                mode("right", own(RIGHT))),
            Samples.of(tuples(), numbers(5)));
    GramOptions gram = GramOptions.DEFAULT.ofProfiles(data.tables().getFirst());
    assertEquals(48, gram.components().get("left"));
    assertFalse(
        GramOptions.DEFAULT.ofProfiles(data.tables().get(1)).components().containsKey("right"));
    Model model =
        ModelTraining.fit(data, split(), options(new SquaredLoss()), TrainingListener.NONE).model();
    assertTrue(model.tables().getFirst().map().rank() <= RIGHT + 1);
  }

  /** Entities 7 and 8 of the left and 5 and 6 of the right are in no training pair. */
  private static Split splitWithNewEntities() {
    EntityTuples tuples = tuples();
    int[] all = IntStream.range(0, LEFT * RIGHT).toArray();
    int[] train =
        Arrays.stream(all)
            .filter(i -> tuples.entity(i, 0) < 7 && tuples.entity(i, 1) < 5 && i % 5 != 0)
            .toArray();
    return new Split(
        train,
        new int[0],
        Arrays.stream(all).filter(i -> Arrays.binarySearch(train, i) < 0).toArray());
  }

  @Test
  void whereAnEntityIsNewTheModelWithoutProfilesPredicts() throws IOException {
    Dataset data = profiled(numbers(5));
    Split split = splitWithNewEntities();
    for (int members : new int[] {1, 2}) {
      ModelOptions options =
          new ModelOptions(
              GramOptions.DEFAULT.withAddedIdentity(0),
              new SquaredLoss(),
              NetworkOptions.of(16, 3).withEnsemble(Ensemble.of(members)),
              TrainingOptions.DEFAULT.withEpochs(3).withThreads(1),
              1e9);
      Model known = ModelTraining.fit(data, split, options, TrainingListener.NONE).model();
      Dataset without = InteractionProfiles.without(data);
      assertNotNull(without);
      Model others = weighed(without, split, options);
      Model model = weighed(data, split, options);
      assertArrayEquals(known.network().weights(), model.network().weights());
      assertNotNull(model.others());
      Path file = folder.resolve("both.kron");
      ModelFile.save(model, file);
      for (Model each : List.of(model, ModelFile.load(file))) {
        assertPredictsWithBoth(each, others, model.withOthers(null));
      }
    }
  }

  private static Model weighed(Dataset data, Split split, ModelOptions options) {
    return SettingTraining.fit(data, split, options, TrainingListener.NONE, StopSignal.NEVER, null)
        .trained()
        .model();
  }

  private static void assertPredictsWithBoth(Model model, Model others, Model known) {
    Predictions found = model.predictor(1).predictWithDeviations(tuples());
    Predictions ofNew = others.predictor(1).predictWithDeviations(tuples());
    Predictions ofKnown = known.predictor(1).predictWithDeviations(tuples());
    double[] members = model.predictor(1).predictOfMembers(tuples());
    double[] membersOfNew = others.predictor(1).predictOfMembers(tuples());
    int width = members.length / (LEFT * RIGHT);
    for (int i = 0; i < LEFT * RIGHT; i++) {
      boolean fresh = i / RIGHT >= 7 || i % RIGHT >= 5;
      Predictions expected = fresh ? ofNew : ofKnown;
      assertEquals(expected.values()[i], found.values()[i], 1e-12);
      if (found.hasDeviations()) {
        assertEquals(expected.deviations()[i], found.deviations()[i], 1e-12);
      }
      if (fresh) {
        assertEquals(membersOfNew[i * width], members[i * width], 1e-12);
      }
    }
    // Ranking, from a known and from a new entity.
    int[] candidates = IntStream.range(0, RIGHT).toArray();
    for (int left : new int[] {0, 8}) {
      Predictions ranked = model.predictor(1).given(1, left, 0).predictWithDeviations(candidates);
      for (int j = 0; j < RIGHT; j++) {
        assertEquals(found.values()[left * RIGHT + j], ranked.values()[j], 1e-6);
      }
    }
    // An entity that nobody knows, described as entity 8 is.
    Block features =
        new Block.OfFeatures(
            "features", 1, FeatureKernel.LINEAR, features(LEFT).select(new int[] {8}));
    Predictor predictor =
        model.predictor(
            List.of(
                model
                    .tables()
                    .getFirst()
                    .newEntities(EntityIds.of(List.of("x")), List.of(features))),
            1);
    int x = predictor.indexOf(0, "x");
    double[] given = predictor.predict(EntityTuples.of(2, new int[] {x, 2, x, 6}));
    assertEquals(found.values()[8 * RIGHT + 2], given[0], 1e-5);
    assertEquals(found.values()[8 * RIGHT + 6], given[1], 1e-5);
  }
}
