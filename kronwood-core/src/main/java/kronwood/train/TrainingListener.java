package kronwood.train;

import kronwood.plan.EnginePlan;

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

  /**
   * The validation samples were predicted for at the end of an epoch; told before {@link #onEpoch}
   * if there are any.
   *
   * @param predictions a row of C numbers each, as metrics are computed from them; not to be
   *     changed
   */
  default void onValidation(int epoch, double[] predictions) {}

  /** An epoch was finished. */
  default void onEpoch(EpochReport report) {}

  /** Whether training should end with the current batch; what was learned so far is kept. */
  default boolean isStopRequested() {
    return false;
  }

  /**
   * Whether metrics are left out from now on, those being computed too, for the result to be there
   * at once. Asked for every thousand samples or so, and only after a stop was requested.
   */
  default boolean isEvaluationSkipped() {
    return false;
  }
}
