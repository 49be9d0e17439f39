package kronwood.validate;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import kronwood.train.TrainingControl;

/** What the trainings of one fold ask: whether another has failed, and what all are asked for. */
final class FoldControl implements TrainingControl {
  private final AtomicBoolean failed;
  private final TrainingControl all;
  private final AtomicLong pausedNanos = new AtomicLong();

  FoldControl(AtomicBoolean failed, TrainingControl all) {
    this.failed = failed;
    this.all = all;
  }

  @Override
  public boolean isStopRequested() {
    return failed.get() || all.isStopRequested();
  }

  @Override
  public long awaitResume() {
    long waited = failed.get() ? 0 : all.awaitResume();
    pausedNanos.addAndGet(waited);
    return waited;
  }

  /** Time that the fold waited. */
  long pausedNanos() {
    return pausedNanos.get();
  }
}
