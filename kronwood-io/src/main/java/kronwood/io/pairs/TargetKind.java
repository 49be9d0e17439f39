package kronwood.io.pairs;

/** What the target columns of a pairs table hold. */
public enum TargetKind {
  /** Real numbers, in one or several columns. */
  REAL,
  /** Exactly two distinct values in one column. */
  BINARY,
  /** Two or more classes in one column. */
  MULTICLASS
}
