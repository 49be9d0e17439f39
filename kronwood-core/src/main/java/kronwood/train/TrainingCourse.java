package kronwood.train;

import java.util.List;
import kronwood.engine.WorkCounters;
import kronwood.plan.EnginePlan;

/**
 * How a training went.
 *
 * @param plan the engine and why
 * @param learningRate step size that was given or chosen
 * @param lastLearningRate step size of the last batch, smaller than that if a {@link
 *     TrainingControl} asked for it
 * @param loweredStep when the step size was lowered on request and to what, by earlier runs too;
 *     empty if it was not
 * @param batch samples per step
 * @param linearStart how the linear skip was started, empty if there is none
 * @param resumed epochs that an earlier run had done, from whose checkpoint this one resumed
 * @param epochs reports of the epochs finished, without those done by an earlier run
 * @param epoch the epoch at whose end the network was as it is; that of the best validation error
 *     if training could stop early
 * @param stopped whether training ended before its last epoch because a {@link StopSignal} asked
 *     for it. An unfinished epoch counts only without averaging and without early stopping, or if
 *     no epoch was finished
 * @param work counted while training, by earlier runs too
 * @param seconds times taken
 */
public record TrainingCourse(
    EnginePlan plan,
    double learningRate,
    double lastLearningRate,
    String loweredStep,
    int batch,
    String linearStart,
    int resumed,
    List<EpochReport> epochs,
    int epoch,
    boolean stopped,
    WorkCounters work,
    Seconds seconds) {
  /** Copies the list. */
  public TrainingCourse {
    epochs = List.copyOf(epochs);
  }

  /** The same course by another plan. */
  TrainingCourse withPlan(EnginePlan other) {
    return new TrainingCourse(
        other,
        learningRate,
        lastLearningRate,
        loweredStep,
        batch,
        linearStart,
        resumed,
        epochs,
        epoch,
        stopped,
        work,
        seconds);
  }

  /** Epochs finished, those done by an earlier run too. */
  public int epochsFinished() {
    return resumed + epochs.size();
  }

  /**
   * Times in seconds.
   *
   * @param initialise making the engine and choosing the step size
   * @param train all batches
   * @param evaluate all metrics
   */
  public record Seconds(double initialise, double train, double evaluate) {
    /** All of them. */
    public double sum() {
      return initialise + train + evaluate;
    }
  }
}
