package kronwood.train;

import static kronwood.testing.Refusal.assertRefused;
import static kronwood.train.TrainingResults.losses;
import static kronwood.train.TrainingResults.weights;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.ClassTargets;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.loss.HuberLoss;
import kronwood.loss.LogisticLoss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private static final double MEMORY = 1e9;

  private static TrainingResult train(
      Scenario.Training training, EngineChoice engine, int epochs, int threads) {
    return Trainer.train(
        training.problem(),
        training.network(),
        training.options(engine, epochs, threads),
        MEMORY,
        TrainingListener.NONE);
  }

  private static Stream<Scenario> scenarios() {
    return Stream.of(
        new Scenario(),
        new Scenario().weighted().trainOutput().loss(new SquaredLoss(), 2),
        new Scenario().loss(new HuberLoss(0.8), 1).neurons(9, false),
        new Scenario().loss(new LogisticLoss(), 1).decay(0.1),
        new Scenario().loss(new SoftmaxLoss(), 3).decay(0.4).trainOutput(),
        new Scenario().momentum(0.9),
        new Scenario().momentum(0.5).decay(0.1).trainOutput().loss(new SquaredLoss(), 2),
        new Scenario().skip(0.3).loss(new SquaredLoss(), 2),
        new Scenario().skip(1).momentum(0.9).decay(0.02).weighted(),
        new Scenario().skip(0.5).loss(new SoftmaxLoss(), 3));
  }

  @TestFactory
  Stream<DynamicTest> lossesAndWeightsAreThoseOfPlainGradientDescent() {
    return Seeds.runs(
        2,
        random ->
            scenarios()
                .forEach(
                    scenario -> {
                      // With one batch an epoch, the order of the samples does not matter.
                      Scenario.Training training = scenario.batch(30).draw(random);
                      for (EngineChoice engine : EngineChoice.values()) {
                        assertIsPlainGradientDescent(training, engine);
                      }
                    }));
  }

  private static void assertIsPlainGradientDescent(
      Scenario.Training training, EngineChoice engine) {
    int[] batch = training.problem().split().train();
    NaiveNetwork naive =
        new NaiveNetwork(training.problem(), training.network(), linearStart(training));
    double[] expected = new double[6];
    for (int epoch = 0; epoch < expected.length; epoch++) {
      expected[epoch] = naive.meanLoss(batch);
      naive.step(batch, training.learningRate(), training.decay(), training.momentum());
    }
    TrainingResult result = train(training, engine, expected.length, 1);
    assertArrayEquals(expected, losses(result), 1e-9 * expected[0], engine.key());
    double[] weights = weights(result, training);
    int dimension = naive.w[0].length;
    for (int r = 0; r < naive.w.length; r++) {
      double[] found = Arrays.copyOfRange(weights, r * dimension, (r + 1) * dimension);
      assertArrayEquals(naive.w[r], found, 1e-8, engine.key() + ", neuron " + r);
    }
    for (int c = 0; c < linearStart(training).length; c++) {
      int unit = naive.w.length + c;
      double[] found = Arrays.copyOfRange(weights, unit * dimension, (unit + 1) * dimension);
      assertArrayEquals(naive.linear[c], found, 1e-8, engine.key() + ", linear unit " + c);
    }
  }

  /** Weights that the linear units start from: those of a training of no epochs. */
  private static double[][] linearStart(Scenario.Training training) {
    TrainingResult untrained = train(training, EngineChoice.DENSE, 0, 1);
    int neurons = training.network().neurons();
    double[][] start =
        new double[untrained.network().output().units() - neurons]
            [(int) training.problem().inputs().dimension()];
    for (int c = 0; c < start.length; c++) {
      untrained.network().engine().weights(neurons + c, start[c]);
    }
    return start;
  }

  @Test
  void everyEpochVisitsEverySampleOnce() {
    // Orthogonal inputs: no sample's step is seen by another, so that any order gives the same.
    double[] identity = new double[12 * 12];
    for (int i = 0; i < 12; i++) {
      identity[13 * i] = 2;
    }
    EntityTuples tuples = EntityTuples.of(1, Problems.range(0, 12));
    Scenario.Training training =
        new Scenario.Training(
            new TrainingProblem(
                StructuredInputs.of(
                    List.of(FactorTable.of(12, 12, identity)), new int[] {0}, tuples),
                Samples.of(tuples, Problems.realTargets(new Random(22), 12, 1)),
                Split.trainOnAll(12),
                new SquaredLoss()),
            new NetworkOptions(10, 0, false, false, 1),
            1,
            0.3,
            0);
    NaiveNetwork naive = inOrder(training, 3);
    double[] weights = weights(train(training, EngineChoice.EAGER, 3, 1), training);
    for (int r = 0; r < 10; r++) {
      double[] found = Arrays.copyOfRange(weights, 12 * r, 12 * (r + 1));
      assertArrayEquals(naive.w[r], found, 1e-12);
    }
  }

  @Test
  void theOrderOfTheSamplesIsShuffled() {
    Scenario.Training training = new Scenario().batch(1).draw(new Random(23));
    double[] inOrder = inOrder(training, 1).w[0];
    double[] weights = weights(train(training, EngineChoice.EAGER, 1, 1), training);
    double difference = 0;
    for (int p = 0; p < inOrder.length; p++) {
      difference = Math.max(difference, Math.abs(inOrder[p] - weights[p]));
    }
    assertTrue(difference > 1e-6 && difference < 10, "difference " + difference);
  }

  /** Plain gradient descent, sample by sample in the order of the split. */
  private static NaiveNetwork inOrder(Scenario.Training training, int epochs) {
    NaiveNetwork naive = new NaiveNetwork(training.problem(), training.network());
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int sample : training.problem().split().train()) {
        naive.step(new int[] {sample}, training.learningRate(), training.decay());
      }
    }
    return naive;
  }

  @TestFactory
  Stream<DynamicTest> enginesGiveTheSameLossesMetricsAndCounts() {
    return Seeds.runs(
        3,
        random ->
            scenarios()
                .forEach(
                    scenario -> {
                      Scenario.Training training =
                          scenario.batch(1 + random.nextInt(9)).draw(random);
                      TrainingResult dense = train(training, EngineChoice.DENSE, 5, 1);
                      for (EngineChoice engine : EngineChoice.values()) {
                        TrainingResult other = train(training, engine, 5, 1);
                        assertArrayEquals(losses(dense), losses(other), 1e-9 * losses(dense)[0]);
                        assertArrayEquals(weights(dense, training), weights(other, training), 1e-8);
                        assertMetrics(dense.metrics().train(), other.metrics().train());
                        assertMetrics(dense.metrics().validation(), other.metrics().validation());
                        assertMetrics(dense.metrics().test(), other.metrics().test());
                        assertEquals(
                            dense.course().work().samples(), other.course().work().samples());
                        assertEquals(dense.course().work().fired(), other.course().work().fired());
                      }
                    }));
  }

  private static void assertMetrics(MetricReport expected, MetricReport found) {
    assertEquals(expected.values().keySet(), found.values().keySet());
    expected
        .values()
        .forEach((metric, value) -> assertEquals(value, found.get(metric), 1e-8, metric.key()));
  }

  @ParameterizedTest
  @EnumSource(EngineChoice.class)
  void theSeedDecidesEverything(EngineChoice engine) {
    Scenario.Training training = new Scenario().draw(new Random(12));
    TrainingResult first = train(training, engine, 3, 1);
    assertArrayEquals(losses(first), losses(train(training, engine, 3, 1)));
    NetworkOptions network = training.network();
    NetworkOptions otherSeed =
        new NetworkOptions(network.neurons(), network.shift(), true, false, network.seed() + 1);
    Scenario.Training other =
        new Scenario.Training(
            training.problem(), otherSeed, training.batch(), training.learningRate(), 0);
    assertFalse(Arrays.equals(losses(first), losses(train(other, engine, 3, 1))));
  }

  @Test
  void aPairedNetworkStartsAtZero() {
    Scenario.Training regression = new Scenario().loss(new SquaredLoss(), 2).draw(new Random(13));
    MetricReport real = train(regression, EngineChoice.EAGER, 0, 1).metrics().train();
    assertEquals(0, real.get(Metric.R2), 1e-12, "zero is the mean of standardised targets");
    Scenario.Training binary = new Scenario().loss(new LogisticLoss(), 1).draw(new Random(13));
    assertEquals(
        Math.log(2),
        train(binary, EngineChoice.EAGER, 0, 1).metrics().test().get(Metric.LOGLOSS),
        1e-12);
    Scenario.Training classes = new Scenario().loss(new SoftmaxLoss(), 5).draw(new Random(13));
    assertEquals(
        Math.log(5),
        train(classes, EngineChoice.DENSE, 0, 1).metrics().test().get(Metric.LOGLOSS),
        1e-12);
    Scenario.Training unpaired =
        new Scenario().loss(new LogisticLoss(), 1).neurons(16, false).draw(new Random(13));
    double logLoss = train(unpaired, EngineChoice.DENSE, 0, 1).metrics().test().get(Metric.LOGLOSS);
    assertTrue(Math.abs(logLoss - Math.log(2)) > 1e-3, "log loss " + logLoss);
  }

  @Test
  void theFirstLossOfAPairedNetworkIsKnown() {
    // ½ of the variance, which is 1, per output; ln 2; ln C.
    Scenario.Training real =
        new Scenario().loss(new SquaredLoss(), 3).batch(30).draw(new Random(14));
    assertEquals(1.5, losses(train(real, EngineChoice.EAGER, 1, 1))[0], 1e-12);
    Scenario.Training weighted =
        new Scenario().loss(new LogisticLoss(), 1).weighted().batch(30).draw(new Random(14));
    assertEquals(Math.log(2), losses(train(weighted, EngineChoice.EAGER, 1, 1))[0], 1e-12);
    Scenario.Training classes =
        new Scenario().loss(new SoftmaxLoss(), 7).batch(30).draw(new Random(14));
    assertEquals(Math.log(7), losses(train(classes, EngineChoice.EAGER, 1, 1))[0], 1e-12);
  }

  /** Three inputs, the last two of them equal; labels 1, 0, 0. */
  private static TrainingResult trainTwins(float[] weights, int... trained) {
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(Problems.factorTable(new Random(15), 2, 3)),
            new int[] {0},
            EntityTuples.of(1, new int[] {0, 1, 1}));
    Samples samples =
        Samples.weighted(
            EntityTuples.of(1, new int[] {0, 1, 1}),
            ClassTargets.of("label", List.of("no", "yes"), new int[] {1, 0, 0}),
            weights);
    Split split = new Split(trained, new int[0], new int[0]);
    return Trainer.train(
        new TrainingProblem(inputs, samples, split, new LogisticLoss()),
        new NetworkOptions(20, 0.2, true, true, 3),
        TrainingOptions.plain(3, 5, OptionalDouble.of(0.5), 0.01, EngineChoice.EAGER, 1),
        MEMORY,
        TrainingListener.NONE);
  }

  @Test
  void aSampleTwiceIsASampleOfTwiceTheWeight() {
    double[] twice = losses(trainTwins(new float[] {1, 1, 1}, 0, 1, 2));
    double[] heavy = losses(trainTwins(new float[] {1.5f, 3, 7}, 0, 1));
    assertArrayEquals(twice, heavy, 1e-12);
    assertTrue(twice[4] < twice[0]);
  }

  @Test
  void aSampleOfWeightZeroIsAsGoodAsAbsent() {
    double[] absent = losses(trainTwins(new float[] {1, 1, 1}, 0, 2));
    double[] weightless = losses(trainTwins(new float[] {2, 0, 2}, 0, 1, 2));
    assertArrayEquals(absent, weightless, 1e-12);
  }

  @Test
  void finalMetricsAreThoseOfTheLastEpoch() {
    Scenario.Training training = new Scenario().draw(new Random(17));
    TrainingResult result = train(training, EngineChoice.EAGER, 3, 1);
    assertEquals(result.course().epochs().getLast().test(), result.metrics().test());
    assertEquals(result.course().epochs().getLast().validation(), result.metrics().validation());
    assertFalse(result.metrics().test().equals(result.course().epochs().getFirst().test()));
  }

  @Test
  void partsWithoutSamplesHaveNoMetrics() {
    Scenario.Training drawn = new Scenario().draw(new Random(18));
    TrainingProblem problem = drawn.problem();
    Scenario.Training training =
        new Scenario.Training(
            new TrainingProblem(
                problem.inputs(), problem.samples(), Split.trainOnAll(40), problem.loss()),
            drawn.network(),
            drawn.batch(),
            drawn.learningRate(),
            0);
    TrainingResult result = train(training, EngineChoice.AUTO, 1, 1);
    assertNull(result.metrics().validation());
    assertNull(result.metrics().test());
    assertNull(result.course().epochs().getFirst().test());
    assertNotNull(result.metrics().train());
  }

  @Test
  void predictionsComeInTheUnitsOfTheTargets() {
    // Targets times 1024 plus an offset are learned alike, and errors are 1024 times as large.
    Scenario.Training training = new Scenario().draw(new Random(19));
    RealTargets targets = (RealTargets) training.problem().samples().targets();
    float[] scaled = new float[targets.size()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = 1024 * targets.value(i, 0);
    }
    TrainingProblem problem = training.problem();
    TrainingProblem scaledProblem =
        new TrainingProblem(
            problem.inputs(),
            Samples.of(problem.samples().tuples(), RealTargets.of(List.of("y"), scaled)),
            problem.split(),
            problem.loss());
    Scenario.Training other =
        new Scenario.Training(
            scaledProblem,
            training.network(),
            training.batch(),
            training.learningRate(),
            training.decay());
    TrainingResult first = train(training, EngineChoice.EAGER, 4, 1);
    TrainingResult second = train(other, EngineChoice.EAGER, 4, 1);
    assertArrayEquals(losses(first), losses(second), 1e-12);
    assertEquals(
        1024,
        second.metrics().test().get(Metric.MAE) / first.metrics().test().get(Metric.MAE),
        1e-9);
    assertEquals(
        first.metrics().test().get(Metric.PEARSON),
        second.metrics().test().get(Metric.PEARSON),
        1e-9);
  }

  @Test
  void aWeightDecayThatLeavesNothingOfAStepIsRefused() {
    Scenario.Training all = new Scenario().decay(1.25).draw(new Random(21));
    for (EngineChoice engine : EngineChoice.values()) {
      assertRefused(
          () -> train(all, engine, 1, 1),
          "learning rate " + all.learningRate(),
          "weight decay " + all.decay(),
          "smaller weight decay");
    }
    Scenario.Training nearlyAll = new Scenario().decay(0.999).draw(new Random(21));
    assertEquals(1, train(nearlyAll, EngineChoice.AUTO, 1, 1).course().epochs().size());
  }
}
