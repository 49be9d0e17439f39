package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.engine.BatchCoefficients;
import kronwood.engine.DenseEngine;
import kronwood.engine.weights.UpdateRule;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.loss.Evaluation;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.network.InitialWeights;
import kronwood.network.NetworkOptions;
import kronwood.network.OutputLayer;
import kronwood.plan.EngineChoice;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class AveragingTest {
  private static final int EPOCHS = 4;

  /** Weights 0, then 1, 2 and 4 of the only neuron, moved along the only input, x = 1. */
  private static double[] averages(int degree) {
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(FactorTable.of(1, 1, new double[] {1})),
            new int[] {0},
            EntityTuples.of(1, new int[] {0}));
    InitialWeights initial = new InitialWeights(new NetworkOptions(1, 0, false, false, 1, 1), 1);
    DenseEngine engine = new DenseEngine(inputs, initial, UpdateRule.PLAIN);
    OutputLayer output = new OutputLayer(initial);
    Averaging averaging = new Averaging(degree, engine, output, 1);
    double[] averages = new double[3];
    double[] z = new double[2];
    double[] w = new double[1];
    for (int epoch = 0; epoch < 3; epoch++) {
      BatchCoefficients batch = new BatchCoefficients();
      batch.beginSample(0);
      batch.add(1, epoch == 2 ? 2 : 1, 0);
      engine.update(batch, 1);
      averaging.add(output);
      engine.preActivations(0, z);
      averaging.addSample(0, z);
      averages[epoch] = z[1];
    }
    engine.restore(averaging.weights());
    engine.weights(1, w);
    assertEquals(averages[2], w[0], 1e-6);
    return averages;
  }

  @Test
  void degreeZeroIsTheMeanByHand() {
    assertArrayEquals(new double[] {1, 1.5, 7.0 / 3}, averages(0), 1e-6);
  }

  @Test
  void degreeThreeByHand() {
    // a = 4/4, 4/5, 4/6: 1, then 0.2 · 1 + 0.8 · 2 = 1.8, then 1/3 · 1.8 + 2/3 · 4.
    assertArrayEquals(new double[] {1, 1.8, 0.6 + 8.0 / 3}, averages(3), 1e-6);
  }

  private static TrainingResult train(
      Scenario.Training training, EngineChoice engine, int epochs, int degree) {
    return Trainer.train(
        training.problem(),
        training.network(),
        training.options(engine, epochs, 1).withAveraging(degree),
        1e9,
        TrainingListener.NONE);
  }

  /** The weights after 1, 2, … epochs are those of trainings that end there. */
  @TestFactory
  Stream<DynamicTest> theAverageNetworkIsTheOneOfTheAveragedWeights() {
    return Stream.of(EngineChoice.values())
        .flatMap(
            engine ->
                Seeds.runs(
                    engine.key(),
                    2,
                    random -> {
                      int degree = random.nextInt(4);
                      compare(new Scenario().trainOutput().neurons(24, true), engine, degree);
                      compare(new Scenario().skip(0.4).momentum(0.8), engine, degree);
                    }));
  }

  private static void compare(Scenario scenario, EngineChoice engine, int degree) {
    Scenario.Training training = scenario.draw(new Random(40 + degree));
    List<double[]> ends = new ArrayList<>();
    for (int epochs = 1; epochs <= EPOCHS; epochs++) {
      TrainingResult result = train(training, engine, epochs, TrainingOptions.NO_AVERAGING);
      ends.add(TrainingResults.weights(result, training));
    }
    TrainingResult averaged = train(training, engine, EPOCHS, degree);
    double[] expected = new double[ends.getFirst().length];
    for (int t = 1; t <= EPOCHS; t++) {
      double share = (degree + 1.0) / (degree + t);
      for (int p = 0; p < expected.length; p++) {
        expected[p] = (1 - share) * expected[p] + share * ends.get(t - 1)[p];
      }
      MetricReport report = metrics(training, expected);
      assertMetrics(report, averaged.course().epochs().get(t - 1).test(), 1e-5);
    }
    assertArrayEquals(expected, TrainingResults.weights(averaged, training), 1e-9);
    MetricReport report = metrics(training, expected);
    assertMetrics(report, averaged.metrics().test(), 1e-9);
    double last =
        train(training, engine, EPOCHS, TrainingOptions.NO_AVERAGING)
            .metrics()
            .test()
            .get(Metric.MSE);
    assertTrue(Math.abs(last - report.get(Metric.MSE)) > 1e-4, "the average is the last");
  }

  @Test
  void aTrainingThatIsStoppedWithinAnEpochLeavesTheAverageOfTheEpochsBefore() {
    Scenario.Training training = new Scenario().batch(12).draw(new Random(16));
    int[] batches = {0};
    TrainingListener counting =
        event -> {
          if (event instanceof TrainingEvent.BatchDone) {
            batches[0]++;
          }
        };
    StopSignal inTheThirdEpoch = () -> batches[0] == 7;
    for (int patience = 0; patience <= 5; patience += 5) {
      batches[0] = 0;
      TrainingOptions options =
          training.options(EngineChoice.BLOCK, 9, 1).withAveraging(3).withPatience(patience);
      TrainingResult stopped =
          Trainer.train(
              training.problem(),
              training.network(),
              options,
              1e9,
              counting,
              inTheThirdEpoch,
              null);
      assertTrue(stopped.course().stopped());
      assertEquals(2, stopped.course().epochs().size());

      int epochs = stopped.course().epoch();
      TrainingResult shorter = train(training, EngineChoice.BLOCK, epochs, 3);
      assertArrayEquals(
          TrainingResults.weights(shorter, training), TrainingResults.weights(stopped, training));
      assertEquals(shorter.metrics().test(), stopped.metrics().test());
      assertArrayEquals(
          shorter.metrics().validationPredictions(), stopped.metrics().validationPredictions());
    }
  }

  /** Metrics of the test samples by plain formulas, from weights that are given. */
  private static MetricReport metrics(Scenario.Training training, double[] weights) {
    NaiveNetwork naive = new NaiveNetwork(training.problem(), training.network());
    int dimension = naive.x[0].length;
    int units = training.initial().units();
    for (int r = 0; r < units; r++) {
      double[] target = r < naive.w.length ? naive.w[r] : naive.linear[r - naive.w.length];
      System.arraycopy(weights, r * dimension, target, 0, dimension);
    }
    for (int r = 0; r < naive.w.length; r++) {
      naive.a[r][0] = weights[units * dimension + r];
    }
    int[] test = training.problem().split().test();
    RealTargets targets = (RealTargets) training.problem().samples().targets();
    // What a unit of the encoded target is worth.
    double scale =
        ((double) targets.value(test[0], 0) - targets.value(test[1], 0))
            / (naive.y[test[0]][0] - naive.y[test[1]][0]);
    double[] predictions = new double[test.length];
    for (int i = 0; i < test.length; i++) {
      predictions[i] =
          targets.value(test[i], 0) + scale * (naive.outputs(test[i])[0] - naive.y[test[i]][0]);
    }
    return Evaluation.of(training.problem().samples(), test, predictions);
  }

  private static void assertMetrics(MetricReport expected, MetricReport found, double tolerance) {
    for (Metric metric : List.of(Metric.MSE, Metric.MAE, Metric.R2)) {
      double value = expected.get(metric);
      assertEquals(value, found.get(metric), tolerance * (1 + Math.abs(value)), metric.key());
    }
  }
}
