package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;
import kronwood.measure.Metric;
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

  @ParameterizedTest
  @EnumSource(EngineChoice.class)
  void anAbsurdStepSizeIsNamed(EngineChoice engine) {
    Scenario.Training training = new Scenario().draw(new Random(25));
    DivergenceException e =
        assertThrows(DivergenceException.class, () -> train(training, engine, 12345.678, 500));
    assertTrue(e.getMessage().contains("learning rate below 1.235e+04"), e.getMessage());
    assertTrue(e.getMessage().contains("epoch "), e.getMessage());
  }

  @Test
  void theEpochIsNamed() {
    Scenario.Training training = new Scenario().batch(30).draw(new Random(26));
    // With one batch an epoch, the loss of the first is that of the start.
    int epochs = 1;
    assertEquals(1, train(training, EngineChoice.EAGER, 1e9, epochs).epochs().size());
    while (epochs++ < 60) {
      try {
        train(training, EngineChoice.EAGER, 1e9, epochs);
      } catch (DivergenceException e) {
        assertTrue(e.getMessage().contains("in epoch " + epochs + ":"), e.getMessage());
        return;
      }
    }
    fail("a step size of 1e9 did not diverge in 60 epochs");
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
      assertTrue(Double.isFinite(result.test().get(metric)), () -> message + ": " + result.test());
      assertEquals(2, result.epochs().size());
    } catch (DivergenceException e) {
      assertTrue(e.getMessage().contains("diverged"), e.getMessage());
    } catch (RuntimeException e) {
      throw new AssertionError(message + ": " + e, e);
    }
  }
}
