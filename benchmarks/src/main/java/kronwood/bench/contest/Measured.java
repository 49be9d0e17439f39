package kronwood.bench.contest;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import kronwood.engine.WorkCounters;

/**
 * One contestant and its runs.
 *
 * @param contestant who ran
 * @param first the run that was weighed and is not timed
 * @param runs the timed runs, added as they are made
 */
public record Measured(Contestant contestant, Run first, List<Run> runs) {
  /** Epochs at the start of each run that are not timed. */
  public static final int WARM_UP_EPOCHS = 1;

  public double medianWall() {
    return median(epochTimes(Seconds::wall));
  }

  double medianCpu() {
    return median(epochTimes(Seconds::cpu));
  }

  /** Median over the runs. */
  double median(ToDoubleFunction<Run> figure) {
    return median(runs.stream().mapToDouble(figure).toArray());
  }

  /** Processor seconds of each timed epoch, in the order of time. */
  double[] cpuOfEpochs() {
    return epochTimes(Seconds::cpu);
  }

  /** What was counted in the last epoch; the same in each run. */
  public WorkCounters work() {
    return first.epochs().getLast().work();
  }

  public double perSample(long count) {
    return (double) count / work().samples();
  }

  private double[] epochTimes(ToDoubleFunction<Seconds> clock) {
    return runs.stream()
        .flatMap(run -> run.epochs().stream().skip(WARM_UP_EPOCHS))
        .mapToDouble(epoch -> clock.applyAsDouble(epoch.seconds()))
        .toArray();
  }

  public static double median(double[] values) {
    return quantile(values, 0.5);
  }

  /** Linear interpolation between order statistics. */
  static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
