package kronwood.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
}
