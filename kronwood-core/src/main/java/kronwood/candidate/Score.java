package kronwood.candidate;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a candidate on each validation sample: two candidates are compared sample by sample.
 *
 * @param losses of the samples, times their weights, which sum to 1
 * @param clusters for each way to cluster samples, of each the number of its cluster, from 0: where
 *     entities are new, errors of one entity's samples are correlated
 * @param ranking for two classes, how well they are ranked at the top and in all, more is better;
 *     empty for other targets
 * @param judgement the metric that candidates are judged by instead, null for the loss
 */
@SuppressWarnings("ArrayRecordComponent") // stays in this package
public record Score(
    double[] losses, int[][] clusters, double[] ranking, @Nullable JackknifeValue judgement) {
  /** A relative gain below this is not worth a change. */
  private static final double NOTABLE = 1e-3;

  /** Judged by the losses. */
  public Score(double[] losses, int[][] clusters, double[] ranking) {
    this(losses, clusters, ranking, null);
  }

  /** Mean loss, or the value of the metric that it is judged by. */
  public double error() {
    if (judgement != null) {
      return judgement.value();
    }
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    return sum;
  }

  /**
   * Whether this is better than another by more than the standard error of the difference over
   * clusters. A smaller difference may be chance. (The rule of one standard error, L. Breiman et
   * al., "Classification and Regression Trees", 1984.) Where samples are clustered in several ways,
   * as those of a new left and a new right entity are, the variances add up.
   *
   * <p>For a metric, the standard error is that of the jackknife, see {@link JackknifeValue}.
   *
   * <p>A candidate that ranks two classes worse is not better: many users take the first of a list,
   * and better probabilities on average need not put the right ones first.
   */
  public boolean isBetterThan(Score other) {
    if (judgement != null && other.judgement != null) {
      double least = NOTABLE * Math.abs(other.judgement.value());
      return judgement.gain(other.judgement)
          > Math.max(Math.sqrt(judgement.variance(other.judgement)), least);
    }
    if (IntStream.range(0, ranking.length).anyMatch(m -> ranking[m] < other.ranking[m])) {
      return false;
    }
    double gain = other.error() - error();
    double variance = 0;
    for (int[] way : clusters) {
      variance += variance(other, way);
    }
    return gain > Math.max(Math.sqrt(variance), NOTABLE * Math.abs(other.error()));
  }

  /** Of the difference of errors, if the samples of a cluster count as one. */
  private double variance(Score other, int[] way) {
    int count = Arrays.stream(way).max().orElse(-1) + 1;
    if (count < 2) {
      return 0;
    }
    double[] difference = new double[count];
    for (int i = 0; i < losses.length; i++) {
      difference[way[i]] += losses[i] - other.losses[i];
    }
    double mean = Arrays.stream(difference).average().orElse(0);
    double squares = 0;
    for (double one : difference) {
      squares += (one - mean) * (one - mean);
    }
    return squares * count / (count - 1);
  }
}
