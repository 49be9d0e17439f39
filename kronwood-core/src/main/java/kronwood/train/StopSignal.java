package kronwood.train;

/**
 * Says whether a training should end before its last epoch.
 *
 * <p>A training asks after each batch and after each epoch, on the thread that trains. Once the
 * answer is yes, it ends and keeps what was learned so far: see {@link TrainingCourse#stopped}. A
 * tuning asks between and within its trials too. The answer may come from any thread, as from a
 * volatile field.
 */
@FunctionalInterface
public interface StopSignal {
  /** Trains to the end. */
  StopSignal NEVER = () -> false;

  /** True if the training should end now. */
  boolean isStopRequested();

  /**
   * True if metrics are skipped after a stop was requested, even while they are being computed: the
   * result is then there at once. Called about every thousand samples, and only after such a
   * request.
   */
  default boolean skipsEvaluation() {
    return false;
  }
}
