package kronwood.trial;

import kronwood.train.StopSignal;
import kronwood.train.TrainingControl;

/** The remaining time and number of trials. */
public final class Budget {
  private final double seconds;
  private final long started = System.nanoTime();
  private final int trials;
  private int took;
  private int kept;

  private final TrainingControl control;
  private long pausedNanos;

  /**
   * Time runs from now.
   *
   * @param seconds time, may be infinite
   * @param trials number of trials
   * @param stop says whether it is over before; a {@link TrainingControl} may also have the trials
   *     wait, and time stands still then
   */
  public Budget(double seconds, int trials, StopSignal stop) {
    this.seconds = seconds;
    this.trials = trials;
    this.control = TrainingControl.of(stop);
  }

  /** Seconds since the beginning, without those of pauses. */
  public double spent() {
    return (System.nanoTime() - started - pausedNanos) * 1e-9;
  }

  /** Share of the time that is spent. */
  public double share() {
    return spent() / seconds;
  }

  /** Whether a trial may begin that takes about so long, within shares of time and trials. */
  public boolean allows(double expectedSeconds, double shareOfTime, double shareOfTrials) {
    return took < shareOfTrials * (trials - kept)
        && !isStopped()
        && spent() + expectedSeconds <= shareOfTime * seconds;
  }

  /** Whether the time is up: a trial that runs is given up. */
  public boolean isOver() {
    return isStopped() || spent() > seconds;
  }

  /** Whether a stop was requested. Waits while the tuning is paused. */
  public boolean isStopped() {
    pausedNanos += control.awaitResume();
    return control.isStopRequested();
  }

  /** Whether only trials count. */
  public boolean isTimeless() {
    return Double.isInfinite(seconds);
  }

  /**
   * Divisions that so many trials can be made on in a share of the time.
   *
   * @param secondsOfOne time that a trial on one division takes
   * @param most most divisions
   * @return at least 1
   */
  public int fitting(double secondsOfOne, double wantedTrials, double share, int most) {
    double count = Math.floor(share * seconds / (wantedTrials * secondsOfOne));
    return (int) Math.clamp(count, 1.0, (double) most);
  }

  /** Keeps trials for later. */
  public void keep(int count) {
    kept = count;
  }

  /** A trial was made. */
  public void took() {
    took++;
  }
}
