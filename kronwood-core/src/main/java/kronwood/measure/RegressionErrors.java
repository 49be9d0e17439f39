package kronwood.measure;

/**
 * Weighted sizes of the errors of real predictions: {@link Metric#MSE}, {@link Metric#MAE}, {@link
 * Metric#R2}.
 *
 * <p>Compensated sums in one or two passes, O(n), no allocation in the loops. Weights are not
 * negative and not all zero.
 */
final class RegressionErrors {
  private RegressionErrors() {}

  static double meanSquared(double[] predicted, double[] actual, double[] weights) {
    return sumOfSquares(predicted, actual, weights) / CompensatedSum.of(weights);
  }

  static double meanAbsolute(double[] predicted, double[] actual, double[] weights) {
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < actual.length; i++) {
      sum.add(weights[i] * Math.abs(predicted[i] - actual[i]));
    }
    return sum.value() / CompensatedSum.of(weights);
  }

  static double determination(double[] predicted, double[] actual, double[] weights) {
    if (isConstant(actual, weights)) {
      return Double.NaN;
    }
    double total = spread(actual, weights);
    return total > 0 ? 1 - sumOfSquares(predicted, actual, weights) / total : Double.NaN;
  }

  private static double sumOfSquares(double[] predicted, double[] actual, double[] weights) {
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < actual.length; i++) {
      double error = predicted[i] - actual[i];
      sum.add(weights[i] * error * error);
    }
    return sum.value();
  }

  /**
   * Σ w (y − ȳ)², by the corrected two-pass formula: the second term removes what the rounding of ȳ
   * added.
   */
  private static double spread(double[] values, double[] weights) {
    double totalWeight = CompensatedSum.of(weights);
    CompensatedSum weighted = new CompensatedSum();
    for (int i = 0; i < values.length; i++) {
      weighted.add(weights[i] * values[i]);
    }
    double mean = weighted.value() / totalWeight;
    CompensatedSum squares = new CompensatedSum();
    CompensatedSum remainder = new CompensatedSum();
    for (int i = 0; i < values.length; i++) {
      double deviation = values[i] - mean;
      squares.add(weights[i] * deviation * deviation);
      remainder.add(weights[i] * deviation);
    }
    return squares.value() - remainder.value() * (remainder.value() / totalWeight);
  }

  /**
   * Whether the values of positive weight are all equal: decided on the values, since the
   * deviations from a rounded mean need not be zero.
   */
  private static boolean isConstant(double[] values, double[] weights) {
    int first = 0;
    while (weights[first] == 0) {
      first++;
    }
    for (int i = first + 1; i < values.length; i++) {
      if (weights[i] > 0 && values[i] != values[first]) {
        return false;
      }
    }
    return true;
  }
}
