package kronwood.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ranking metrics, and what they are means over. Immutable.
 *
 * @param entities number of entities that the means are over: those with a relevant candidate
 * @param without number of entities that were asked about and have none
 * @param candidates number of all candidates, before those of an entity are left out
 * @param values by key such as {@code ndcg@20}, see {@link RankingMetric#at}; NaN if there is no
 *     entity. Copied, in the given order
 */
public record RankingReport(int entities, int without, int candidates, Map<String, Double> values) {
  /** Copies the values. */
  public RankingReport {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The value of a metric.
   *
   * @throws IllegalArgumentException if it was not measured
   */
  public double get(String key) {
    Double value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "'" + key + "' was not measured, only " + String.join(" ", values.keySet()));
    }
    return value;
  }
}
