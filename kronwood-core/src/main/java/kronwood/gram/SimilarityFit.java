package kronwood.gram;

import java.util.Arrays;
import kronwood.math.Kernels;
import kronwood.math.PivotedCholesky;

/**
 * Coordinates fitted on a matrix of similarities among training entities: clipped, centred, scaled,
 * and its pivoted Cholesky factor taken.
 *
 * @param map from similarities to the training entities to coordinates
 * @param report rank and clipping
 */
record SimilarityFit(SimilarityMap map, FactorReport report) {
  /** Directions of similarities below this are rounding of their single precision. */
  static final double TOLERANCE = 1e-6;

  /** Squared lengths below this share of the uncentred ones are rounding of centring sums. */
  private static final double ROUNDING = 1e-13;

  /**
   * Fits. Cost: n² · rank, or O(n³) where the matrix has to be clipped.
   *
   * @param gram the similarities, n × n, row-major; changed
   * @param tolerance a direction of a smaller share of the largest squared norm is dropped
   */
  static SimilarityFit of(double[] gram, int n, double tolerance, GramOptions options) {
    SpectralClipping clipping = SpectralClipping.of(gram, n);
    clipping.clip(gram);
    double floor = ROUNDING * CentredGram.meanDiagonal(gram, n);
    double[] rowMean = new double[n];
    double grandMean = options.centre() ? CentredGram.centre(gram, n, rowMean) : 0;
    double norm = CentredGram.meanDiagonalAbove(floor, gram, n);
    PivotedCholesky cholesky = PivotedCholesky.of(gram, n, tolerance);
    SimilarityMap map = map(cholesky, clipping, rowMean, grandMean, options, options.scale(norm));
    return new SimilarityFit(
        map,
        new FactorReport(map.rank(), clipping.count(), clipping.mostNegative(), clipping.share()));
  }

  /** Composes projection, centring and {@code scale · L⁻¹} into one affine map. */
  private static SimilarityMap map(
      PivotedCholesky cholesky,
      SpectralClipping clipping,
      double[] rowMean,
      double grandMean,
      GramOptions options,
      double scale) {
    int n = rowMean.length;
    int rank = cholesky.rank();
    Kernels kernels = Kernels.active();
    double[] lower = FactorFit.pivotRows(cholesky);
    double[] matrix = new double[Math.multiplyExact(rank, n)];
    double[] offset = new double[rank];
    for (int p = 0; p < rank; p++) {
      int pivot = cholesky.pivots()[p];
      if (options.centre()) {
        Arrays.fill(matrix, p * n, (p + 1) * n, -1.0 / n);
      }
      matrix[p * n + pivot] += 1;
      offset[p] = grandMean - rowMean[pivot];
      clipping.project(matrix, p * n);
      for (int q = 0; q < p; q++) {
        double l = lower[p * rank + q];
        kernels.axpy(-l, matrix, q * n, matrix, p * n, n);
        offset[p] -= l * offset[q];
      }
      double diagonal = lower[p * rank + p];
      for (int j = 0; j < n; j++) {
        matrix[p * n + j] /= diagonal;
      }
      offset[p] /= diagonal;
    }
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] *= scale;
    }
    for (int p = 0; p < rank; p++) {
      offset[p] *= scale;
    }
    return new SimilarityMap(n, matrix, offset, options.constantCoordinate());
  }
}
