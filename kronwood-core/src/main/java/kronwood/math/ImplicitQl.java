package kronwood.math;

/**
 * Diagonalises a symmetric tridiagonal matrix T by implicitly shifted QL sweeps.
 *
 * <p>A sweep with shift σ on the rows l … m is a chain of rotations in the planes (m−1, m), (m−2,
 * m−1), …, (l, l+1). The first is the one that T − σI would need to lose its element above the last
 * diagonal one; each of the others removes the element (the bulge) that the one before has put
 * outside the three diagonals. With σ near an eigenvalue the first off-diagonal element shrinks
 * cubically.
 */
final class ImplicitQl {

  private static final int MOST_SWEEPS_PER_VALUE = 60;

  /** Half the distance from 1 to the next double. */
  private static final double ROUNDING = 0x1p-53;

  private final double[] d;
  private final double[] e;
  private final int n;
  private final RotationBatch rotations;

  private ImplicitQl(double[] d, double[] e, int n, RotationBatch rotations) {
    this.d = d;
    this.e = e;
    this.n = n;
    this.rotations = rotations;
  }

  /**
   * Diagonalises T and applies the rotations to rows.
   *
   * @param d on entry the diagonal of T, on return its eigenvalues, in no order
   * @param e element i is T[i][i+1]; destroyed
   * @param rows n×n; multiplied from the left by Zᵀ, where T = Z·diag(d)·Zᵀ
   * @throws ArithmeticException if an eigenvalue takes too many sweeps
   */
  static void diagonalise(double[] d, double[] e, double[] rows, int n) {
    RotationBatch rotations = new RotationBatch(rows, n);
    new ImplicitQl(d, e, n, rotations).run();
    rotations.apply();
  }

  private void run() {
    double norm = 0;
    for (int i = 0; i < n; i++) {
      norm = Math.max(norm, Math.abs(d[i]) + Math.abs(e[i]));
    }
    // Setting elements this small to zero moves no eigenvalue by more than rounding has already.
    double negligible = ROUNDING * norm;
    for (int l = 0; l < n; l++) {
      int sweeps = 0;
      int m = endOfBlock(l, negligible);
      while (m > l) {
        if (sweeps++ == MOST_SWEEPS_PER_VALUE) {
          throw new ArithmeticException(
              "Eigenvalue "
                  + l
                  + " of a "
                  + n
                  + "x"
                  + n
                  + " matrix did not converge in "
                  + MOST_SWEEPS_PER_VALUE
                  + " QL sweeps.");
        }
        sweep(l, m);
        m = endOfBlock(l, negligible);
      }
    }
  }

  /** The last row of the block that begins in row l, clearing the element that ends it. */
  private int endOfBlock(int l, double negligible) {
    for (int m = l; m < n - 1; m++) {
      if (Math.abs(e[m]) <= negligible) {
        e[m] = 0;
        return m;
      }
    }
    return n - 1;
  }

  /**
   * One sweep on rows l … m. A rotation with cosine c and sine s in the plane (i, i+1) maps rows
   * and columns alike to (c·xᵢ − s·xᵢ₊₁, s·xᵢ + c·xᵢ₊₁). On the 2×2 block [[p, q], [q, t]] that is,
   * with h = s·(p − t) + 2·c·q,
   *
   * <pre>
   *   p ← p − s·h      t ← t + s·h      q ← c·h − q
   * </pre>
   */
  private void sweep(int l, int m) {
    double x = e[m - 1];
    double y = d[m] - shift(l);
    rotations.begin(m - 1, m - l);
    for (int i = m - 1; i >= l; i--) {
      double length = Math.hypot(x, y);
      double c = length == 0 ? 1 : y / length;
      double s = length == 0 ? 0 : x / length;
      if (i < m - 1) {
        e[i + 1] = length;
      }
      double h = s * (d[i] - d[i + 1]) + 2 * c * e[i];
      d[i] -= s * h;
      d[i + 1] += s * h;
      e[i] = c * h - e[i];
      if (i > l) {
        x = s * e[i - 1];
        e[i - 1] *= c;
        y = e[i];
      }
      rotations.add(c, s);
    }
  }

  /** The eigenvalue of rows and columns l, l+1 that is nearer to d[l] (Wilkinson's shift). */
  private double shift(int l) {
    double half = (d[l + 1] - d[l]) / 2;
    double root = Math.hypot(half, e[l]);
    return d[l] - e[l] * (e[l] / (half < 0 ? half - root : half + root));
  }
}
