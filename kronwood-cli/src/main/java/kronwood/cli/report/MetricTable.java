package kronwood.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kronwood.cli.terminal.Text;
import kronwood.measure.MetricReport;
import org.jspecify.annotations.Nullable;

/** Metrics for people: a row per metric, a column per part. */
public final class MetricTable {
  private static final int NAME_WIDTH = 10;
  private static final int VALUE_WIDTH = 12;

  private final Map<String, Map<String, Double>> parts = new LinkedHashMap<>();
  private final Map<String, Integer> samples = new LinkedHashMap<>();

  /** Adds a part, unless it has no metrics. */
  public MetricTable add(String part, int size, @Nullable MetricReport report) {
    if (report != null) {
      Map<String, Double> values = new LinkedHashMap<>();
      report.values().forEach((metric, value) -> values.put(metric.key(), value));
      add(part, values);
      samples.put(part, size);
    }
    return this;
  }

  /** Adds a part of unknown size. */
  public MetricTable add(String part, Map<String, Double> values) {
    parts.put(part, values);
    return this;
  }

  /** The lines of the table, none if there is no part. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (parts.isEmpty()) {
      return lines;
    }
    lines.add(line("", parts.keySet()));
    if (!samples.isEmpty()) {
      lines.add(line("samples", samples.values().stream().map(Text::count).toList()));
    }
    Set<String> keys = new LinkedHashSet<>();
    parts.values().forEach(values -> keys.addAll(values.keySet()));
    for (String key : keys) {
      lines.add(
          line(
              key,
              parts.values().stream()
                  .map(values -> Text.number(values.getOrDefault(key, Double.NaN)))
                  .toList()));
    }
    return lines;
  }

  private static String line(String name, Iterable<String> values) {
    StringBuilder line = new StringBuilder(name);
    line.repeat(' ', NAME_WIDTH - name.length());
    for (String value : values) {
      line.repeat(' ', Math.max(1, VALUE_WIDTH - value.length())).append(value);
    }
    return line.toString();
  }
}
