package kronwood.plan;

import kronwood.engine.UpdateRule;

/**
 * What the planner must know of a training to estimate its time and memory.
 *
 * @param batch samples per step, or {@link #AUTO_BATCH} if they are chosen later
 * @param rule how a step moves the weights
 * @param records copies of the weights that are kept beside those that are trained: an average, the
 *     best so far
 * @param engine what is asked of the engine
 */
public record Workload(int batch, UpdateRule rule, int records, EngineOptions engine) {
  /** The batch size beyond which larger steps bring little. */
  public static final int AUTO_BATCH = 0;
}
