package kronwood.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import kronwood.loss.Evaluation;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.model.Predictions;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.page.Cell;
import kronwood.report.page.Figure;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Section;
import kronwood.report.page.Table;
import kronwood.validate.TestSettings;

/** Two models on the same samples. */
final class ComparisonSection {
  /** Half of the width of a 95 % interval with the groups of {@link Jackknife}, in errors. */
  private static final double QUANTILE = 2.262;

  private final Subject first;
  private final Subject second;

  ComparisonSection(Subject first, Subject second) {
    this.first = first;
    this.second = second;
  }

  Section section(String firstName, String secondName) {
    Map<String, int[]> listed = new LinkedHashMap<>();
    listed.put("all", first.all());
    List<String> names = TestSettings.names(first.model(), first.samples(), first.all());
    if (names.stream().distinct().count() > 1) {
      for (String name : names.stream().distinct().sorted().toList()) {
        listed.put(
            name,
            IntStream.range(0, names.size()).filter(i -> names.get(i).equals(name)).toArray());
      }
    }
    List<List<Cell>> rows = new ArrayList<>();
    listed.forEach((name, positions) -> add(rows, name, positions));
    String columnA = "A: " + firstName;
    String columnB = "B: " + secondName;
    return new Section(
        "comparison",
        "A and B on the same samples",
        List.of(
            new Table(
                "Metrics of both models, and B less A",
                List.of(
                    "setting",
                    "metric",
                    "direction",
                    columnA,
                    columnB,
                    "B less A",
                    "standard error",
                    "better"),
                rows),
            errors(),
            new Paragraph(
                "The standard error is that of the difference, from the same samples for both, and"
                    + " counts that samples of one entity err together; it is left out for fewer"
                    + " than 20 or more than 300,000 samples. “Better” names a model only where the"
                    + " difference is more than 2.26 standard errors. Settings are those of A.")));
  }

  private MetricReport report(Subject subject, int[] positions) {
    double[] values =
        new Predictions(subject.predictions().values(), new double[0])
            .select(positions, subject.outputs())
            .values();
    return Evaluation.of(subject.samples(), positions, values);
  }

  private void add(List<List<Cell>> rows, String name, int[] positions) {
    MetricReport ofFirst = report(first, positions);
    MetricReport ofSecond = report(second, positions);
    List<Metric> metrics = List.copyOf(ofFirst.values().keySet());
    double[] half =
        Jackknife.halfWidths(
            first.samples().tuples(),
            positions,
            metrics.size(),
            some -> {
              MetricReport a = report(first, some);
              MetricReport b = report(second, some);
              return metrics.stream().mapToDouble(m -> b.get(m) - a.get(m)).toArray();
            });
    for (int k = 0; k < metrics.size(); k++) {
      Metric metric = metrics.get(k);
      double difference = ofSecond.get(metric) - ofFirst.get(metric);
      String better = "";
      if (Math.abs(difference) > half[k]) {
        better = difference > 0 == metric.higherIsBetter() ? "B" : "A";
      }
      rows.add(
          List.of(
              Cell.of(name),
              Cell.of(metric.key()),
              Cell.of(MetricsSection.direction(metric)),
              Cell.of(ofFirst.get(metric)),
              Cell.of(ofSecond.get(metric)),
              Cell.of(difference),
              Cell.of(half[k] / QUANTILE),
              Cell.of(better)));
    }
  }

  /** How the errors of the two go together, sample by sample. */
  private Figure errors() {
    int bins = 12;
    double most = 0;
    for (int i = 0; i < first.size(); i++) {
      most = Math.max(most, Math.abs(second.error(i) - first.error(i)));
    }
    double[] counts = new double[bins];
    int better = 0;
    for (int i = 0; i < first.size(); i++) {
      double difference = second.error(i) - first.error(i);
      int bin = (int) ((difference / Math.max(most, 1e-300) + 1) / 2 * bins);
      counts[Math.clamp(bin, 0, bins - 1)]++;
      better += difference < 0 ? 1 : 0;
    }
    List<String> labels = new ArrayList<>();
    List<List<Cell>> rows = new ArrayList<>();
    for (int b = 0; b < bins; b++) {
      double from = most * (2.0 * b / bins - 1);
      double to = most * (2.0 * (b + 1) / bins - 1);
      labels.add(Cell.text((from + to) / 2));
      rows.add(List.of(Cell.of(from), Cell.of(to), Cell.of((long) counts[b])));
    }
    String title = "Error of B less error of A, sample by sample";
    String finding =
        "B is nearer to the truth on %d of %d samples; bars at the left are samples on which B is"
                .formatted(better, first.size())
            + " better.";
    String svg =
        new Chart(
                title,
                finding,
                Axis.of("difference of " + first.errorName(), labels),
                Axis.around("samples", counts, new double[] {0}))
            .bars("", counts)
            .svg();
    return new Figure(
        title, finding, svg, new Table(title, List.of("from", "to", "samples"), rows));
  }
}
