package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;
import kronwood.loss.HuberLoss;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SquaredLoss;
import kronwood.loss.Task;
import kronwood.measure.Metric;
import kronwood.plan.EngineChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DivergenceTest {
  private static TrainingResult train(
      Scenario.Training drawn, EngineChoice engine, double learningRate, int epochs) {
    Scenario.Training training =
        new Scenario.Training(
            drawn.problem(), drawn.network(), drawn.batch(), learningRate, drawn.decay());
    return Trainer.train(
        training.problem(),
        training.network(),
        training.options(engine, epochs, 1),
        1e9,
        TrainingListener.NONE);
  }

  /** The error of the first problem that diverges; in some, all neurons fall silent instead. */
  private static DivergenceException divergence(
      EngineChoice engine, int batch, double learningRate, int epochs) {
    for (int seed = 1; seed <= 20; seed++) {
      Scenario.Training training = new Scenario().batch(batch).draw(new Random(seed));
      try {
        train(training, engine, learningRate, epochs);
      } catch (DivergenceException e) {
        return e;
      }
    }
    return fail("learning rate " + learningRate + " did not diverge on any of 20 problems");
  }

  @ParameterizedTest
  @EnumSource(EngineChoice.class)
  void anAbsurdStepSizeIsNamed(EngineChoice engine) {
    String message = divergence(engine, 4, 12345678, 60).getMessage();
    assertTrue(message.contains("learning rate below 1.235e+07"), message);
    assertTrue(message.contains("in epoch "), message);
  }

  @Test
  void theEpochIsNamed() {
    // With one batch an epoch, the first loss is that of the start, and nothing has diverged yet.
    Scenario.Training training = new Scenario().batch(30).draw(new Random(26));
    assertEquals(1, train(training, EngineChoice.EAGER, 1e150, 1).course().epochs().size());
    String message = divergence(EngineChoice.EAGER, 30, 1e200, 2).getMessage();
    assertTrue(message.contains("in epoch 2:"), message);
  }

  @ParameterizedTest
  @EnumSource(EngineChoice.class)
  void aTrainingEitherDivergesWithThatErrorOrEndsInFiniteNumbers(EngineChoice engine) {
    for (Loss loss : new Loss[] {new SquaredLoss(), new HuberLoss(1), new LogisticLoss()}) {
      for (int batch : new int[] {4, 30}) {
        Scenario.Training training = new Scenario().loss(loss, 1).batch(batch).draw(new Random(27));
        for (double rate : new double[] {1e3, 1e50, 1e150, 1e160, 1e300, Double.MAX_VALUE}) {
          assertDivergesOrEnds(training, engine, rate);
        }
      }
    }
  }

  private static void assertDivergesOrEnds(
      Scenario.Training training, EngineChoice engine, double rate) {
    String message = training.problem().loss() + ", rate " + rate + ", batch " + training.batch();
    try {
      TrainingResult result = train(training, engine, rate, 2);
      Metric metric = training.problem().loss().task() == Task.BINARY ? Metric.LOGLOSS : Metric.MAE;
      assertTrue(
          Double.isFinite(result.metrics().test().get(metric)),
          () -> message + ": " + result.metrics().test());
      assertEquals(2, result.course().epochs().size());
    } catch (DivergenceException e) {
      assertTrue(e.getMessage().contains("diverged"), e.getMessage());
    } catch (RuntimeException e) {
      throw new AssertionError(message + ": " + e, e);
    }
  }
}
