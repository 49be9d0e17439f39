package kronwood.gram;

import java.util.Arrays;
import kronwood.data.Features;
import kronwood.data.Similarities;

/** Gram matrices among training entities, n × n, row-major, and their centring. */
final class CentredGram {
  private CentredGram() {}

  /** {@code G_ij = ⟨φ_i − mean, φ_j − mean⟩}. */
  static double[] ofFeatures(Features features, int[] entities, double[] mean) {
    int n = entities.length;
    double[] gram = new double[Math.multiplyExact(n, n)];
    double[] centred = new double[mean.length];
    for (int i = 0; i < n; i++) {
      Arrays.setAll(centred, c -> -mean[c]);
      features.addTo(entities[i], 1, centred);
      double againstMean = 0;
      for (int c = 0; c < mean.length; c++) {
        againstMean += centred[c] * mean[c];
      }
      for (int j = 0; j <= i; j++) {
        double inner = features.dot(entities[j], centred) - againstMean;
        gram[i * n + j] = inner;
        gram[j * n + i] = inner;
      }
    }
    return gram;
  }

  static double[] ofSimilarities(Similarities similarities, int[] entities) {
    int n = entities.length;
    double[] gram = new double[Math.multiplyExact(n, n)];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram[i * n + j] = similarities.value(entities[i], entities[j]);
      }
    }
    return gram;
  }

  /**
   * Double centring in place: {@code G_ij ← G_ij − mean_i − mean_j + mean}. Fills the means of the
   * rows as they were and returns the mean of all entries.
   */
  static double centre(double[] gram, int n, double[] rowMean) {
    double grandMean = 0;
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += gram[i * n + j];
      }
      rowMean[i] = sum / n;
      grandMean += rowMean[i] / n;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram[i * n + j] += grandMean - rowMean[i] - rowMean[j];
      }
    }
    return grandMean;
  }

  /**
   * Mean of the diagonal; if it is below {@code floor}, what is left is rounding, and the matrix is
   * set to zero.
   */
  static double meanDiagonalAbove(double floor, double[] gram, int n) {
    double mean = meanDiagonal(gram, n);
    if (mean > floor) {
      return mean;
    }
    Arrays.fill(gram, 0);
    return 0;
  }

  static double meanDiagonal(double[] gram, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += gram[i * n + i];
    }
    return sum / n;
  }
}
