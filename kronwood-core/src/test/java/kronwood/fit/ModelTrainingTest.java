package kronwood.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.Attributes;
import kronwood.data.Blocks;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Features;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Similarities;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.gram.FactorReport;
import kronwood.gram.GramOptions;
import kronwood.loss.Evaluation;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.model.Model;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.plan.OutOfMemoryEstimateException;
import kronwood.testing.Pairs;
import kronwood.testing.Problems;
import kronwood.train.EpochReport;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ModelTrainingTest {
  private static ModelOptions options(Loss loss, EngineChoice engine, double memory) {
    return new ModelOptions(
        GramOptions.DEFAULT,
        loss,
        new NetworkOptions(24, 0.6, true, true, 5),
        TrainingOptions.plain(8, 4, OptionalDouble.of(0.5), 0.01, engine, 1),
        memory);
  }

  private static TrainedModel fit(Pairs pairs, Loss loss, EngineChoice engine) {
    return ModelTraining.fit(
        pairs.data(), pairs.split(), options(loss, engine, 1e9), TrainingListener.NONE);
  }

  private static Pairs pairs(Random random, Targets targets) {
    return Pairs.of(
        random,
        Problems.table("left", Problems.denseFeatures(random, 15, 40)),
        Problems.table("right", Problems.indefiniteSimilarities(random, 14)),
        targets);
  }

  @Test
  void predictionsOfTheModelHaveTheMetricsOfTheTraining() {
    Random random = new Random(1);
    assertSameMetrics(
        pairs(random, Problems.realTargets(random, 60, 2)),
        new SquaredLoss(),
        Metric.MSE,
        Metric.MAE,
        Metric.PEARSON,
        Metric.R2);
    assertSameMetrics(pairs(random, Pairs.labels(random, 2)), new LogisticLoss(), Metric.LOGLOSS);
    assertSameMetrics(pairs(random, Pairs.labels(random, 4)), new SoftmaxLoss(), Metric.LOGLOSS);
  }

  private static void assertSameMetrics(Pairs pairs, Loss loss, Metric... metrics) {
    TrainedModel trained = fit(pairs, loss, EngineChoice.EAGER);
    Samples samples = pairs.data().samples();
    for (int[] part : new int[][] {pairs.split().train(), pairs.split().test()}) {
      double[] predictions = trained.model().predictor(1).predict(samples.tuples().select(part));
      MetricReport found = Evaluation.of(samples, part, predictions);
      MetricReport expected =
          part.length == 40
              ? trained.result().metrics().train()
              : trained.result().metrics().test();
      for (Metric metric : metrics) {
        double tolerance = 1e-5 * Math.max(1, Math.abs(expected.get(metric)));
        assertEquals(expected.get(metric), found.get(metric), tolerance, metric.key());
      }
    }
  }

  @Test
  void theModelKnowsWhatItWasTrainedOn() {
    Random random = new Random(2);
    Pairs pairs = pairs(random, Pairs.labels(random, 3));
    Model model = fit(pairs, new SoftmaxLoss(), EngineChoice.AUTO).model();
    assertEquals(List.of("first", "second"), model.modeNames());
    assertEquals("left", model.table(0).name());
    assertEquals("right", model.table(1).name());
    assertEquals(15, model.table(0).ids().size());
    assertEquals(40, model.table(0).columns().size());
    assertFalse(model.table(0).takesSimilarities());
    assertTrue(model.table(1).takesSimilarities());
    // New entities are given by their similarities to those that trained.
    assertEquals(11, model.table(1).columns().size());
    assertEquals("right10", model.table(1).columns().getLast());
    assertEquals(List.of("label"), model.target().names());
    assertEquals(List.of("class0", "class1", "class2"), model.target().classes());
    assertEquals(24, model.network().neurons());
    assertEquals(3, model.network().outputs());
    assertEquals(0.6, model.network().shift());
  }

  @Test
  void newEntitiesAreGivenBySimilaritiesToThoseThatTrainedInTheOrderOfTheTable() {
    EntityTable table = Problems.table("t", Problems.similarities(new Random(12), 6, 8));
    Dataset data =
        Dataset.of(
            List.of(new Mode("t", table)),
            Samples.of(
                EntityTuples.of(1, new int[] {4, 1, 3, 1, 0}),
                RealTargets.of(List.of("y"), new float[] {1, 2, 3, 4, 5})));
    Split split = new Split(new int[] {0, 1, 2, 3}, new int[0], new int[] {4});
    Model model = fit(new Pairs(data, split), new SquaredLoss(), EngineChoice.AUTO).model();
    assertEquals(List.of("t1", "t3", "t4"), model.table(0).columns());
  }

  @Test
  void modesThatShareATableShareItInTheModel() {
    Random random = new Random(3);
    EntityTable images = Problems.table("image", Problems.denseFeatures(random, 12, 4));
    Pairs pairs = Pairs.of(random, images, images, Pairs.labels(random, 2));
    TrainedModel trained = fit(pairs, new LogisticLoss(), EngineChoice.EAGER);
    assertEquals(1, trained.model().tables().size());
    assertArrayEquals(new int[] {0, 0}, trained.model().tableOfMode());
    assertEquals(25, trained.model().network().weights()[0].length);
    assertEquals(List.of("image"), List.copyOf(trained.factors().keySet()));
  }

  @Test
  void clippingIsReportedByTable() {
    Random random = new Random(4);
    TrainedModel trained =
        fit(
            pairs(random, Problems.realTargets(random, 60, 1)),
            new SquaredLoss(),
            EngineChoice.AUTO);
    assertEquals(List.of("left", "right"), List.copyOf(trained.factors().keySet()));
    FactorReport left = trained.factors().get("left");
    assertEquals(new FactorReport(12, 0, 0, 0), left, "11 entities and the constant");
    assertTrue(trained.factors().get("right").clipped() > 0);
    assertTrue(trained.factors().get("right").mostNegative() < 0);
  }

  /** All numbers that training decides on. */
  private static double[] numbers(TrainedModel trained) {
    Model model = trained.model();
    double[] losses =
        trained.result().course().epochs().stream().mapToDouble(EpochReport::loss).toArray();
    int length = model.network().weights()[0].length;
    double[] numbers = new double[losses.length + 24 * length + 24];
    System.arraycopy(losses, 0, numbers, 0, losses.length);
    for (int r = 0; r < 24; r++) {
      for (int p = 0; p < length; p++) {
        numbers[losses.length + r * length + p] = model.network().weights()[r][p];
      }
      numbers[losses.length + 24 * length + r] = model.network().output()[r];
    }
    return numbers;
  }

  @TestFactory
  Stream<DynamicTest> nothingOfTestEntitiesAndTestTargetsReachesTheTraining() {
    Random random = new Random(5);
    return Stream.of(
            Problems.denseFeatures(random, 15, 4),
            Problems.denseFeatures(random, 15, 40),
            Problems.sparseFeatures(random, 15, 60, 0.3),
            Problems.similarities(random, 15, 20),
            Problems.indefiniteSimilarities(random, 15))
        .flatMap(
            attributes ->
                Stream.of(EngineChoice.values())
                    .map(
                        engine ->
                            DynamicTest.dynamicTest(
                                attributes.getClass().getSimpleName()
                                    + " × "
                                    + attributes.columns()
                                    + ", "
                                    + engine.key(),
                                () -> assertDoesNotLeak(attributes, engine))));
  }

  private static void assertDoesNotLeak(Attributes attributes, EngineChoice engine) {
    Pairs pairs = Pairs.of(new Random(6), attributes, Problems.denseFeatures(new Random(7), 13, 3));
    Dataset data = pairs.data();
    EntityTable left = data.modes().getFirst().table();
    EntityTable changedLeft =
        Problems.table("left", changed(attributes, left.size() - Pairs.UNSEEN));
    RealTargets real = (RealTargets) data.samples().targets();
    float[] y = new float[60];
    for (int i = 0; i < 60; i++) {
      y[i] = i < 40 ? real.value(i, 0) : 1e6f * i;
    }
    Pairs other =
        new Pairs(
            Dataset.of(
                List.of(new Mode("first", changedLeft), data.modes().getLast()),
                Samples.of(data.samples().tuples(), RealTargets.of(real.names(), y))),
            pairs.split());
    // The step size is chosen, too.
    TrainedModel before = fitFreely(pairs, engine);
    TrainedModel after = fitFreely(other, engine);
    assertEquals(before.result().course().learningRate(), after.result().course().learningRate());
    assertArrayEquals(numbers(before), numbers(after));
    assertArrayEquals(before.model().target().offset(), after.model().target().offset());
    assertEquals(before.result().metrics().train(), after.result().metrics().train());
    assertNotEquals(before.result().metrics().test(), after.result().metrics().test());
  }

  private static TrainedModel fitFreely(Pairs pairs, EngineChoice engine) {
    ModelOptions options =
        new ModelOptions(
            GramOptions.DEFAULT,
            new SquaredLoss(),
            new NetworkOptions(24, 0.6, true, false, 5),
            TrainingOptions.plain(8, 3, OptionalDouble.empty(), 0, engine, 1),
            1e9);
    return ModelTraining.fit(pairs.data(), pairs.split(), options, TrainingListener.NONE);
  }

  /** Other attributes for all entities from {@code seen} on. */
  private static Attributes changed(Attributes attributes, int seen) {
    int n = attributes.entities();
    int columns = attributes.columns();
    Random random = new Random(8);
    float[] values = new float[n * columns];
    switch (attributes) {
      case Features features -> {
        double[] old = Problems.toArray(features);
        for (int i = 0; i < values.length; i++) {
          values[i] = i / columns < seen ? (float) old[i] : 50 * random.nextFloat();
        }
        return DenseFeatures.of(n, columns, values);
      }
      case Similarities similarities -> {
        for (int i = 0; i < n; i++) {
          for (int j = 0; j <= i; j++) {
            values[i * n + j] = i < seen ? similarities.value(i, j) : random.nextFloat();
            values[j * n + i] = values[i * n + j];
          }
        }
        return Similarities.square(n, values);
      }
      case Blocks _ -> throw new IllegalArgumentException("blocks have a test of their own");
    }
  }

  @Test
  void theSameDataAndSeedGiveTheSameModel() {
    Random random = new Random(9);
    Pairs pairs = pairs(random, Pairs.labels(random, 2));
    TrainedModel first = fit(pairs, new LogisticLoss(), EngineChoice.AUTO);
    TrainedModel second = fit(pairs, new LogisticLoss(), EngineChoice.AUTO);
    assertArrayEquals(numbers(first), numbers(second));
    assertEquals(first.model().provenance(), second.model().provenance());
  }

  @Test
  void aRunBeyondTheMemoryAllowedIsRefused() {
    Random random = new Random(10);
    Pairs pairs = pairs(random, Pairs.labels(random, 2));
    ModelOptions options = options(new LogisticLoss(), EngineChoice.EAGER, 1000);
    assertThrows(
        OutOfMemoryEstimateException.class,
        () -> ModelTraining.fit(pairs.data(), pairs.split(), options, TrainingListener.NONE));
  }

  @Test
  void targetsThatTheLossCannotLearnAreRefused() {
    Random random = new Random(11);
    Pairs real = pairs(random, Problems.realTargets(random, 60, 1));
    assertThrows(
        IllegalArgumentException.class, () -> fit(real, new SoftmaxLoss(), EngineChoice.AUTO));
    ClassTargets labels = Problems.classTargets(random, 60, 3);
    Pairs classes = pairs(random, labels);
    assertThrows(
        IllegalArgumentException.class, () -> fit(classes, new LogisticLoss(), EngineChoice.AUTO));
  }
}
