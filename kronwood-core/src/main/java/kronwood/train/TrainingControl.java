package kronwood.train;

/**
 * Asks a training to stop, to wait, or to go on with smaller steps.
 *
 * <p>A training asks after each batch, on the thread that trains; the answers may come from any
 * thread. As long as nobody asks for anything, the training has the bits that it has without a
 * control.
 *
 * <p>Wherever a {@link StopSignal} is taken, a control may be given. A training whose neurons are
 * shared between processes (see {@link NeuronShare}) can wait, but its step size stays.
 */
public interface TrainingControl extends StopSignal {
  /** No search is to be seen. */
  int NO_SAMPLE = -1;

  /** The search of the first sample of each batch is to be seen. */
  int NEXT_SAMPLE = -2;

  /**
   * Waits while the training is paused. The time does not count as training, nor in the budget of a
   * tuning.
   *
   * @return nanoseconds waited; 0, at once, if it is not paused
   */
  default long awaitResume() {
    return 0;
  }

  /**
   * Share of its step size that a training goes on with: at most 1, more than 0, and never more
   * than before. A training begins with all of its step size, whatever the share is then; so what
   * counts is the share against that at its beginning.
   *
   * <p>What is asked for goes into the provenance of the model and into checkpoints: a training
   * that is resumed goes on with the step size it had. The trainings on held-out parts that follow
   * have the last step size throughout.
   */
  default double stepShare() {
    return 1;
  }

  /**
   * The training sample whose search for neurons somebody wants to see, from 0, {@link
   * #NEXT_SAMPLE} or {@link #NO_SAMPLE}. As long as it is asked for, the listener gets a {@link
   * TrainingEvent.Searched} before each step that is made with this sample.
   *
   * <p>Cost: a search is read off the engine in a time of the order of the number of neurons, and
   * nothing is changed by that. If no sample is asked for, nothing is done.
   */
  default int shownSample() {
    return NO_SAMPLE;
  }

  /** The signal itself if it is a control, else a control that only stops. */
  static TrainingControl of(StopSignal stop) {
    return stop instanceof TrainingControl control ? control : new StopOnly(stop);
  }
}
