package kronwood.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kronwood.loss.Task;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.report.chart.Axis;
import kronwood.report.chart.Chart;
import kronwood.report.page.Cell;
import kronwood.report.page.Figure;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Section;
import kronwood.report.page.Table;

/** Interaction concordance beside concordance. */
final class ConcordanceSection {
  private ConcordanceSection() {}

  static Section of(Subject subject, Map<String, MetricReport> reports) {
    String heading = "Interactions";
    if (reports.values().stream().noneMatch(report -> report.isDefined(Metric.IC))) {
      return new Section(
          "interactions",
          heading,
          List.of(
              new Paragraph(
                  "Left out: interaction concordance needs pairs with one number or two classes as"
                      + " target, and two entities of each mode that have all four pairs among the"
                      + " samples.")));
    }
    // Of two classes, the concordance index of the labels is the area under the ROC curve.
    Metric concordance = subject.task() == Task.REGRESSION ? Metric.CI : Metric.AUC;
    List<String> names = List.copyOf(reports.keySet());
    double[] xs = new double[names.size()];
    double[] shifted = new double[names.size()];
    double[] plain = new double[names.size()];
    double[] interaction = new double[names.size()];
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      MetricReport report = reports.getOrDefault(names.get(i), new MetricReport(Map.of()));
      xs[i] = i - 0.1;
      shifted[i] = i + 0.1;
      plain[i] = report.contains(concordance) ? report.get(concordance) : Double.NaN;
      interaction[i] = report.contains(Metric.IC) ? report.get(Metric.IC) : Double.NaN;
      rows.add(List.of(Cell.of(names.get(i)), Cell.of(plain[i]), Cell.of(interaction[i])));
    }
    String title = "Concordance and interaction concordance";
    String finding =
        "%s is %s, ic is %s; 0.5 is guessing, higher is better."
            .formatted(concordance.key(), Cell.text(plain[0]), Cell.text(interaction[0]));
    double least = Math.min(0.45, Math.min(least(plain), least(interaction)) - 0.02);
    Chart chart =
        new Chart(
                title,
                finding,
                Axis.of("setting", names),
                Axis.of("concordance, higher is better", least, 1))
            .guide(-0.5, 0.5, names.size() - 0.5, 0.5)
            .points(concordance.key(), xs, plain)
            .points("ic", shifted, interaction);
    return new Section(
        "interactions",
        heading,
        List.of(
            new Figure(
                title,
                finding,
                chart.svg(),
                new Table(title, List.of("setting", concordance.key(), "ic"), rows)),
            new Paragraph(
                "A model that only knows which entities have large values in general has a good "
                    + concordance.key()
                    + " and an ic of 0.5: ic counts how often it tells right which of two right"
                    + " entities suits which of two left ones.")));
  }

  private static double least(double[] values) {
    return Arrays.stream(values).filter(Double::isFinite).min().orElse(0.5);
  }
}
