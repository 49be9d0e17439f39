package kronwood.export;

/** Inverses of triangular matrices. */
final class LowerTriangle {
  private LowerTriangle() {}

  /**
   * The inverse of a lower triangle, row by row. Cost: n³ / 6.
   *
   * @param lower n × n, row-major, no zero on the diagonal
   */
  static double[] inverse(double[] lower, int n) {
    double[] inverse = new double[lower.length];
    for (int row = 0; row < n; row++) {
      // L⁻¹ has in row p (e_p − Σ_{q < p} L_pq · row q) / L_pp.
      inverse[row * n + row] = 1;
      for (int q = 0; q < row; q++) {
        double factor = lower[row * n + q];
        for (int c = 0; c <= q && factor != 0; c++) {
          inverse[row * n + c] -= factor * inverse[q * n + c];
        }
      }
      for (int c = 0; c <= row; c++) {
        inverse[row * n + c] /= lower[row * n + row];
      }
    }
    return inverse;
  }
}
