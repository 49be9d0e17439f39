package kronwood.train;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.Split;
import kronwood.engine.DenseEngine;
import kronwood.engine.Engine;
import kronwood.engine.weights.UpdateRule;
import kronwood.loss.LogisticLoss;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.measure.Metrics;
import kronwood.network.OutputLayer;
import kronwood.plan.EngineChoice;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EarlyStoppingTest {
  private static final int EPOCHS = 40;

  private static TrainingResult train(Scenario.Training training, TrainingOptions options) {
    return Trainer.train(
        training.problem(), training.network(), options, 1e9, TrainingListener.NONE);
  }

  private static MetricReport report(double error) {
    return Metrics.regression(
        new double[] {1 + error, 2 - error, 3 + error}, new double[] {1, 2, 3});
  }

  @Test
  void itIsOverWhenTheErrorHasNotFallenForAsManyEpochsAsThereIsPatience() {
    Scenario.Training training = new Scenario().draw(new Random(1));
    Engine engine =
        new DenseEngine(training.problem().inputs(), training.initial(), UpdateRule.PLAIN);
    OutputLayer output = new OutputLayer(training.initial());
    EarlyStopping stopping = new EarlyStopping(2, engine, output);
    double[] errors = {0.5, 0.4, 0.6, 0.3, 0.3, 0.31};
    for (int epoch = 1; epoch <= errors.length; epoch++) {
      stopping.add(epoch, report(errors[epoch - 1]), output, null);
      assertEquals(epoch == 6, stopping.isOver(epoch), "epoch " + epoch);
    }
    assertEquals(4, stopping.bestEpoch());
  }

  @TestFactory
  Stream<DynamicTest> trainingStopsAndGoesBackToTheBestWeights() {
    return Stream.of(EngineChoice.values())
        .flatMap(
            engine ->
                Seeds.runs(
                    engine.key(),
                    3,
                    random -> {
                      // Targets are random: beyond some epochs nothing is learned that holds.
                      Scenario scenario = new Scenario().trainOutput().neurons(40, true);
                      if (random.nextBoolean()) {
                        scenario.momentum(0.6).skip(0.3);
                      }
                      compare(scenario.draw(random), engine, 1 + random.nextInt(3));
                    }));
  }

  private static void compare(Scenario.Training training, EngineChoice engine, int patience) {
    TrainingOptions options = training.options(engine, EPOCHS, 1);
    double[] errors =
        train(training, options).course().epochs().stream()
            .mapToDouble(epoch -> epoch.validation().get(Metric.MSE))
            .toArray();
    int best = 1;
    int epochs = 1;
    while (epochs < EPOCHS && epochs - best < patience) {
      epochs++;
      if (errors[epochs - 1] < errors[best - 1]) {
        best = epochs;
      }
    }
    TrainingResult stopped = train(training, options.withPatience(patience));
    assertEquals(epochs, stopped.course().epochs().size());
    assertEquals(best, stopped.course().epoch());
    assertFalse(stopped.course().stopped(), "no listener asked for it");
    TrainingResult expected = train(training, training.options(engine, best, 1));
    assertArrayEquals(
        TrainingResults.weights(expected, training),
        TrainingResults.weights(stopped, training),
        1e-9);
    assertEquals(errors[best - 1], stopped.metrics().validation().get(Metric.MSE), 1e-9);
    assertEquals(
        expected.metrics().test().get(Metric.MSE), stopped.metrics().test().get(Metric.MSE), 1e-9);
    assertEquals(
        expected.metrics().train().get(Metric.MSE),
        stopped.metrics().train().get(Metric.MSE),
        1e-9);
  }

  @Test
  void someTrainingsDoStop() {
    Scenario.Training training = new Scenario().trainOutput().neurons(40, true).draw(new Random(1));
    TrainingOptions options = training.options(EngineChoice.DENSE, EPOCHS, 1).withPatience(1);
    assertTrue(train(training, options).course().epochs().size() < EPOCHS);
  }

  /** Then it is the average that is validated, and gone back to. */
  @TestFactory
  Stream<DynamicTest> theBestOfTheAveragesIsTaken() {
    return Seeds.runs(
        3,
        random -> {
          Scenario.Training training = new Scenario().trainOutput().neurons(40, true).draw(random);
          TrainingOptions averaging =
              training.options(EngineChoice.BLOCK, EPOCHS, 1).withAveraging(1);
          TrainingResult stopped = train(training, averaging.withPatience(3));
          List<EpochReport> reports = stopped.course().epochs();
          double least =
              reports.stream()
                  .mapToDouble(epoch -> epoch.validation().get(Metric.MSE))
                  .min()
                  .orElseThrow();
          EpochReport best = reports.get(stopped.course().epoch() - 1);
          assertEquals(least, best.validation().get(Metric.MSE));
          assertEquals(least, stopped.metrics().validation().get(Metric.MSE), 1e-5 * least);
          double test = best.test().get(Metric.MSE);
          assertEquals(test, stopped.metrics().test().get(Metric.MSE), 1e-5 * test);
        });
  }

  @Test
  void classesAreValidatedByTheLogLoss() {
    Scenario.Training training =
        new Scenario().loss(new LogisticLoss(), 1).neurons(40, true).draw(new Random(5));
    TrainingResult stopped =
        train(training, training.options(EngineChoice.AUTO, EPOCHS, 1).withPatience(2));
    double least = Double.POSITIVE_INFINITY;
    int best = 0;
    for (EpochReport report : stopped.course().epochs()) {
      if (report.validation().get(Metric.LOGLOSS) < least) {
        least = report.validation().get(Metric.LOGLOSS);
        best = report.epoch();
      }
    }
    assertEquals(best, stopped.course().epoch());
    assertEquals(least, stopped.metrics().validation().get(Metric.LOGLOSS), 1e-9);
  }

  @Test
  void patienceNeedsValidationSamples() {
    Scenario.Training training = new Scenario().draw(new Random(6));
    TrainingProblem problem = training.problem();
    Split split = new Split(Problems.range(0, 30), new int[0], Problems.range(30, 40));
    TrainingProblem without =
        new TrainingProblem(problem.inputs(), problem.samples(), split, problem.loss());
    TrainingOptions options = training.options(EngineChoice.AUTO, 3, 1).withPatience(2);
    assertRefused(
        () -> Trainer.train(without, training.network(), options, 1e9, TrainingListener.NONE),
        "validation samples");
  }
}
