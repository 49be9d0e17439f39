package kronwood.report;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import kronwood.data.EntityTuples;

/**
 * Intervals of numbers that are computed from samples which share entities.
 *
 * <p>The entities of each mode, and the samples themselves, are dealt into G ≤ 10 groups. Numbers
 * are computed without each group in turn; V = (G − 1)/G · Σ (θ₋g − mean)² is the variance by that
 * mode or by samples. Samples of one entity err together, so the variances of the modes are added
 * and that of the samples, which is in each of them, is subtracted; the sum is never taken to be
 * less than the largest of them. The half width is Student's quantile for 95 % times the root.
 *
 * <p>Source: A. C. Cameron, J. B. Gelbach, D. L. Miller, "Robust Inference with Multiway
 * Clustering", 2011. Cost: 10 · (modes + 1) evaluations.
 */
final class Jackknife {
  private static final int GROUPS = 10;
  private static final int FEWEST = 20;
  private static final int MOST = 300_000;
  private static final long SEED = 1;

  /** Student's quantiles for 95 %, for 1, 2, … degrees of freedom. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262
  };

  /** Numbers of some samples. */
  @FunctionalInterface
  interface Measure {
    double[] of(int[] positions);
  }

  private Jackknife() {}

  /**
   * Half widths of 95 % intervals, NaN where they cannot be told: of fewer than {@value #FEWEST} or
   * more than {@value #MOST} samples, or if a number is undefined without a group.
   *
   * @param tuples entities of the samples
   * @param listed positions of the samples that are measured
   * @param numbers how many numbers {@code measure} gives
   */
  static double[] halfWidths(EntityTuples tuples, int[] listed, int numbers, Measure measure) {
    double[] widths = new double[numbers];
    Arrays.fill(widths, Double.NaN);
    if (listed.length < FEWEST || listed.length > MOST) {
      return widths;
    }
    double[] bySample = variances(dealt(listed.length, GROUPS), listed, numbers, measure);
    double[] sum = new double[numbers];
    double[] largest = bySample.clone();
    int fewest = GROUPS;
    int clustered = 0;
    for (int mode = 0; mode < tuples.modes(); mode++) {
      int at = mode;
      int[] entities = IntStream.of(listed).map(i -> tuples.entity(i, at)).toArray();
      int[] distinct = IntStream.of(entities).distinct().sorted().toArray();
      if (distinct.length < 2) {
        continue;
      }
      int groups = Math.min(GROUPS, distinct.length);
      int[] ofEntity = dealt(distinct.length, groups);
      int[] group =
          IntStream.of(entities).map(e -> ofEntity[Arrays.binarySearch(distinct, e)]).toArray();
      double[] byMode = variances(group, listed, numbers, measure);
      fewest = Math.min(fewest, groups);
      clustered++;
      for (int k = 0; k < numbers; k++) {
        sum[k] += byMode[k];
        largest[k] = Math.max(largest[k], byMode[k]);
      }
    }
    for (int k = 0; k < numbers; k++) {
      double variance = Math.max(largest[k], sum[k] - (clustered - 1) * bySample[k]);
      widths[k] = STUDENT[fewest - 2] * Math.sqrt(variance);
    }
    return widths;
  }

  /** A group for each of n things, of nearly equal sizes, at random. */
  private static int[] dealt(int n, int groups) {
    int[] dealt = new int[n];
    Arrays.setAll(dealt, i -> i % groups);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = n - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int held = dealt[i];
      dealt[i] = dealt[other];
      dealt[other] = held;
    }
    return dealt;
  }

  private static double[] variances(int[] group, int[] listed, int numbers, Measure measure) {
    int groups = Arrays.stream(group).max().orElseThrow() + 1;
    double[][] without = new double[groups][];
    for (int g = 0; g < groups; g++) {
      int left = g;
      without[g] =
          measure.of(
              IntStream.range(0, listed.length)
                  .filter(i -> group[i] != left)
                  .map(i -> listed[i])
                  .toArray());
    }
    double[] variances = new double[numbers];
    for (int k = 0; k < numbers; k++) {
      double mean = 0;
      for (double[] values : without) {
        mean += values[k] / groups;
      }
      for (double[] values : without) {
        variances[k] += (values[k] - mean) * (values[k] - mean) * (groups - 1) / groups;
      }
    }
    return variances;
  }
}
