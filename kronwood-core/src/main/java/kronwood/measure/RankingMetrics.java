package kronwood.measure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the rankings of entities, one after another, and computes every {@link RankingMetric}.
 *
 * <p>Cost: O(n log n) for an entity of n candidates. Memory: a bit for each candidate and cut. Not
 * thread-safe.
 */
public final class RankingMetrics {
  /** The cut that no list reaches. */
  public static final int WHOLE = 0;

  private static final double LOG_2 = Math.log(2);

  private final int[] cuts;
  private final int candidates;

  /** For each cut the sums over entities, by the ordinal of the metric. */
  private final CompensatedSum[][] sums;

  private final boolean[][] shown;
  private int entities;
  private int without;

  /**
   * Begins.
   *
   * @param cuts the numbers k, each at least 1
   * @param candidates number of all candidates, which are numbered from 0
   * @throws IllegalArgumentException if there is no cut, or a cut is below 1 or larger than the
   *     number of candidates
   */
  public RankingMetrics(List<Integer> cuts, int candidates) {
    if (cuts.isEmpty()) {
      throw new IllegalArgumentException("there is no k to measure rankings at");
    }
    for (int k : cuts) {
      if (k < 1 || k > candidates) {
        throw new IllegalArgumentException(
            "ranking metrics at "
                + k
                + ": expected a number from 1 to the "
                + candidates
                + " candidates");
      }
    }
    this.cuts = new int[cuts.size() + 1];
    Arrays.setAll(this.cuts, c -> c < cuts.size() ? cuts.get(c) : WHOLE);
    this.candidates = candidates;
    this.sums = new CompensatedSum[this.cuts.length][RankingMetric.values().length];
    for (CompensatedSum[] ofCut : sums) {
      Arrays.setAll(ofCut, _ -> new CompensatedSum());
    }
    this.shown = new boolean[cuts.size()][candidates];
  }

  /**
   * Adds the ranking of an entity.
   *
   * @param listed its candidates, distinct; their order counts for coverage alone
   * @param predictions that of each; one that is no number is below all others
   * @param relevant whether each is relevant
   * @return whether one of them is, so that the entity counts
   */
  public boolean add(int[] listed, double[] predictions, boolean[] relevant) {
    Inputs.requireLength("predictions", predictions.length, listed.length, "one per candidate");
    Inputs.requireLength("relevant", relevant.length, listed.length, "one per candidate");
    int all = 0;
    for (boolean one : relevant) {
      all += one ? 1 : 0;
    }
    if (all == 0) {
      without++;
      return false;
    }
    entities++;
    double[] ordered = predictions.clone();
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = Double.isNaN(ordered[i]) ? Double.NEGATIVE_INFINITY : ordered[i];
    }
    Ranking ranking = Ranking.of(ordered);
    for (int c = 0; c < cuts.length; c++) {
      int k = cuts[c] == WHOLE ? listed.length : cuts[c];
      measure(ranking, relevant, all, k, sums[c]);
      if (cuts[c] != WHOLE) {
        show(ranking, listed, k, shown[c]);
      }
    }
    return true;
  }

  /** Adds what an entity has at a cut to the sums. */
  private static void measure(
      Ranking ranking, boolean[] relevant, int all, int k, CompensatedSum[] sums) {
    int n = ranking.size();
    int above = 0;
    int hitsAbove = 0;
    double hits = 0;
    double gain = 0;
    double precisions = 0;
    double reciprocal = 0;
    double none = 1;
    while (above < Math.min(n, k) && hitsAbove < all) {
      int end = n - above;
      int size = end - ranking.groupStart(end - 1);
      int hitsWithin = 0;
      for (int position = end - size; position < end; position++) {
        hitsWithin += relevant[ranking.at(position)] ? 1 : 0;
      }
      double share = (double) hitsWithin / size;
      double before = size == 1 ? 0 : (hitsWithin - 1.0) / (size - 1);
      int last = Math.min(size, k - above);
      for (int j = 1; j <= last && hitsWithin > 0; j++) {
        int position = above + j;
        hits += share;
        gain += share * LOG_2 / Math.log(position + 1.0);
        precisions += share * (hitsAbove + 1 + (j - 1) * before) / position;
        // The first relevant one is here if none was before, of those that are left.
        double here = Math.min(1, (double) hitsWithin / (size - j + 1));
        reciprocal += none * here / position;
        none *= 1 - here;
      }
      above += size;
      hitsAbove += hitsWithin;
    }
    double ideal = 0;
    for (int i = 1; i <= Math.min(k, all); i++) {
      ideal += LOG_2 / Math.log(i + 1.0);
    }
    sums[RankingMetric.PRECISION.ordinal()].add(hits / k);
    sums[RankingMetric.RECALL.ordinal()].add(hits / all);
    sums[RankingMetric.HIT.ordinal()].add(1 - none);
    sums[RankingMetric.NDCG.ordinal()].add(gain / ideal);
    sums[RankingMetric.MAP.ordinal()].add(precisions / Math.min(k, all));
    sums[RankingMetric.MRR.ordinal()].add(reciprocal);
  }

  /** Marks the first k, of equal ones those that are listed first. */
  private static void show(Ranking ranking, int[] listed, int k, boolean[] shown) {
    int left = k;
    int end = ranking.size();
    while (end > 0 && left > 0) {
      int start = ranking.groupStart(end - 1);
      for (int position = start; position < end && left > 0; position++) {
        shown[listed[ranking.at(position)]] = true;
        left--;
      }
      end = start;
    }
  }

  /** The metrics of all entities so far: those at each k, then those of whole lists. */
  public RankingReport report() {
    Map<String, Double> values = new LinkedHashMap<>();
    for (int c = 0; c < cuts.length; c++) {
      for (RankingMetric metric : RankingMetric.values()) {
        if (cuts[c] != WHOLE || metric.hasWhole()) {
          values.put(metric.at(cuts[c]), value(metric, c));
        }
      }
    }
    return new RankingReport(entities, without, candidates, values);
  }

  private double value(RankingMetric metric, int c) {
    if (entities == 0) {
      return Double.NaN;
    }
    if (metric != RankingMetric.COVERAGE) {
      return sums[c][metric.ordinal()].value() / entities;
    }
    int count = 0;
    for (boolean one : shown[c]) {
      count += one ? 1 : 0;
    }
    return (double) count / candidates;
  }
}
