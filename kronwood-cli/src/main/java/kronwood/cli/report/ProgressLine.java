package kronwood.cli.report;

import java.util.List;
import java.util.Locale;
import kronwood.cli.terminal.Text;
import kronwood.engine.WorkCounters;
import kronwood.loss.Task;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.train.EpochReport;

/** The words of a progress display. */
final class ProgressLine {
  private final List<Metric> metrics;

  ProgressLine(Task task) {
    metrics =
        switch (task) {
          case REGRESSION -> List.of(Metric.MSE, Metric.CI);
          case BINARY -> List.of(Metric.AUC, Metric.AUPR);
          case MULTICLASS -> List.of(Metric.ACCURACY);
        };
  }

  /** {@code loss 0.3123 test mse 0.4123 ci 0.8391}. */
  String quality(EpochReport report) {
    StringBuilder line = new StringBuilder("loss ").append(Text.number(report.loss()));
    if (report.test() != null) {
      append(line, "test", report.test());
    } else if (report.validation() != null) {
      append(line, "validation", report.validation());
    }
    return line.toString();
  }

  private void append(StringBuilder line, String part, MetricReport report) {
    line.append("  ").append(part);
    for (Metric metric : metrics) {
      if (report.contains(metric)) {
        line.append(' ').append(metric.key()).append(' ').append(Text.number(report.get(metric)));
      }
    }
  }

  /** {@code 8123 samples/s}. */
  static String speed(double samples, double seconds) {
    return String.format(Locale.ROOT, "%.0f samples/s", samples / Math.max(seconds, 1e-9));
  }

  /** {@code fired 31.2 visited 181}: neurons per sample. */
  static String work(WorkCounters work) {
    double samples = Math.max(1, work.samples());
    return String.format(
        Locale.ROOT, "fired %.1f visited %.1f", work.fired() / samples, visited(work) / samples);
  }

  /** Tree nodes, or where there is no tree the neurons looked at. */
  static long visited(WorkCounters work) {
    return work.nodesVisited() > 0 ? work.nodesVisited() : work.candidates();
  }
}
