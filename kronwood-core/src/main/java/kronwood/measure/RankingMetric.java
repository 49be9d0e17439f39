package kronwood.measure;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A measure of how well the candidates of an entity are ranked, with its exact definition.
 *
 * <p>An entity has n candidates in descending order of their predictions; rel_i is 1 if the
 * candidate at position i (from 1) is relevant, else 0; R of the candidates are relevant, R ≥ 1.
 * The metric at k looks at the first k positions. All but {@link #COVERAGE} are unweighted means
 * over the entities. Entities without a relevant candidate have no part in any.
 *
 * <p>Equal predictions: an entity's value is the mean of its values over all orders of the
 * candidates that have the same prediction, computed exactly, so that no metric depends on the
 * order of a table. Only {@link #COVERAGE} takes them in the order of the candidates, as {@code
 * rank} does.
 *
 * <p>Source of the means over equal predictions: F. McSherry, M. Najork, "Computing information
 * retrieval performance measures efficiently in the presence of tied scores", ECIR 2008.
 */
public enum RankingMetric {
  /** Share of the first k that are relevant, Σ_{i≤k} rel_i / k, also where n &lt; k. */
  PRECISION,

  /** Share of the relevant ones that are among the first k, Σ_{i≤k} rel_i / R. */
  RECALL,

  /** Share of the entities with a relevant candidate among the first k. */
  HIT,

  /**
   * Normalised discounted cumulative gain, Σ_{i≤k} rel_i / log₂(i + 1), divided by its largest
   * possible value, Σ_{i ≤ min(k, R)} 1 / log₂(i + 1).
   */
  NDCG,

  /**
   * Mean average precision, Σ_{i≤k} rel_i · P_i / min(k, R), where P_i is the share of the first i
   * that are relevant.
   */
  MAP,

  /** Mean reciprocal rank, 1 / position of the first relevant one, 0 if it is beyond k. */
  MRR,

  /**
   * Catalogue coverage: share of all candidates that are among the first k of at least one entity.
   * It says how varied the lists are, not how right.
   */
  COVERAGE;

  private final String key = name().toLowerCase(Locale.ROOT);

  /** The name used in output and options: the constant in lower case. */
  public String key() {
    return key;
  }

  /** Whether it is also measured on whole lists, without a k. */
  public boolean hasWhole() {
    return this == MAP || this == MRR;
  }

  /**
   * The metric of a key, as typed by a person.
   *
   * @throws IllegalArgumentException if there is none; the message lists all keys
   */
  public static RankingMetric ofKey(String key) {
    for (RankingMetric metric : values()) {
      if (metric.key.equals(key)) {
        return metric;
      }
    }
    throw new IllegalArgumentException(
        "unknown ranking metric '"
            + key
            + "', expected one of "
            + Arrays.stream(values()).map(RankingMetric::key).collect(Collectors.joining(" ")));
  }

  /** The key at a cut, such as {@code ndcg@20}; of the whole list, 0, the key alone. */
  public String at(int k) {
    return k == RankingMetrics.WHOLE ? key : key + "@" + k;
  }
}
