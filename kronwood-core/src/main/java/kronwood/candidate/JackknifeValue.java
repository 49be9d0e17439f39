package kronwood.candidate;

import java.util.Arrays;

/**
 * The value of a metric on validation samples, and its jackknife values, each without one group of
 * samples, to tell a difference from chance.
 *
 * @param value of all samples, NaN if undefined
 * @param higherIsBetter whether a larger one is better
 * @param without for each way to group samples the value without each group
 */
@SuppressWarnings("ArrayRecordComponent") // stays in this package
public record JackknifeValue(double value, boolean higherIsBetter, double[][] without) {
  /** By how much this is better than another. */
  double gain(JackknifeValue other) {
    return higherIsBetter ? value - other.value : other.value - value;
  }

  /**
   * Variance of the difference to another of the same samples, by the jackknife over the groups
   * without which both are defined; those of several ways to group add up.
   */
  double variance(JackknifeValue other) {
    double variance = 0;
    for (int way = 0; way < without.length; way++) {
      double[] mine = without[way];
      double[] others = other.without[way];
      double[] differences = new double[mine.length];
      Arrays.setAll(differences, g -> mine[g] - others[g]);
      double[] defined = Arrays.stream(differences).filter(d -> !Double.isNaN(d)).toArray();
      double mean = Arrays.stream(defined).average().orElse(0);
      double squares = 0;
      for (double one : defined) {
        squares += (one - mean) * (one - mean);
      }
      variance += defined.length < 2 ? 0 : squares * (defined.length - 1) / defined.length;
    }
    return variance;
  }
}
