package kronwood.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import kronwood.measure.MetricReport;
import kronwood.train.TrainingResult;
import org.jspecify.annotations.Nullable;

/**
 * How a model came about: enough to make it again from the same data.
 *
 * @param facts what, in words, in the order given: version, Java, kernels, threads, seed, plan,
 *     learning rate, options, data digest
 * @param metrics metrics at the end of training by part ({@code train}, {@code validation}, {@code
 *     test}) and key; NaN where undefined
 */
public record Provenance(Map<String, String> facts, Map<String, Map<String, Double>> metrics) {

  /** Copies both maps, keeping their order. */
  public Provenance {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    Map<String, Map<String, Double>> copies = new LinkedHashMap<>();
    metrics.forEach(
        (part, values) ->
            copies.put(part, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
    metrics = Collections.unmodifiableMap(copies);
  }

  /** The same with further facts after these. */
  public Provenance with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(facts);
    all.putAll(more);
    return new Provenance(all, metrics);
  }

  /** Metrics at the end of a training, by part and key. */
  public static Map<String, Map<String, Double>> metricsOf(TrainingResult result) {
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    put(metrics, "train", result.train());
    put(metrics, "validation", result.validation());
    put(metrics, "test", result.test());
    return metrics;
  }

  private static void put(
      Map<String, Map<String, Double>> metrics, String part, @Nullable MetricReport report) {
    if (report != null) {
      Map<String, Double> values = new LinkedHashMap<>();
      report.values().forEach((metric, value) -> values.put(metric.key(), value));
      metrics.put(part, values);
    }
  }
}
