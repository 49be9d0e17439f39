package kronwood.gram;

import java.util.Arrays;
import kronwood.math.LeadingEigen;
import kronwood.math.PivotedCholesky;
import kronwood.math.kernel.Kernels;

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

  /**
   * Fits principal components alone, without the other coordinates: the directions of largest mean
   * square, scaled by one factor so that the mean squared norm is that of all. Cost: some 10 · n² ·
   * components.
   *
   * @param gram positive semi-definite, n × n, row-major; changed
   * @param components at most n
   * @param tolerance as {@link #of} takes it
   */
  static SimilarityFit ofComponents(
      double[] gram, int n, int components, double tolerance, GramOptions options) {
    double floor = ROUNDING * CentredGram.meanDiagonal(gram, n);
    double[] rowMean = new double[n];
    if (options.centre()) {
      CentredGram.centre(gram, n, rowMean);
    }
    double norm = CentredGram.meanDiagonalAbove(floor, gram, n);
    LeadingEigen eigen = LeadingEigen.of(gram, n, components);
    double[] values = eigen.values();
    int rank = 0;
    double kept = 0;
    while (rank < components && values[rank] > tolerance * Math.max(0, values[0])) {
      kept += values[rank++];
    }
    double scale = kept > 0 ? options.scale(norm) * Math.sqrt(norm * n / kept) : 0;
    double[] matrix = new double[Math.multiplyExact(rank, n)];
    double[] offset = new double[rank];
    for (int p = 0; p < rank; p++) {
      double length = scale / Math.sqrt(values[p]);
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += eigen.vectors()[p * n + j];
      }
      for (int j = 0; j < n; j++) {
        // A centred vector has no part in the means of an entity's similarities.
        double direction = eigen.vectors()[p * n + j] - (options.centre() ? sum / n : 0);
        matrix[p * n + j] = length * direction;
        offset[p] -= length * direction * rowMean[j];
      }
    }
    SimilarityMap map = new SimilarityMap(n, matrix, offset, options.constantCoordinate());
    return new SimilarityFit(map, new FactorReport(map.rank(), 0, 0, 0));
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
