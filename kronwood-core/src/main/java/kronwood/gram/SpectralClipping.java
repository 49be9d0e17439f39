package kronwood.gram;

import kronwood.math.PivotedCholesky;
import kronwood.math.SymmetricEigen;

/**
 * Makes a symmetric matrix positive semi-definite by setting its negative eigenvalues to zero: the
 * nearest such matrix in the Frobenius norm (Higham 1988).
 *
 * <p>Cost: one pivoted Cholesky, n² · rank, where the matrix is positive semi-definite already; an
 * eigen-decomposition, O(n³), where it is not.
 */
final class SpectralClipping {
  /** What is this far below zero, relative to the largest diagonal entry, is not rounding. */
  private static final double TOLERANCE = 1e-6;

  private final int n;
  private final double[][] negativeVectors;
  private final double[] negativeValues;
  private final double share;

  private SpectralClipping(
      int n, double[][] negativeVectors, double[] negativeValues, double share) {
    this.n = n;
    this.negativeVectors = negativeVectors;
    this.negativeValues = negativeValues;
    this.share = share;
  }

  /** Finds what has to be clipped from {@code matrix}, n × n, which is not changed. */
  static SpectralClipping of(double[] matrix, int n) {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, Math.abs(matrix[i * n + i]));
    }
    double threshold = TOLERANCE * largest;
    if (isReproduced(matrix, n, PivotedCholesky.of(matrix, n, 1e-10), threshold)) {
      return new SpectralClipping(n, new double[0][], new double[0], 0);
    }
    SymmetricEigen eigen = SymmetricEigen.of(matrix, n);
    double[] values = eigen.values();
    int count = 0;
    double total = 0;
    double clipped = 0;
    for (double value : values) {
      total += Math.abs(value);
      if (value < -threshold) {
        count++;
        clipped -= value;
      }
    }
    double[] vectors = eigen.vectors();
    double[][] negativeVectors = new double[count][n];
    double[] negativeValues = new double[count];
    int next = 0;
    for (int e = 0; e < n; e++) {
      if (values[e] < -threshold) {
        negativeValues[next] = values[e];
        System.arraycopy(vectors, e * n, negativeVectors[next++], 0, n);
      }
    }
    return new SpectralClipping(
        n, negativeVectors, negativeValues, total > 0 ? clipped / total : 0);
  }

  private static boolean isReproduced(
      double[] matrix, int n, PivotedCholesky cholesky, double threshold) {
    double[] factor = cholesky.factor();
    int rank = cholesky.rank();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double product = 0;
        for (int k = 0; k < rank; k++) {
          product += factor[i * rank + k] * factor[j * rank + k];
        }
        if (Math.abs(matrix[i * n + j] - product) > threshold) {
          return false;
        }
      }
    }
    return true;
  }

  /** Adds {@code |λ| v vᵀ} for each negative eigenvalue, in place. */
  void clip(double[] matrix) {
    for (int e = 0; e < negativeValues.length; e++) {
      double[] v = negativeVectors[e];
      for (int i = 0; i < n; i++) {
        double scaled = -negativeValues[e] * v[i];
        for (int j = 0; j < n; j++) {
          matrix[i * n + j] += scaled * v[j];
        }
      }
    }
  }

  /**
   * Removes the clipped directions from the map a linear function applies to similarities: {@code
   * row ← row · (I − Σ v vᵀ)}, so that it may be applied to similarities as they come.
   */
  void project(double[] rows, int offset) {
    for (double[] v : negativeVectors) {
      double along = 0;
      for (int j = 0; j < n; j++) {
        along += rows[offset + j] * v[j];
      }
      for (int j = 0; j < n; j++) {
        rows[offset + j] -= along * v[j];
      }
    }
  }

  /** Number of eigenvalues clipped. */
  int count() {
    return negativeValues.length;
  }

  /** Most negative eigenvalue, 0 if there is none. */
  double mostNegative() {
    return negativeValues.length == 0 ? 0 : negativeValues[0];
  }

  /** Clipped share of the sum of absolute eigenvalues. */
  double share() {
    return share;
  }
}
