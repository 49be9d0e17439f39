package kronwood.train;

/** Watches a training and may end it early. Called on the thread that trains. */
public interface TrainingListener {
  /** Watches nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * A training that was saved is gone on with; told before {@link #onStart}.
   *
   * @param epochs epochs that were done before
   */
  default void onResume(int epochs) {}

  /**
   * The engine is ready and training begins.
   *
   * @param plan the engine and why
   * @param learningRate step size, given or chosen
   */
  default void onStart(EnginePlan plan, double learningRate) {}

  /** A batch was taken in. */
  default void onBatch(int epoch, int samplesDone, int samplesTotal) {}

  /** An epoch was finished. */
  default void onEpoch(EpochReport report) {}

  /** Whether training should end with the current batch; what was learned so far is kept. */
  default boolean isStopRequested() {
    return false;
  }
}
