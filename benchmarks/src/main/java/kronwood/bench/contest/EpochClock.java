package kronwood.bench.contest;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import kronwood.train.EpochReport;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * Watches a training on its own thread and notes what each epoch took. Neither its own work nor a
 * collection it asks for falls into an epoch.
 */
public final class EpochClock implements TrainingListener {
  private final boolean weighHeap;
  private final long heapBefore;
  private final Seconds created = Seconds.now();
  private final List<Run.Epoch> epochs = new ArrayList<>();
  private @Nullable Seconds start;
  private double cpuAtEpochStart;
  private long liveHeap;

  public EpochClock(boolean weighHeap) {
    this.weighHeap = weighHeap;
    this.heapBefore = weighHeap ? heapInUse() : 0;
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started) {
      start = Seconds.now().minus(created);
      beginEpoch();
    } else if (event instanceof TrainingEvent.EpochDone done) {
      endEpoch(done.report());
      beginEpoch();
    }
  }

  private void endEpoch(EpochReport report) {
    double cpu = Seconds.now().cpu() - cpuAtEpochStart;
    epochs.add(new Run.Epoch(report.loss(), new Seconds(report.seconds(), cpu), report.work()));
  }

  private void beginEpoch() {
    if (weighHeap) {
      liveHeap = Math.max(liveHeap, heapInUse() - heapBefore);
    }
    cpuAtEpochStart = Seconds.now().cpu();
  }

  private static long heapInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /**
   * What was noted, once training has ended.
   *
   * @param prepared time since this clock was made at which coordinates were ready
   */
  public Run run(Seconds prepared) {
    if (start == null) {
      throw new IllegalStateException("training has not begun");
    }
    return new Run(prepared, start.minus(prepared), List.copyOf(epochs), liveHeap);
  }

  /** Time since this clock was made. */
  public Seconds elapsed() {
    return Seconds.now().minus(created);
  }
}
