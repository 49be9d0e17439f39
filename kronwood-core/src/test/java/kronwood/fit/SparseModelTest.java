package kronwood.fit;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.EntityIds;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.gram.GramOptions;
import kronwood.gram.IdentityCoordinates;
import kronwood.input.StructuredInputs;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SquaredLoss;
import kronwood.model.GivenPredictor;
import kronwood.model.Model;
import kronwood.model.Predictor;
import kronwood.model.Ranked;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFileFixtures;
import kronwood.network.Ensemble;
import kronwood.network.Exchange;
import kronwood.network.NetworkOptions;
import kronwood.network.NeuronRange;
import kronwood.plan.EngineChoice;
import kronwood.testing.Pairs;
import kronwood.testing.Problems;
import kronwood.train.NeuronShare;
import kronwood.train.Trainer;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;
import kronwood.train.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of entities that are told apart by their identity alone, with sparse coordinates. */
class SparseModelTest {
  private static final GramOptions SPARSE =
      GramOptions.DEFAULT.withIdentities(IdentityCoordinates.SPARSE);

  @TempDir Path folder;
  private final Random random = new Random(3);

  private static Attributes ids(int entities) {
    return new Blocks(List.of(Block.OfIdentity.among(entities, 1)));
  }

  private Pairs pairs(Targets targets) {
    return Pairs.of(
        random, Problems.table("left", ids(12)), Problems.table("right", ids(9)), targets);
  }

  private static ModelOptions options(GramOptions gram, Loss loss, int members) {
    return new ModelOptions(
        gram,
        loss,
        new NetworkOptions(24, 0.4, true, false, 0, Ensemble.of(members), 5),
        TrainingOptions.plain(8, 6, OptionalDouble.of(0.5), 0, EngineChoice.AUTO, 2)
            .withAveraging(2),
        1e9);
  }

  private static TrainedModel fit(Pairs pairs, ModelOptions options) {
    return ModelTraining.fit(pairs.data(), pairs.split(), options, TrainingListener.NONE);
  }

  private static double[] predictions(Model model, Pairs pairs, int threads) {
    return model.predictor(threads).predict(pairs.data().samples().tuples());
  }

  /** The dense layer on the same coordinates written out. */
  private static double[] oracle(Pairs pairs, ModelOptions options) {
    TrainingProblem problem = TrainingInputs.problem(pairs.data(), pairs.split(), options);
    StructuredInputs inputs = problem.inputs();
    TrainingResult result =
        Trainer.train(
            problem,
            options.network(),
            options.training().withPlan(EngineChoice.DENSE, null),
            1e9,
            TrainingListener.NONE);
    double[] x = new double[(int) inputs.dimension()];
    double[] tensor = new double[x.length];
    double[] predictions = new double[inputs.size()];
    int neurons = options.network().neurons();
    for (int i = 0; i < predictions.length; i++) {
      inputs.materialise(i, x);
      double f = 0;
      for (int r = 0; r < neurons; r++) {
        result.network().engine().weights(r, tensor);
        double z = 0;
        for (int p = 0; p < x.length; p++) {
          z += tensor[p] * x[p];
        }
        f += result.network().output().weight(0, r) * Math.max(0, z - options.network().shift());
      }
      predictions[i] =
          result.network().targets().offset(0)
              + result.network().targets().scale(0) * f / Math.sqrt(neurons);
    }
    return predictions;
  }

  @Test
  void predictsAsTheDenseLayerOnTheCoordinatesWrittenOut() {
    Pairs pairs = pairs(Problems.realTargets(random, 60, 1));
    ModelOptions options = options(SPARSE, new SquaredLoss(), 1);
    Model model = fit(pairs, options).model();
    assertNotNull(model.network().entries());
    assertArrayEquals(oracle(pairs, options), predictions(model, pairs, 1), 1e-4);
  }

  @Test
  void predictsAlikeOnceSavedWithAnyNumberOfThreadsAndInEachWay() throws IOException {
    Pairs pairs = pairs(Problems.realTargets(random, 60, 1));
    Model model = fit(pairs, options(SPARSE, new SquaredLoss(), 1)).model();
    Path file = folder.resolve("model.kron");
    ModelFile.save(model, file);
    Model loaded = ModelFile.load(file);
    ModelFileFixtures.assertSame(model, loaded);
    double[] expected = predictions(model, pairs, 1);
    assertArrayEquals(expected, predictions(loaded, pairs, 3));
    int[] candidates = Problems.range(0, 9);
    GivenPredictor given = loaded.predictor(2).given(1, 4, 0);
    double[] row = given.predict(candidates);
    for (int right : candidates) {
      double[] one = loaded.predictor(1).predict(EntityTuples.of(2, new int[] {4, right}));
      assertEquals(one[0], row[right]);
    }
    Ranked top = given.top(candidates, 0, 3);
    double[] sorted = row.clone();
    Arrays.sort(sorted);
    assertEquals(sorted[8], row[top.candidates()[0]]);
    assertEquals("sparse", loaded.provenance().facts().get("identity coordinates"));
  }

  @Test
  void ensemblesAndClassesPredictAsTheyWereMeasured() {
    Pairs classes = pairs(Pairs.labels(random, 2));
    TrainedModel trained = fit(classes, options(SPARSE, new LogisticLoss(), 1));
    double[] predicted = predictions(trained.model(), classes, 1);
    int[] test = classes.split().test();
    double loss = 0;
    for (int i : test) {
      boolean second = trained.model().target().classes().get(1).equals(label(classes, i));
      loss -= Math.log(second ? predicted[i] : 1 - predicted[i]) / test.length;
    }
    assertEquals(trained.result().metrics().byPart().get("test").get("logloss"), loss, 1e-5);
    Pairs pairs = pairs(Problems.realTargets(random, 60, 1));
    TrainedModel several = fit(pairs, options(SPARSE, new SquaredLoss(), 4));
    double[] mean = predictions(several.model(), pairs, 2);
    double error = 0;
    for (int i : pairs.split().test()) {
      double y = ((RealTargets) pairs.data().samples().targets()).value(i, 0);
      error += (mean[i] - y) * (mean[i] - y) / pairs.split().test().length;
    }
    assertEquals(several.result().metrics().byPart().get("test").get("mse"), error, 1e-4);
  }

  private static String label(Pairs pairs, int sample) {
    ClassTargets targets = (ClassTargets) pairs.data().samples().targets();
    return targets.classes().get(targets.label(sample));
  }

  @Test
  void aNewIdIsPredictedAsOneThatIsNotTrainedOn() {
    Pairs pairs = pairs(Problems.realTargets(random, 60, 1));
    Model model = fit(pairs, options(SPARSE, new SquaredLoss(), 1)).model();
    Predictor predictor =
        model.predictor(
            List.of(model.tables().getFirst().newEntities(EntityIds.of(List.of("new")), List.of())),
            1);
    int[] tuples = {predictor.indexOf(0, "new"), 2, 11, 2};
    double[] predicted = predictor.predict(EntityTuples.of(2, tuples));
    assertEquals(predicted[1], predicted[0]);
    assertEquals(-1, model.predictor(1).indexOf(0, "new"));
  }

  @Test
  void isChosenWhereTablesAreLargeAndLeavesSmallOnesAsTheyWere() {
    Pairs small = pairs(Problems.realTargets(random, 60, 1));
    Model dense = fit(small, options(GramOptions.DEFAULT, new SquaredLoss(), 1)).model();
    assertNull(dense.network().entries());
    assertFalse(dense.provenance().facts().containsKey("identity coordinates"));
    Model large = fit(large(), options(GramOptions.DEFAULT, new SquaredLoss(), 1)).model();
    assertNotNull(large.network().entries());
    GramOptions forced = GramOptions.DEFAULT.withIdentities(IdentityCoordinates.DENSE);
    assertRefused(
        () -> fit(large(), options(forced, new SquaredLoss(), 1)), "the model would need");
  }

  /** 5,000 × 5,000 ids, each in one pair. */
  private static Pairs large() {
    int n = 5000;
    int[] tuples = new int[2 * n];
    Arrays.setAll(tuples, i -> i / 2);
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      y[i] = i % 7;
    }
    Dataset data =
        Dataset.of(
            List.of(
                new Mode("left", Problems.table("left", ids(n))),
                new Mode("right", Problems.table("right", ids(n)))),
            Samples.of(EntityTuples.of(2, tuples), RealTargets.of(List.of("y"), y)));
    Split split = new Split(Problems.range(0, n), new int[0], new int[0]);
    return new Pairs(data, split);
  }

  @Test
  void refusesWhatHasNoSparseForm() {
    Pairs pairs = pairs(Problems.realTargets(random, 60, 1));
    Loss loss = new SquaredLoss();
    ModelOptions sparse = options(SPARSE, loss, 1);
    ModelOptions skip =
        new ModelOptions(
            SPARSE, loss, new NetworkOptions(24, 0.4, true, false, 0.5, 5), sparse.training(), 1e9);
    assertRefused(() -> fit(pairs, skip), "no linear skip");
    ModelOptions dense =
        new ModelOptions(
            SPARSE,
            loss,
            sparse.network(),
            sparse.training().withPlan(EngineChoice.DENSE, null),
            1e9);
    assertRefused(() -> fit(pairs, dense), "engine weights alone");
    assertRefused(() -> fit(pairs, options(SPARSE.withConstant(0), loss, 1)), "a constant above");
    Pairs mixed = Pairs.of(random, ids(12), Problems.denseFeatures(random, 9, 2));
    assertRefused(() -> fit(mixed, sparse), "have an identity and nothing else");
    assertRefused(() -> fit(pairs, sparse.withMemory(1e4)), "of memory");
    ModelOptions wide = sparse.withNetwork(NetworkOptions.of(64, 5));
    NeuronShare half = new NeuronShare(NeuronRange.of(wide.network()).half(0), Exchange.NONE);
    assertRefused(
        () -> ModelTraining.fit(pairs.data(), pairs.split(), wide, TrainingListener.NONE, half),
        "which one process trains");
  }
}
