package kronwood.plan;

import kronwood.engine.weights.UpdateRule;

/**
 * What time and memory of a training depend on, besides its inputs and network.
 *
 * @param batch samples per step, or {@link #AUTO_BATCH} if they are chosen later
 * @param rule how a step moves the weights
 * @param records copies of the weights that are kept beside those that are trained: an average, the
 *     best so far
 * @param engine options of the engine
 */
public record Workload(int batch, UpdateRule rule, int records, EngineOptions engine) {
  /** Stands for the batch size beyond which the step size hardly grows. */
  public static final int AUTO_BATCH = 0;
}
