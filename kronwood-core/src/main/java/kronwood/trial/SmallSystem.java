package kronwood.trial;

/** Linear equations in a few unknowns. */
final class SmallSystem {
  private SmallSystem() {}

  /**
   * {@code x = H⁻¹ g} in the free unknowns, others being 0, by elimination; where H is singular a
   * little is added to its diagonal.
   *
   * @param matrix H, positive semi-definite but for rounding; not changed
   */
  static double[] solve(double[][] matrix, double[] g, boolean[] free) {
    int n = g.length;
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += free[i] ? Math.abs(matrix[i][i]) : 0;
    }
    double added = 1e-9 * trace + 1e-300;
    double[][] rows = new double[n][n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i][j] = free[i] && free[j] ? (matrix[i][j] + matrix[j][i]) / 2 : 0;
      }
      rows[i][i] = free[i] ? rows[i][i] + added : 1;
      rows[i][n] = free[i] ? g[i] : 0;
    }
    for (int i = 0; i < n; i++) {
      for (int below = i + 1; below < n; below++) {
        double factor = rows[below][i] / rows[i][i];
        for (int j = i; j <= n; j++) {
          rows[below][j] -= factor * rows[i][j];
        }
      }
    }
    double[] x = new double[n];
    for (int i = n - 1; i >= 0; i--) {
      double rest = rows[i][n];
      for (int j = i + 1; j < n; j++) {
        rest -= rows[i][j] * x[j];
      }
      x[i] = rest / rows[i][i];
    }
    return x;
  }
}
