package kronwood.cli.report;

import java.util.ArrayList;
import java.util.List;
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
