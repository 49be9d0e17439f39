package kronwood.data.feed;

/** What samples are used for. */
public enum SplitPart {
  /** Their gradients are used. */
  TRAIN,
  /** They are evaluated, for choices made while training. */
  VALIDATION,
  /** They are evaluated, for the reported result. */
  TEST
}
