package kronwood.bench.compare;

import java.util.ArrayList;
import java.util.List;
import kronwood.bench.contest.Measured;
import kronwood.plan.EnginePlan;

/** A plan for a shape and what was measured of it. */
final class TimedPlan {
  private final EnginePlan plan;
  private final int samples;
  private final List<Double> seconds = new ArrayList<>();
  private long live;

  /**
   * A plan that was not timed yet.
   *
   * @param samples of an epoch
   */
  TimedPlan(EnginePlan plan, int samples) {
    this.plan = plan;
    this.samples = samples;
  }

  void add(PlanClock.Timed timed) {
    seconds.add(timed.seconds());
    live = Math.max(live, timed.live());
  }

  EnginePlan plan() {
    return plan;
  }

  /** States, or the engine where there are none. */
  String name() {
    return plan.layout() == null ? plan.engine().key() : plan.layout().toString();
  }

  /** Median over the runs, in microseconds; infinite before the first. */
  double microsPerSample() {
    return seconds.isEmpty()
        ? Double.POSITIVE_INFINITY
        : 1e6 / samples * Measured.median(seconds.stream().mapToDouble(s -> s).toArray());
  }

  double estimatedMicrosPerSample() {
    return 1e-3 * plan.nanosPerSample();
  }

  /** Bytes of objects that were held after an epoch, at most. */
  long live() {
    return live;
  }

  /** Whether no more was held than was estimated. */
  boolean isWithinMemory() {
    return live <= plan.bytes();
  }
}
