package kronwood.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kronwood.data.Samples;
import kronwood.loss.Evaluation;
import kronwood.loss.Task;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.model.PairEvaluation;
import kronwood.model.Predictions;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.page.Cell;
import kronwood.report.page.Figure;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Part;
import kronwood.report.page.Section;
import kronwood.report.page.Table;
import kronwood.validate.TestSettings;
import org.jspecify.annotations.Nullable;

/** Metrics by setting with intervals, beside those of the mean and of the linear model. */
final class MetricsSection {
  private static final String ALL = "all";

  private final Subject subject;
  private final Map<String, int[]> listed = new LinkedHashMap<>();
  private final Map<String, MetricReport> reports = new LinkedHashMap<>();
  private final Map<String, Map<Metric, Double>> halfWidths = new LinkedHashMap<>();
  private double @Nullable [] mean;
  private double @Nullable [] linear;

  MetricsSection(Subject subject) {
    this.subject = subject;
    listed.put(ALL, subject.all());
    List<String> names = TestSettings.names(subject.model(), subject.samples(), subject.all());
    List<String> distinct = names.stream().distinct().sorted().toList();
    if (distinct.size() > 1) {
      for (String name : distinct) {
        listed.put(
            name,
            IntStream.range(0, names.size()).filter(i -> names.get(i).equals(name)).toArray());
      }
    } else if (distinct.size() == 1) {
      int[] all = subject.all();
      listed.clear();
      listed.put(distinct.getFirst(), all);
    }
    listed.forEach((name, positions) -> measure(name, positions));
    Samples training = subject.training();
    if (training != null) {
      Baselines baselines = new Baselines(subject, training);
      mean = baselines.mean();
      linear = baselines.hasLinear() ? baselines.linear() : null;
    }
  }

  private void measure(String name, int[] positions) {
    Samples samples = subject.samples();
    Predictions chosen = subject.predictions().select(positions, subject.outputs());
    reports.put(name, PairEvaluation.of(samples, positions, chosen));
    List<Metric> metrics =
        List.copyOf(Evaluation.of(samples, positions, chosen.values()).values().keySet());
    double[] widths =
        Jackknife.halfWidths(
            samples.tuples(),
            positions,
            metrics.size(),
            some -> {
              MetricReport report = report(some, subject.predictions().values());
              return metrics.stream().mapToDouble(report::get).toArray();
            });
    Map<Metric, Double> byMetric = new LinkedHashMap<>();
    for (int k = 0; k < widths.length; k++) {
      byMetric.put(metrics.get(k), widths[k]);
    }
    halfWidths.put(name, byMetric);
  }

  private MetricReport report(int[] positions, double[] predictions) {
    return Evaluation.of(
        subject.samples(),
        positions,
        new Predictions(predictions, new double[0]).select(positions, subject.outputs()).values());
  }

  /** The metric that a task is judged by first. */
  static Metric main(Task task) {
    return switch (task) {
      case REGRESSION -> Metric.MSE;
      case BINARY -> Metric.AUPR;
      case MULTICLASS -> Metric.ACCURACY;
    };
  }

  /** Which values of a metric are good, in a word. */
  static String direction(Metric metric) {
    return switch (metric) {
      case COVER50 -> "near 0.5";
      case COVER90 -> "near 0.9";
      default -> metric.higherIsBetter() ? "higher is better" : "lower is better";
    };
  }

  /** The metrics of all shown samples, or of their only setting. */
  MetricReport overall() {
    return reports.values().iterator().next();
  }

  /** By setting, and of all samples first if there are several settings. */
  Map<String, MetricReport> reports() {
    return reports;
  }

  Section section() {
    List<Part> parts = new ArrayList<>();
    parts.add(table());
    parts.add(figure(main(subject.task())));
    parts.add(new Paragraph(explanation()));
    return new Section("metrics", "How good the predictions are", parts);
  }

  private String explanation() {
    String settings =
        subject.modes() == 2
            ? "Settings: A, both entities occur in training samples; B, the left one does not; C,"
                + " the right one does not; D, neither does. "
            : "";
    String baselines =
        subject.training() == null
            ? "The mean and the linear model are left out, as the training samples are not at hand:"
                + " give them with --train-where. "
            : "The mean predicts the mean of the training targets (for classes, their shares). "
                + (linear == null
                    ? "The linear model is left out: there are too many training samples for it, or"
                        + " fewer than 10. "
                    : "The linear model is ridge regression on the same inputs. ");
    return settings
        + baselines
        + "Intervals hold the value in about 95 of 100 data sets of this kind; they count that"
        + " samples of one entity err together, and are left out for fewer than 20 or more than"
        + " 300,000 samples.";
  }

  private Table table() {
    List<List<Cell>> rows = new ArrayList<>();
    reports.forEach(
        (name, report) -> {
          int[] positions = listed.getOrDefault(name, new int[0]);
          MetricReport ofMean = mean == null ? null : report(positions, mean);
          MetricReport ofLinear = linear == null ? null : report(positions, linear);
          report
              .values()
              .forEach(
                  (metric, value) -> {
                    double half = half(name, metric);
                    rows.add(
                        List.of(
                            Cell.of(name),
                            Cell.of((long) positions.length),
                            Cell.of(metric.key()),
                            Cell.of(direction(metric)),
                            Cell.of(value),
                            Cell.of(value - half),
                            Cell.of(value + half),
                            Cell.of(value(ofMean, metric)),
                            Cell.of(value(ofLinear, metric))));
                  });
        });
    return new Table(
        "Metrics of the " + subject.part() + " samples",
        List.of(
            "setting",
            "samples",
            "metric",
            "direction",
            "model",
            "from",
            "to",
            "mean",
            "linear model"),
        rows);
  }

  private double half(String setting, Metric metric) {
    return halfWidths.getOrDefault(setting, Map.of()).getOrDefault(metric, Double.NaN);
  }

  private static double value(@Nullable MetricReport report, Metric metric) {
    return report == null || !report.contains(metric) ? Double.NaN : report.get(metric);
  }

  private Figure figure(Metric metric) {
    List<String> names = List.copyOf(reports.keySet());
    int n = names.size();
    double[] xs = new double[n];
    Arrays.setAll(xs, i -> i - 0.15);
    double[] values = new double[n];
    double[] lows = new double[n];
    double[] highs = new double[n];
    double[] means = new double[n];
    double[] linears = new double[n];
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      String name = names.get(i);
      int[] positions = listed.getOrDefault(name, new int[0]);
      values[i] = value(reports.get(name), metric);
      lows[i] = values[i] - half(name, metric);
      highs[i] = values[i] + half(name, metric);
      means[i] = mean == null ? Double.NaN : value(report(positions, mean), metric);
      linears[i] = linear == null ? Double.NaN : value(report(positions, linear), metric);
      rows.add(
          List.of(
              Cell.of(name),
              Cell.of(values[i]),
              Cell.of(lows[i]),
              Cell.of(highs[i]),
              Cell.of(means[i]),
              Cell.of(linears[i])));
    }
    String title = metric.key() + " by setting";
    String finding =
        "The model has %s %s (%s)%s."
            .formatted(
                metric.key(),
                Cell.text(values[0]),
                direction(metric),
                Double.isNaN(means[0]) ? "" : ", the mean " + Cell.text(means[0]));
    Axis y =
        Axis.around(metric.key() + ", " + direction(metric), values, lows, highs, means, linears);
    Chart chart = new Chart(title, finding, Axis.of("setting", names), y);
    chart.whiskers(xs, lows, highs).points("model, 95 %", xs, values);
    if (linear != null) {
      chart.points("linear model", moved(xs, 0.15), linears);
    }
    if (mean != null) {
      chart.points("mean", moved(xs, 0.3), means);
    }
    return new Figure(
        title,
        finding,
        chart.svg(),
        new Table(title, List.of("setting", "model", "from", "to", "mean", "linear model"), rows));
  }

  private static double[] moved(double[] xs, double by) {
    return Arrays.stream(xs).map(x -> x + by).toArray();
  }
}
