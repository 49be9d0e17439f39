package kronwood.train;

import kronwood.plan.EnginePlan;

/**
 * A trained network, how its training went, and how good it is.
 *
 * @param network the weights
 * @param course plan, step size, epochs, times
 * @param metrics metrics at the end of training
 */
public record TrainingResult(
    TrainedNetwork network, TrainingCourse course, TrainingMetrics metrics) {
  /** The same training with the metrics of a model that was made from its network. */
  public TrainingResult withMetrics(TrainingMetrics other) {
    return new TrainingResult(network, course, other);
  }

  /**
   * The same training, done by another plan: that of the whole network, of which this is a part.
   */
  public TrainingResult withPlan(EnginePlan other) {
    return new TrainingResult(network, course.withPlan(other), metrics);
  }
}
