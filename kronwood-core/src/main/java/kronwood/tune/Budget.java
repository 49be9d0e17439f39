package kronwood.tune;

import kronwood.train.StopSignal;

/** What is left of the time and the trials. */
final class Budget {
  private final double seconds;
  private final long started = System.nanoTime();
  private final int trials;
  private int took;
  private int kept;

  private final StopSignal stop;

  /** Time runs from now; {@code stop} says whether it is over before. */
  Budget(TuningOptions options, StopSignal stop) {
    this.seconds = options.seconds();
    this.trials = options.trials();
    this.stop = stop;
  }

  /** Seconds since the beginning. */
  double spent() {
    return (System.nanoTime() - started) * 1e-9;
  }

  /** Share of the time that is spent. */
  double share() {
    return spent() / seconds;
  }

  /** Whether a trial may begin that takes about so long, within shares of time and trials. */
  boolean allows(double expectedSeconds, double shareOfTime, double shareOfTrials) {
    return took < shareOfTrials * (trials - kept)
        && !isStopped()
        && spent() + expectedSeconds <= shareOfTime * seconds;
  }

  /** Whether the time is up: a trial that runs is given up. */
  boolean isOver() {
    return isStopped() || spent() > seconds;
  }

  /** Whether somebody asked for the end. */
  boolean isStopped() {
    return stop.isStopRequested();
  }

  /** Whether only trials count. */
  boolean isTimeless() {
    return Double.isInfinite(seconds);
  }

  /**
   * Divisions that so many trials can be made on in a share of the time.
   *
   * @param secondsOfOne time that a trial on one division takes
   * @param most most divisions
   * @return at least 1
   */
  int fitting(double secondsOfOne, double wantedTrials, double share, int most) {
    double count = Math.floor(share * seconds / (wantedTrials * secondsOfOne));
    return (int) Math.clamp(count, 1.0, (double) most);
  }

  /** Keeps trials for later. */
  void keep(int count) {
    kept = count;
  }

  /** A trial was made. */
  void took() {
    took++;
  }
}
