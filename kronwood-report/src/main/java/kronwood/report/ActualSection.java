package kronwood.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.loss.Task;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.chart.HeatMap;
import kronwood.report.chart.Palette;
import kronwood.report.page.Cell;
import kronwood.report.page.Figure;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Part;
import kronwood.report.page.Section;
import kronwood.report.page.Table;

/** Predictions beside the truth: bins for numbers, ROC and precision–recall for classes. */
final class ActualSection {
  private static final int BINS = 24;
  private static final int MOST_CURVES = 4;
  private static final int CURVE_POINTS = 200;

  private ActualSection() {}

  static Section of(Subject subject) {
    List<Part> parts = new ArrayList<>();
    if (subject.task() == Task.REGRESSION) {
      int shown = Math.min(MOST_CURVES, subject.outputs());
      for (int c = 0; c < shown; c++) {
        parts.add(bins(subject, c));
      }
      if (shown < subject.outputs()) {
        parts.add(new Paragraph("Only the first " + shown + " targets are drawn."));
      }
      return new Section("actual", "Predicted and actual", parts);
    }
    int classes = subject.model().target().classes().size();
    int first = classes == 2 ? 1 : 0;
    List<Integer> drawn =
        IntStream.range(first, classes)
            .boxed()
            .sorted(Comparator.comparingInt(c -> -positives(subject, c)))
            .limit(classes == 2 ? 1 : MOST_CURVES)
            .toList();
    List<Curve> curves = drawn.stream().map(c -> Curve.of(subject, c)).toList();
    parts.add(figure(subject, curves, true));
    parts.add(figure(subject, curves, false));
    if (classes - first > drawn.size()) {
      parts.add(
          new Paragraph(
              "Each class against all others; only the "
                  + MOST_CURVES
                  + " most frequent ones are"
                  + " drawn."));
    }
    return new Section("actual", "ROC and precision–recall", parts);
  }

  private static int positives(Subject subject, int label) {
    return (int)
        IntStream.range(0, subject.size()).filter(i -> subject.actual(i, 0) == label).count();
  }

  private static Figure bins(Subject subject, int output) {
    int n = subject.size();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      low = Math.min(low, Math.min(subject.actual(i, output), subject.predicted(i, output)));
      high = Math.max(high, Math.max(subject.actual(i, output), subject.predicted(i, output)));
    }
    String name = subject.model().target().names().get(output);
    Axis x = Axis.of("actual " + name, low, high);
    Axis y = Axis.of("predicted " + name, low, high);
    double[] counts = new double[BINS * BINS];
    int near = 0;
    double width = (x.high() - x.low()) / BINS;
    for (int i = 0; i < n; i++) {
      int column = bin(subject.actual(i, output), x);
      int row = bin(subject.predicted(i, output), y);
      counts[(BINS - 1 - row) * BINS + column]++;
      near += Math.abs(subject.actual(i, output) - subject.predicted(i, output)) <= width ? 1 : 0;
    }
    List<List<Cell>> rows = new ArrayList<>();
    double[] shown = new double[counts.length];
    for (int cell = 0; cell < counts.length; cell++) {
      shown[cell] = counts[cell] == 0 ? Double.NaN : counts[cell];
      if (counts[cell] > 0) {
        int column = cell % BINS;
        int row = BINS - 1 - cell / BINS;
        rows.add(
            List.of(
                Cell.of(x.low() + column * width),
                Cell.of(y.low() + row * width),
                Cell.of((long) counts[cell])));
      }
    }
    HeatMap map = new HeatMap(BINS, BINS, shown);
    String title = "Predicted × actual " + name;
    String finding =
        "%.0f %% of the samples are within %s of the truth; on the dashed line a prediction is right."
            .formatted(100.0 * near / n, Cell.text(width));
    String svg =
        new Chart(title, finding, x, y, 480, 480)
            .heat(map, 1, Math.max(2, map.largest()), Palette.sequence(), "samples")
            .guide(x.low(), y.low(), x.high(), y.high())
            .svg();
    return new Figure(
        title,
        finding,
        svg,
        new Table(
            title + ": samples in each bin of width " + Cell.text(width),
            List.of("actual from", "predicted from", "samples"),
            rows));
  }

  private static int bin(double value, Axis axis) {
    int bin = (int) ((value - axis.low()) / (axis.high() - axis.low()) * BINS);
    return Math.clamp(bin, 0, BINS - 1);
  }

  /** True positives and negatives called positive, at each distinct score in falling order. */
  private record Curve(String name, double prevalence, double[][] points) {
    /** Rows of: threshold, recall, false positive rate, precision. */
    static Curve of(Subject subject, int label) {
      int n = subject.size();
      int output = subject.task() == Task.BINARY ? 0 : label;
      Integer[] order = new Integer[n];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, Comparator.comparingDouble(i -> -subject.predicted(i, output)));
      double positives = positives(subject, label);
      List<double[]> points = new ArrayList<>();
      double hits = 0;
      for (int k = 0; k < n; k++) {
        hits += subject.actual(order[k], 0) == label ? 1 : 0;
        double score = subject.predicted(order[k], output);
        if (k + 1 == n || subject.predicted(order[k + 1], output) < score) {
          points.add(
              new double[] {
                score, hits / positives, (k + 1 - hits) / (n - positives), hits / (k + 1)
              });
        }
      }
      double[][] kept = new double[Math.min(CURVE_POINTS, points.size())][];
      for (int k = 0; k < kept.length; k++) {
        kept[k] =
            points.get(
                kept.length == 1 ? 0 : (int) ((long) k * (points.size() - 1) / (kept.length - 1)));
      }
      return new Curve(subject.model().target().classes().get(label), positives / n, kept);
    }

    double[] column(int column) {
      return Arrays.stream(points).mapToDouble(point -> point[column]).toArray();
    }
  }

  private static Figure figure(Subject subject, List<Curve> curves, boolean roc) {
    String target = subject.model().target().names().getFirst();
    String title = (roc ? "ROC of " : "Precision and recall of ") + target;
    Curve first = curves.getFirst();
    String finding =
        "Class %s is %.1f %% of the samples; a better curve is nearer to the upper %s corner."
            .formatted(first.name, 100 * first.prevalence, roc ? "left" : "right");
    Axis x = Axis.of(roc ? "false positive rate" : "recall", 0, 1);
    Axis y = Axis.of(roc ? "recall (true positive rate)" : "precision", 0, 1);
    Chart chart = new Chart(title, finding, x, y, 480, 420);
    List<List<Cell>> rows = new ArrayList<>();
    for (Curve curve : curves) {
      double[] xs = curve.column(roc ? 2 : 1);
      double[] ys = curve.column(roc ? 1 : 3);
      chart.line(curve.name, xs, ys);
      for (double[] point : curve.points) {
        rows.add(
            List.of(
                Cell.of(curve.name),
                Cell.of(point[0]),
                Cell.of(roc ? point[2] : point[1]),
                Cell.of(roc ? point[1] : point[3])));
      }
    }
    if (roc) {
      chart.guide(0, 0, 1, 1);
    } else {
      curves.forEach(curve -> chart.guide(0, curve.prevalence, 1, curve.prevalence));
    }
    return new Figure(
        title,
        finding + (roc ? "" : " The dashed lines are what guessing gets, the prevalence."),
        chart.svg(),
        new Table(title, List.of("class", "threshold", x.label(), y.label()), rows));
  }
}
