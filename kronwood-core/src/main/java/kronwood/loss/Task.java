package kronwood.loss;

/** What a network predicts. */
public enum Task {
  /** One or several real numbers. */
  REGRESSION,
  /** The probability of the positive one of two classes. */
  BINARY,
  /** The probabilities of several classes. */
  MULTICLASS
}
