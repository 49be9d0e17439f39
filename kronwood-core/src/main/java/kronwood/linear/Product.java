package kronwood.linear;

import kronwood.math.kernel.Kernels;

/** One way to multiply by the kernel matrix between two selections of inputs. */
interface Product {

  /** Work that a piece of a parallel loop should be worth, in multiplications. */
  int WORK_PER_PIECE = 1 << 15;

  /**
   * {@code y[p] = Σ_q x[q] · ⟨x_to[p], x_from[q]⟩}.
   *
   * @param x one number per column, not changed
   * @param y one number per row, overwritten; may be longer
   */
  void times(double[] x, double[] y);

  /** Indices of a piece of a parallel loop that costs so much for each of them. */
  static int grain(double costPerIndex) {
    return (int) Math.clamp(WORK_PER_PIECE / Math.max(1, costPerIndex), 1, WORK_PER_PIECE);
  }

  /** {@link Kernels#timesRows}, by a dot product where the rows are single numbers. */
  static void timesRows(
      Kernels kernels,
      double[] x,
      int xOffset,
      double[] rows,
      int count,
      int columns,
      double[] out,
      int outOffset) {
    if (columns == 1) {
      out[outOffset] = kernels.dot(x, xOffset, rows, 0, count);
    } else {
      kernels.timesRows(x, xOffset, rows, 0, count, columns, out, outOffset);
    }
  }
}
