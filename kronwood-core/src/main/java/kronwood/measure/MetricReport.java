package kronwood.measure;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Metrics of one set of predictions, immutable and in the order of {@link Metric}.
 *
 * <p>A metric that fits the task is always in the report. Where it is undefined on these data its
 * value is NaN; a writer of JSON should render it, like an infinite one, as {@code null}.
 *
 * @param values value of each reported metric; copied, iterates in the order of {@link Metric}
 */
public record MetricReport(Map<Metric, Double> values) {

  /** Copies the values. */
  public MetricReport {
    EnumMap<Metric, Double> ordered = new EnumMap<>(Metric.class);
    ordered.putAll(values);
    values = Collections.unmodifiableMap(ordered);
  }

  /** Whether {@code metric} is reported, be it defined or not. */
  public boolean contains(Metric metric) {
    return values.containsKey(metric);
  }

  /** Whether {@code metric} is reported and not NaN. */
  public boolean isDefined(Metric metric) {
    Double value = values.get(metric);
    return value != null && !value.isNaN();
  }

  /**
   * Value of {@code metric}, NaN if it is undefined on these data.
   *
   * @throws IllegalArgumentException if the metric is not reported, as it does not fit the task
   */
  public double get(Metric metric) {
    Double value = values.get(metric);
    if (value == null) {
      throw new IllegalArgumentException(
          "metric '" + metric.key() + "' does not fit this task, which has " + keys());
    }
    return value;
  }

  /** This report with one metric more, or another value of it. */
  public MetricReport with(Metric metric, double value) {
    EnumMap<Metric, Double> extended = new EnumMap<>(Metric.class);
    extended.putAll(values);
    extended.put(metric, value);
    return new MetricReport(extended);
  }

  private String keys() {
    return values.keySet().stream().map(Metric::key).collect(Collectors.joining(" "));
  }

  /** For people: keys and values with six significant digits, such as {@code mse=0.250000 ci=…}. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(
            entry ->
                entry.getKey().key() + "=" + String.format(Locale.ROOT, "%.6g", entry.getValue()))
        .collect(Collectors.joining(" "));
  }
}
