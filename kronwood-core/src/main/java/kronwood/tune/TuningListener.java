package kronwood.tune;

/** Watches a tuning. */
@FunctionalInterface
public interface TuningListener {
  /** Watches nothing. */
  TuningListener NONE = trial -> {};

  /** Something was tried. */
  void onTrial(TuningTrial trial);
}
