package kronwood.plan;

import kronwood.fault.InputException;
import kronwood.math.Precision;
import kronwood.state.StateLayout;
import org.jspecify.annotations.Nullable;

/**
 * Which engine holds the weights, and how. The result is the same for all, except for the rounding
 * of sums.
 *
 * @param engine which engine, or {@link EngineChoice#AUTO} for the cheapest
 * @param layout coordinates of the block engine's states, null for the cheapest
 * @param precision of the numbers that the block engine keeps
 * @param threads number of threads, at least 1; the result does not depend on it
 */
public record EngineOptions(
    EngineChoice engine, @Nullable StateLayout layout, Precision precision, int threads) {

  /** The cheapest engine in single precision, on all processors. */
  public static final EngineOptions DEFAULT =
      new EngineOptions(
          EngineChoice.AUTO, null, Precision.SINGLE, Runtime.getRuntime().availableProcessors());

  /**
   * Checks the ranges.
   *
   * @throws InputException if there is no thread, or a layout for an engine that has none
   */
  public EngineOptions {
    if (threads < 1) {
      throw new InputException("threads is " + threads + ", expected at least 1");
    }
    if (layout != null && engine != EngineChoice.AUTO && engine != EngineChoice.BLOCK) {
      throw new InputException(
          "a layout of states is for engine block, found engine " + engine.key());
    }
  }

  /** The same with another engine, and a layout of its states or null for the cheapest. */
  public EngineOptions withPlan(EngineChoice otherEngine, @Nullable StateLayout otherLayout) {
    return new EngineOptions(otherEngine, otherLayout, precision, threads);
  }

  /** The same in another precision. */
  public EngineOptions withPrecision(Precision other) {
    return new EngineOptions(engine, layout, other, threads);
  }

  /** The same with another number of threads. */
  public EngineOptions withThreads(int other) {
    return new EngineOptions(engine, layout, precision, other);
  }

  /** True if there is one plan only, whatever the memory. */
  public boolean fixesPlan() {
    return layout != null || (engine != EngineChoice.AUTO && engine != EngineChoice.BLOCK);
  }

  /** True if the planner may take any plan. */
  boolean leavesPlanOpen() {
    return engine == EngineChoice.AUTO && layout == null;
  }
}
