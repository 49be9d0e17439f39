package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import kronwood.loss.SoftmaxLoss;
import kronwood.plan.EngineChoice;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whole trainings whose weights are the state, against the dense layer: losses, metrics,
 * predictions and weights, those of averages and of the best epoch too.
 */
class WeightsTrainingTest {
  private static final int EPOCHS = 4;

  @TestFactory
  Stream<DynamicTest> endsWhereTheDenseLayerEnds() {
    return Stream.of(
            agrees("plain", new Scenario(), TrainingOptions.NO_AVERAGING, 0),
            agrees("average", new Scenario(), 3, 0),
            agrees("average, momentum", new Scenario().momentum(0.8), 0, 0),
            agrees("average, decay", new Scenario().decay(0.1).trainOutput(), 1, 0),
            agrees("best epoch", new Scenario().skip(0.3), TrainingOptions.NO_AVERAGING, 1),
            agrees("best average", new Scenario().skip(0.3).momentum(0.5).decay(0.02), 1, 2),
            agrees("classes", new Scenario().loss(new SoftmaxLoss(), 3), 2, 0),
            agrees("ensemble", new Scenario().ensemble(4).neurons(32, true), 1, 0))
        .flatMap(tests -> tests);
  }

  private static Stream<DynamicTest> agrees(
      String name, Scenario scenario, int averaging, int patience) {
    return Seeds.runs(
        name,
        2,
        random -> {
          Scenario.Training training = scenario.samples(150, 100).batch(7).draw(random);
          TrainingResult expected = train(training, EngineChoice.DENSE, averaging, patience);
          TrainingResult found = train(training, EngineChoice.WEIGHTS, averaging, patience);
          for (int t = 0; t < expected.course().epochs().size(); t++) {
            EpochReport dense = expected.course().epochs().get(t);
            EpochReport weights = found.course().epochs().get(t);
            assertEquals(dense.loss(), weights.loss(), 1e-9 * dense.loss());
            assertEquals(dense.work().fired(), weights.work().fired());
          }
          // What is read of averages is kept in single precision where it is kept at all.
          double tolerance = averaging == TrainingOptions.NO_AVERAGING ? 1e-9 : 1e-5;
          TrainingResults.assertAlike(expected, found, training, tolerance);
        });
  }

  private static TrainingResult train(
      Scenario.Training training, EngineChoice engine, int averaging, int patience) {
    TrainingOptions options =
        training.options(engine, EPOCHS, 2).withAveraging(averaging).withPatience(patience);
    return Trainer.train(
        training.problem(), training.network(), options, 1e9, TrainingListener.NONE);
  }
}
