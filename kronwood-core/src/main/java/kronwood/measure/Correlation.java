package kronwood.measure;

/**
 * Linear agreement of two series: {@link Metric#PEARSON} and {@link Metric#RM2}.
 *
 * <p>Series are centred, and scaled by powers of two (which is exact) so that squares neither
 * overflow nor vanish; sums are compensated. O(n) time, 16·n bytes. NaN if a series is constant.
 */
final class Correlation {
  private Correlation() {}

  /** Pearson's correlation, within [−1, 1]; exactly ±1 for identical and for opposite series. */
  static double pearson(double[] left, double[] right) {
    if (isConstant(left) || isConstant(right)) {
      return Double.NaN;
    }
    double[] x = scaled(centred(left));
    double[] y = scaled(centred(right));
    // Scaled squares lie in [1, 4n): their product is safe, and √(s·s) is exactly s.
    double r = dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
    return Math.clamp(r, -1.0, 1.0);
  }

  /** Roy's modified r². */
  static double modifiedSquare(double[] predicted, double[] actual) {
    double r = pearson(predicted, actual);
    if (Double.isNaN(r)) {
      return Double.NaN;
    }
    double square = r * r;
    return square * (1 - Math.sqrt(Math.abs(square - throughOrigin(predicted, actual))));
  }

  /** r₀², the determination of actual ≈ k · predicted; it does not depend on either scale. */
  private static double throughOrigin(double[] predicted, double[] actual) {
    double[] x = scaled(predicted);
    double[] y = scaled(actual);
    double slope = dot(x, y) / dot(x, x);
    CompensatedSum residual = new CompensatedSum();
    for (int i = 0; i < y.length; i++) {
      double error = y[i] - slope * x[i];
      residual.add(error * error);
    }
    double[] deviations = centred(y);
    return 1 - residual.value() / dot(deviations, deviations);
  }

  private static double dot(double[] left, double[] right) {
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < left.length; i++) {
      sum.add(left[i] * right[i]);
    }
    return sum.value();
  }

  /** Values less their mean; twice, since the first mean is rounded. */
  private static double[] centred(double[] values) {
    double[] deviations = values.clone();
    for (int pass = 0; pass < 2; pass++) {
      double mean = CompensatedSum.of(deviations) / deviations.length;
      for (int i = 0; i < deviations.length; i++) {
        deviations[i] -= mean;
      }
    }
    return deviations;
  }

  /** Values times the power of two that brings the largest magnitude into [1, 2). */
  private static double[] scaled(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    int exponent = Math.getExponent(largest);
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = Math.scalb(values[i], -exponent);
    }
    return result;
  }

  private static boolean isConstant(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }
}
