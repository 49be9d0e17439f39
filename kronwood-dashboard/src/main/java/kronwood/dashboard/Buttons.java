package kronwood.dashboard;

import kronwood.train.StopSignal;

/** What was pressed, and what the training made of it. Used by several threads. */
final class Buttons {
  /** Milliseconds after which a training that waits looks whether somebody else wants its end. */
  private static final long LOOK = 50;

  /** Pressed once, it halves the step size. */
  private static final double LOWER = 0.5;

  /** Smaller steps than this share would not be steps. */
  private static final double LEAST_SHARE = 1e-6;

  /** How the training is. */
  enum State {
    /** It trains. */
    RUNNING,
    /** It is to wait, and a batch is still at work. */
    PAUSING,
    /** It waits. */
    PAUSED,
    /** It is to stop. */
    STOPPING,
    /** It is over. */
    ENDED,
    /** It is over with an error. */
    FAILED
  }

  private volatile boolean paused;
  private volatile boolean stop;
  private volatile double share = 1;
  private boolean lowers;
  private int waiting;
  private boolean ended;
  private boolean failed;

  /**
   * Presses a button.
   *
   * @param name {@code pause}, {@code resume}, {@code stop} or {@code lower}
   * @return false if it cannot be pressed now
   */
  synchronized boolean press(String name) {
    if (ended || (stop && !name.equals("stop"))) {
      return false;
    }
    switch (name) {
      case "pause" -> paused = true;
      case "resume" -> paused = false;
      case "stop" -> {
        stop = true;
        paused = false;
      }
      case "lower" -> {
        if (!lowers || share * LOWER < LEAST_SHARE) {
          return false;
        }
        share *= LOWER;
      }
      default -> throw new IllegalArgumentException(name);
    }
    notifyAll();
    return true;
  }

  /** From now on the step size can be lowered, or not. */
  synchronized void lowers(boolean can) {
    lowers = can;
  }

  /** The training is over. */
  synchronized void end(boolean withError) {
    ended = true;
    failed |= withError;
    paused = false;
    lowers = false;
    notifyAll();
  }

  synchronized State state() {
    if (ended) {
      return failed ? State.FAILED : State.ENDED;
    }
    if (stop) {
      return State.STOPPING;
    }
    return !paused ? State.RUNNING : waiting > 0 ? State.PAUSED : State.PAUSING;
  }

  /** Whether the step size can be lowered now. */
  synchronized boolean lowers() {
    return lowers && !ended && !stop && share * LOWER >= LEAST_SHARE;
  }

  boolean isStopPressed() {
    return stop;
  }

  /** Share of the step size that is left. */
  double share() {
    return share;
  }

  /** Waits while it is paused, and {@code other} does not stop; returns the nanoseconds. */
  long await(StopSignal other) {
    if (!paused) {
      return 0;
    }
    long began = System.nanoTime();
    boolean interrupted = false;
    synchronized (this) {
      waiting++;
      while (paused && !other.isStopRequested()) {
        try {
          wait(LOOK);
        } catch (InterruptedException e) {
          interrupted = true;
          break;
        }
      }
      waiting--;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return System.nanoTime() - began;
  }
}
