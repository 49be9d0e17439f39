package kronwood.math;

import java.util.Arrays;
import kronwood.math.kernel.Kernels;

/**
 * Reduction of a symmetric matrix to tridiagonal form, A = Q·T·Qᵀ, by Householder reflections.
 *
 * <p>From the last row up, a reflection H = I − v·vᵀ with ‖v‖² = 2 turns row i left of the diagonal
 * into (0, …, 0, α), and the leading i×i block B into H·B·H = B − v·wᵀ − w·vᵀ, where p = B·v and w
 * = p − ½(vᵀp)·v. Row i then has no use any more and holds v. The update of B is put off until the
 * next p is computed, so that a step goes over B once; only the lower triangle is touched.
 */
final class Tridiagonal {

  /**
   * A row whose squares sum to less counts as zero already. The matrix has been scaled to a largest
   * element of about 1, so this is far below its rounding errors.
   */
  private static final double NEGLIGIBLE_SQUARES = 0x1p-900;

  /** Rows of Qᵀ made together, while they stay in the cache. */
  private static final int GROUP = 16;

  private Tridiagonal() {}

  /**
   * Reduces a.
   *
   * @param a on entry the symmetric n×n matrix, largest magnitude about 1; on return Qᵀ
   * @param diagonal receives the n diagonal elements of T
   * @param offDiagonal length n; element i receives T[i][i+1], the last one 0
   */
  static void reduce(double[] a, int n, double[] diagonal, double[] offDiagonal) {
    Kernels kernels = Kernels.active();
    double[] w = new double[n];
    double[] nextW = new double[n];
    int pending = 0; // row that holds the v of the update put off, 0 if there is none
    for (int i = n - 1; i >= 0; i--) {
      int row = i * n;
      if (pending > 0) {
        subtractUpdate(kernels, a, pending * n, w, i, row);
      }
      diagonal[i] = a[row + i];
      if (i == 0) {
        break;
      }
      offDiagonal[i - 1] = makeReflection(kernels, a, row, i);
      boolean reflects = a[row + i - 1] != 0;
      for (int j = 0; j < i; j++) {
        if (pending > 0) {
          subtractUpdate(kernels, a, pending * n, w, j, j * n);
        }
        if (reflects) {
          nextW[j] = kernels.dot(a, j * n, a, row, j + 1);
          kernels.axpy(a[row + j], a, j * n, nextW, 0, j);
        }
      }
      if (reflects) {
        double half = kernels.dot(nextW, 0, a, row, i) / 2;
        kernels.axpy(-half, a, row, nextW, 0, i);
        double[] free = w;
        w = nextW;
        nextW = free;
      }
      pending = reflects ? i : 0;
    }
    formTransposedQ(kernels, a, n);
  }

  /** Subtracts v·wᵀ + w·vᵀ from row j, which starts at {@code row}, up to its diagonal. */
  private static void subtractUpdate(
      Kernels kernels, double[] a, int v, double[] w, int j, int row) {
    kernels.axpy(-a[v + j], w, 0, a, row, j + 1);
    kernels.axpy(-w[j], a, v, a, row, j + 1);
  }

  /**
   * Replaces the i elements from {@code row}, x, by v such that (I − v·vᵀ)·x = (0, …, 0, α), or by
   * zeros if x has that form already, and returns α.
   */
  private static double makeReflection(Kernels kernels, double[] a, int row, int i) {
    double last = a[row + i - 1];
    double squares = kernels.dot(a, row, a, row, i - 1);
    if (squares < NEGLIGIBLE_SQUARES) {
      Arrays.fill(a, row, row + i, 0);
      return last;
    }
    double norm = Math.sqrt(squares + last * last);
    // The sign that makes the last element of x − α·e larger, never a difference of near equals.
    double alpha = last > 0 ? -norm : norm;
    double scale = 1 / Math.sqrt(norm * (norm + Math.abs(last)));
    for (int k = 0; k < i - 1; k++) {
      a[row + k] *= scale;
    }
    a[row + i - 1] = (last - alpha) * scale;
    return alpha;
  }

  /**
   * Turns the rows vᵢ, i elements in row i, into Qᵀ = H₁·H₂·…·H₍ₙ₋₁₎. Row r of the product starts
   * as the unit row e_r; reflections up to H_r leave it alone, the others follow in order. A row
   * needs the vᵢ below it only, so rows are made from the top down, a group at a time, and written
   * over the vᵢ that nobody needs any more.
   */
  private static void formTransposedQ(Kernels kernels, double[] a, int n) {
    double[] group = new double[GROUP * n];
    for (int top = 0; top < n; top += GROUP) {
      int count = Math.min(GROUP, n - top);
      Arrays.fill(group, 0);
      for (int r = 0; r < count; r++) {
        group[r * n + top + r] = 1;
      }
      for (int i = top + 1; i < n; i++) {
        int v = i * n;
        if (a[v + i - 1] == 0) {
          continue;
        }
        int affected = Math.min(count, i - top);
        for (int r = 0; r < affected; r++) {
          double along = kernels.dot(group, r * n, a, v, i);
          kernels.axpy(-along, a, v, group, r * n, i);
        }
      }
      System.arraycopy(group, 0, a, top * n, count * n);
    }
  }
}
