package kronwood.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.cli.terminal.Text;
import kronwood.measure.RankingMetric;
import kronwood.measure.RankingMetrics;
import kronwood.measure.RankingReport;
import kronwood.model.RankingOptions;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ranking metrics, printed.
 *
 * @param report the metrics
 * @param options how they were measured
 * @param modes names of the model's modes
 */
public record RankingLines(RankingReport report, RankingOptions options, List<String> modes) {
  /** For machines. */
  public ObjectNode json() {
    ObjectNode root = JsonReport.object();
    root.put("given", modes.get(options.given())).put("ranked", modes.get(options.ranked()));
    root.put("entities", report.entities()).put("without", report.without());
    root.put("candidates", report.candidates());
    if (options.sampled() > 0) {
      root.put("drawn", options.sampled());
    }
    root.set("metrics", JsonReport.metrics(report.values()));
    return root;
  }

  /** For people: a row for each metric, a column for each k. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "%s ranked for %s of %s%s; %s"
            .formatted(
                modes.get(options.ranked()),
                Text.count(report.entities()),
                modes.get(options.given()),
                report.without() == 0
                    ? ""
                    : " (" + Text.count(report.without()) + " have no relevant one)",
                options.sampled() == 0
                    ? Text.count(report.candidates()) + " candidates"
                    : "the relevant ones and "
                        + Text.count(options.sampled())
                        + " others, drawn, are candidates"));
    MetricTable table = new MetricTable();
    for (int k : options.cuts()) {
      table.add("@" + k, column(k));
    }
    table.add("all", column(RankingMetrics.WHOLE));
    lines.addAll(table.lines());
    return lines;
  }

  private Map<String, Double> column(int k) {
    Map<String, Double> column = new LinkedHashMap<>();
    for (RankingMetric metric : RankingMetric.values()) {
      Double value = report.values().get(metric.at(k));
      if (value != null) {
        column.put(metric.key(), value);
      }
    }
    return column;
  }
}
