package kronwood.tune;

/**
 * One trial of a tuning.
 *
 * @param what {@code network on a sample} for one on some of the rows; {@code linear} for a form of
 *     the inputs tried on the linear model, {@code network} for a form of the training, in which
 *     case the error is that of both together
 * @param choice how it differs from the given options
 * @param error mean loss on the validation samples, or the value of the metric that is tuned for
 * @param best whether it was the best of its kind so far
 * @param seconds time it took
 */
public record TuningTrial(String what, String choice, double error, boolean best, double seconds) {
  static final String LINEAR = "linear";

  /** Whether it was a form of the inputs tried on the linear model. */
  public boolean isLinear() {
    return what.equals(LINEAR);
  }
}
