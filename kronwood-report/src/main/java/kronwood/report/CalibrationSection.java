package kronwood.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.loss.Task;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.page.Cell;
import kronwood.report.page.Figure;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Part;
import kronwood.report.page.Section;
import kronwood.report.page.Table;

/** Whether probabilities and standard deviations mean what they say. */
final class CalibrationSection {
  private static final int BINS = 10;

  /**
   * Shares, and how many standard deviations around the mean hold them of a normal distribution.
   */
  private static final double[][] NORMAL = {
    {0.1, 0.1257},
    {0.2, 0.2533},
    {0.3, 0.3853},
    {0.4, 0.5244},
    {0.5, 0.6745},
    {0.6, 0.8416},
    {0.7, 1.0364},
    {0.8, 1.2816},
    {0.9, 1.6449},
    {0.95, 1.9600},
    {0.99, 2.5758}
  };

  private CalibrationSection() {}

  static Section of(Subject subject) {
    Part part;
    if (subject.task() != Task.REGRESSION) {
      part = reliability(subject);
    } else if (subject.predictions().hasDeviations()) {
      part = coverage(subject);
    } else {
      part =
          new Paragraph(
              "Left out: a single network gives numbers without standard deviations. Train with"
                  + " --ensemble 4 to get them.");
    }
    return new Section("calibration", "Calibration", List.of(part));
  }

  private static Figure reliability(Subject subject) {
    boolean binary = subject.task() == Task.BINARY;
    double[] sums = new double[BINS];
    double[] hits = new double[BINS];
    long[] counts = new long[BINS];
    for (int i = 0; i < subject.size(); i++) {
      int predicted = subject.predictedClass(i);
      double confidence = subject.predicted(i, binary ? 0 : predicted);
      boolean hit = subject.actual(i, 0) == (binary ? 1 : predicted);
      int bin = Math.clamp((int) (confidence * BINS), 0, BINS - 1);
      sums[bin] += confidence;
      hits[bin] += hit ? 1 : 0;
      counts[bin]++;
    }
    double[] xs = new double[BINS];
    double[] ys = new double[BINS];
    double gap = 0;
    List<List<Cell>> rows = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      xs[b] = counts[b] == 0 ? Double.NaN : sums[b] / counts[b];
      ys[b] = counts[b] == 0 ? Double.NaN : hits[b] / counts[b];
      gap += counts[b] == 0 ? 0 : Math.abs(xs[b] - ys[b]) * counts[b] / subject.size();
      rows.add(
          List.of(
              Cell.of("%.1f to %.1f".formatted(b / 10.0, (b + 1) / 10.0)),
              Cell.of(counts[b]),
              Cell.of(xs[b]),
              Cell.of(ys[b])));
    }
    String what = binary ? "share of positive samples" : "share of right predictions";
    String title = "Reliability";
    String finding =
        "Probabilities are %.1f percentage points off on average; on the dashed line they are right."
            .formatted(100 * gap);
    String svg =
        new Chart(
                title,
                finding,
                Axis.of("predicted probability", 0, 1),
                Axis.of(what, 0, 1),
                480,
                420)
            .guide(0, 0, 1, 1)
            .line("", xs, ys)
            .svg();
    return new Figure(
        title,
        finding,
        svg,
        new Table(title, List.of("bin", "samples", "mean probability", what), rows));
  }

  private static Figure coverage(Subject subject) {
    double[] xs = new double[NORMAL.length];
    double[] ys = new double[NORMAL.length];
    int outputs = subject.outputs();
    double[] deviations = subject.predictions().deviations();
    List<List<Cell>> rows = new ArrayList<>();
    for (int k = 0; k < NORMAL.length; k++) {
      double times = NORMAL[k][1];
      int within = 0;
      for (int v = 0; v < deviations.length; v++) {
        double error =
            subject.predicted(v / outputs, v % outputs) - subject.actual(v / outputs, v % outputs);
        within += Math.abs(error) <= times * deviations[v] ? 1 : 0;
      }
      xs[k] = NORMAL[k][0];
      ys[k] = (double) within / deviations.length;
      rows.add(List.of(Cell.of(times), Cell.of(xs[k]), Cell.of(ys[k])));
    }
    double average = Arrays.stream(deviations).average().orElse(Double.NaN);
    String title = "Coverage of the standard deviations";
    String finding =
        "Intervals that should hold 90 %% of the samples hold %.0f %%; the standard deviation is %s on average."
            .formatted(100 * ys[8], Cell.text(average));
    String svg =
        new Chart(
                title,
                finding,
                Axis.of("share that an interval should hold", 0, 1),
                Axis.of("share that it holds", 0, 1),
                480,
                420)
            .guide(0, 0, 1, 1)
            .line("", xs, ys)
            .svg();
    return new Figure(
        title,
        finding + " Below the dashed line standard deviations are too small, above it too large.",
        svg,
        new Table(title, List.of("standard deviations", "should hold", "holds"), rows));
  }
}
