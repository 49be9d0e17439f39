package kronwood.train;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.state.Representation;
import kronwood.state.StateLayout;
import org.junit.jupiter.api.Test;

class OptionsTest {
  private static TrainingOptions training(
      int batch, int epochs, double learningRate, double weightDecay, int threads) {
    return TrainingOptions.plain(
        batch, epochs, OptionalDouble.of(learningRate), weightDecay, EngineChoice.AUTO, threads);
  }

  @Test
  void theDefaultNetworkIsPairedWithFixedSignsAndTheShiftOfTheWidth() {
    NetworkOptions options = NetworkOptions.of(512, 9);
    assertTrue(options.paired());
    assertFalse(options.trainOutput());
    assertEquals(9, options.seed());
    // √(0.4 · 6.2383246…)
    assertEquals(1.57966131, options.shift(), 1e-8);
    assertEquals(0, NetworkOptions.defaultShift(1));
  }

  @Test
  void aNetworkOptionOutOfRangeIsNamedWithItsValue() {
    assertRefused(() -> NetworkOptions.of(0, 1), "neurons is 0");
    assertRefused(() -> NetworkOptions.of(-4, 1), "neurons is -4");
    assertRefused(() -> NetworkOptions.of(7, 1), "neurons is 7", "even");
    assertRefused(() -> new NetworkOptions(7, Double.NaN, false, false, 1), "shift is NaN");
    assertRefused(
        () -> new NetworkOptions(7, Double.NEGATIVE_INFINITY, false, false, 1),
        "shift is -Infinity");
    assertEquals(7, new NetworkOptions(7, -1, false, true, 1).neurons());
  }

  @Test
  void aTrainingOptionOutOfRangeIsNamedWithItsValue() {
    assertRefused(() -> training(-1, 1, 1, 0, 1), "batch is -1");
    assertRefused(() -> training(1, -1, 1, 0, 1), "epochs is -1");
    assertRefused(() -> training(1, 1, 0, 0, 1), "learning rate is 0.0");
    assertRefused(() -> training(1, 1, -3, 0, 1), "learning rate is -3.0");
    assertRefused(() -> training(1, 1, Double.NaN, 0, 1), "learning rate is NaN");
    assertRefused(
        () -> training(1, 1, Double.POSITIVE_INFINITY, 0, 1), "learning rate is Infinity");
    assertRefused(() -> training(1, 1, 1, -0.1, 1), "weight decay is -0.1");
    assertRefused(() -> training(1, 1, 1, Double.NaN, 1), "weight decay is NaN");
    assertRefused(() -> training(1, 1, 1, Double.POSITIVE_INFINITY, 1), "weight decay is Infinity");
    assertRefused(() -> training(1, 1, 1, 0, 0), "threads is 0");
  }

  @Test
  void theLearningRateMayBeLeftOpen() {
    TrainingOptions options =
        TrainingOptions.plain(1, 0, OptionalDouble.empty(), 0, EngineChoice.DENSE, 1);
    assertTrue(options.learningRate().isEmpty());
    assertFalse(options.rule().decays());
    assertTrue(training(1, 1, 1, 1e-9, 1).rule().decays());
  }

  @Test
  void aLayoutIsForTheBlockEngineOnly() {
    StateLayout layout = new StateLayout(true, List.of(Representation.VALUE));
    TrainingOptions options = training(1, 1, 1, 0, 1);
    assertNull(options.engine().layout());
    assertEquals(layout, options.withPlan(EngineChoice.AUTO, layout).engine().layout());
    assertRefused(() -> options.withPlan(EngineChoice.EAGER, layout), "engine block", "eager");
    assertRefused(() -> options.withPlan(EngineChoice.DENSE, layout), "engine block", "dense");
    assertEquals(
        options,
        options.withPlan(EngineChoice.AUTO, layout).withPlan(options.engine().engine(), null));
  }

  @Test
  void enginesAreFoundByTheirNames() {
    assertEquals(EngineChoice.AUTO, EngineChoice.of("auto"));
    assertEquals(EngineChoice.EAGER, EngineChoice.of("eager"));
    assertEquals(EngineChoice.DENSE, EngineChoice.of("dense"));
    assertRefused(() -> EngineChoice.of("fast"), "'fast'", "auto", "eager", "dense");
    assertEquals("eager", EngineChoice.EAGER.key());
  }
}
