package kronwood.train;

import java.util.OptionalDouble;
import kronwood.state.StateLayout;
import org.jspecify.annotations.Nullable;

/**
 * How a network is trained.
 *
 * @param batch samples per step, at least 1
 * @param epochs passes over the training samples, at least 0
 * @param learningRate step size η, or empty for {@link StepSize}'s choice
 * @param weightDecay λ ≥ 0: each step first moves the weights by the share {@code η λ} towards
 *     their initial values
 * @param engine which engine holds the weights
 * @param layout coordinates that the block engine's states must have, null for the cheapest
 * @param threads threads to use, at least 1; the result does not depend on it
 */
public record TrainingOptions(
    int batch,
    int epochs,
    OptionalDouble learningRate,
    double weightDecay,
    EngineChoice engine,
    @Nullable StateLayout layout,
    int threads) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value out of range, or if there is a layout for an
   *     engine that has none
   */
  public TrainingOptions {
    if (batch < 1) {
      throw new IllegalArgumentException("batch is " + batch + ", expected at least 1");
    }
    if (epochs < 0) {
      throw new IllegalArgumentException("epochs is " + epochs + ", expected at least 0");
    }
    if (learningRate.isPresent()
        && (!(learningRate.getAsDouble() > 0) || Double.isInfinite(learningRate.getAsDouble()))) {
      throw new IllegalArgumentException(
          "learning rate is " + learningRate.getAsDouble() + ", expected a number > 0");
    }
    if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
      throw new IllegalArgumentException(
          "weight decay is " + weightDecay + ", expected a number >= 0");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", expected at least 1");
    }
    if (layout != null && engine != EngineChoice.AUTO && engine != EngineChoice.BLOCK) {
      throw new IllegalArgumentException(
          "a layout of states is for engine block, found engine " + engine.key());
    }
  }

  /** The cheapest layout, should the block engine train. */
  public TrainingOptions(
      int batch,
      int epochs,
      OptionalDouble learningRate,
      double weightDecay,
      EngineChoice engine,
      int threads) {
    this(batch, epochs, learningRate, weightDecay, engine, null, threads);
  }

  /** The same training with another choice of plan. */
  public TrainingOptions withPlan(EngineChoice otherEngine, @Nullable StateLayout otherLayout) {
    return new TrainingOptions(
        batch, epochs, learningRate, weightDecay, otherEngine, otherLayout, threads);
  }

  /** Whether any plan may be taken. */
  boolean leavesPlanOpen() {
    return engine == EngineChoice.AUTO && layout == null;
  }

  /** Whether the weights are pulled towards their initial values. */
  boolean decays() {
    return weightDecay > 0;
  }
}
