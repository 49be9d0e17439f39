package kronwood.cli.report;

import java.util.ArrayList;
import java.util.List;
import kronwood.tune.SettingReport;
import kronwood.validate.TestSettings;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Metrics of test samples by setting, for machines and for people. */
public final class SettingsReport {
  private SettingsReport() {}

  /** For machines. */
  public static ArrayNode json(TestSettings settings) {
    ArrayNode all = JsonReport.array();
    settings
        .parts()
        .forEach(
            (name, part) -> {
              ObjectNode one = all.addObject().put("setting", name).put("samples", part.samples());
              one.set("metrics", JsonReport.metrics(part.metrics()));
            });
    return all;
  }

  /** How much the parts of a model count, for machines. */
  static ArrayNode json(SettingReport parts) {
    ArrayNode all = JsonReport.array();
    for (SettingReport.Line line : parts.settings()) {
      ObjectNode one = all.addObject().put("setting", line.name()).put("samples", line.samples());
      one.put("network", line.network()).put("linear", line.linear());
      ArrayNode lambda = one.putArray("lambda");
      line.lambda().forEach(lambda::add);
      ObjectNode losses = one.putObject("losses");
      JsonReport.put(losses, "both", line.error());
      JsonReport.put(losses, "network", line.networkError());
      JsonReport.put(losses, "linear", line.linearError());
      JsonReport.put(losses, "mean", line.meanError());
    }
    return all;
  }

  /** For people: a column for each setting, nothing if there is only one. */
  public static List<String> lines(TestSettings settings) {
    if (settings.parts().size() < 2) {
      return List.of();
    }
    MetricTable table = new MetricTable();
    settings
        .parts()
        .forEach((name, part) -> table.add("test " + name, part.samples(), part.metrics()));
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(table.lines());
    return lines;
  }
}
