package kronwood.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.math.kernel.Kernels;

/**
 * Low-rank factorisation G ≈ L·Lᵀ of a symmetric positive semi-definite n×n matrix (a Gram matrix,
 * say) by Cholesky's method, taking as the next pivot the item whose diagonal element is
 * approximated worst. Row i of L is then a feature vector of item i, of length rank, whose inner
 * products are the similarities.
 *
 * <p>With dᵢ the diagonal of the residual G − L·Lᵀ, each step takes p = argmax dᵢ (the lowest such
 * index) and appends the column Lᵢ = (Gᵢₚ − Σₖ Lᵢₖ·Lₚₖ)/√dₚ. It stops as soon as max dᵢ ≤
 * tolerance·max Gᵢᵢ; for a positive semi-definite G every element of the residual is then at most
 * that large. A tolerance below n·2⁻⁵² means n·2⁻⁵²: what is left is rounding (Higham, Accuracy and
 * Stability of Numerical Algorithms, section 10.3).
 *
 * <p>Cost: n·rank² additions and multiplications; only the diagonal and the rank pivot rows of G
 * are read. Memory: 2·n·rank doubles while it runs, n·rank in the result.
 */
public final class PivotedCholesky {

  /** Columns of G, or rows, since it is symmetric. */
  @FunctionalInterface
  public interface RowSource {

    /** Writes row {@code index} of G, n elements, to {@code out}. */
    void row(int index, double[] out);
  }

  /** Items worked on at a time, so that their part of a new column stays in the cache. */
  private static final int CHUNK = 2048;

  private final int[] pivots;
  private final double[] factor;
  private final double residual;
  private final double mostNegativeDiagonal;

  private PivotedCholesky(
      int[] pivots, double[] factor, double residual, double mostNegativeDiagonal) {
    this.pivots = pivots;
    this.factor = factor;
    this.residual = residual;
    this.mostNegativeDiagonal = mostNegativeDiagonal;
  }

  /**
   * Factorises a matrix in memory, which is left as it is. It is taken to be symmetric; of a pair
   * g_ij, g_ji the one in the pivot's row is read.
   *
   * @param matrix row-major, n·n elements
   * @param n number of rows, at least 0
   * @param tolerance largest residual diagonal element accepted, relative to the largest diagonal
   *     element; in [0, 1)
   * @throws IllegalArgumentException if the array has not n·n elements, the tolerance is out of
   *     range, or an element read is not finite
   */
  public static PivotedCholesky of(double[] matrix, int n, double tolerance) {
    if (n < 0 || matrix.length != (long) n * n) {
      throw new IllegalArgumentException(
          "Matrix has " + matrix.length + " elements, expected n*n for n = " + n + ".");
    }
    double[] diagonal = new double[n];
    for (int i = 0; i < n; i++) {
      diagonal[i] = matrix[i * n + i];
    }
    return of(diagonal, (i, out) -> System.arraycopy(matrix, i * n, out, 0, n), tolerance);
  }

  /**
   * Factorises a matrix whose rows are computed when needed, so that it never has to fit in memory.
   *
   * @param diagonal the n diagonal elements; left as they are
   * @param rows gives the other elements; asked for each pivot once
   * @param tolerance as above
   * @throws IllegalArgumentException as above
   */
  public static PivotedCholesky of(double[] diagonal, RowSource rows, double tolerance) {
    return of(diagonal, rows, tolerance, Integer.MAX_VALUE);
  }

  /**
   * Factorises until the tolerance is met or a number of pivots is taken.
   *
   * @param most pivots that are taken at most
   * @throws IllegalArgumentException as above
   */
  public static PivotedCholesky of(double[] diagonal, RowSource rows, double tolerance, int most) {
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "Tolerance is " + tolerance + ", expected a number from 0 (included) to 1 (excluded).");
    }
    int n = diagonal.length;
    double[] d = diagonal.clone();
    for (int i = 0; i < n; i++) {
      requireFinite(d[i], i, i);
    }
    int pivot = indexOfLargest(d);
    double accepted = n == 0 ? 0 : d[pivot] * Math.max(tolerance, n * 0x1p-52);
    List<double[]> columns = new ArrayList<>();
    int[] pivots = new int[n];
    while (columns.size() < Math.min(n, most) && d[pivot] > Math.max(accepted, 0)) {
      pivots[columns.size()] = pivot;
      double[] column = new double[n];
      rows.row(pivot, column);
      makeColumn(column, columns, pivots, d);
      columns.add(column);
      pivot = indexOfLargest(d);
    }
    double mostNegative = 0;
    for (double left : d) {
      mostNegative = Math.min(mostNegative, left);
    }
    return new PivotedCholesky(
        Arrays.copyOf(pivots, columns.size()),
        rowMajor(columns, n),
        n == 0 ? 0 : Math.max(0, d[pivot]),
        mostNegative);
  }

  /** Turns row {@code pivots[columns.size()]} of G into the next column of L and updates d. */
  private static void makeColumn(
      double[] column, List<double[]> columns, int[] pivots, double[] d) {
    Kernels kernels = Kernels.active();
    int rank = columns.size();
    int pivot = pivots[rank];
    double root = Math.sqrt(d[pivot]);
    for (int i = 0; i < column.length; i++) {
      requireFinite(column[i], pivot, i);
    }
    for (int from = 0; from < column.length; from += CHUNK) {
      int count = Math.min(CHUNK, column.length - from);
      for (double[] earlier : columns) {
        kernels.axpy(-earlier[pivot], earlier, from, column, from, count);
      }
    }
    for (int i = 0; i < column.length; i++) {
      column[i] /= root;
      d[i] -= column[i] * column[i];
    }
    // Known exactly: the factor's pivot rows are triangular, and pivots have no residual.
    for (int k = 0; k < rank; k++) {
      column[pivots[k]] = 0;
      d[pivots[k]] = 0;
    }
    column[pivot] = root;
    d[pivot] = 0;
  }

  private static int indexOfLargest(double[] d) {
    int largest = 0;
    for (int i = 1; i < d.length; i++) {
      if (d[i] > d[largest]) {
        largest = i;
      }
    }
    return largest;
  }

  private static double[] rowMajor(List<double[]> columns, int n) {
    int rank = columns.size();
    if ((long) n * rank > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Factor of " + n + " rows and rank " + rank + " is too large; raise the tolerance.");
    }
    double[] factor = new double[n * rank];
    for (int from = 0; from < n; from += 64) {
      int to = Math.min(n, from + 64);
      for (int k = 0; k < rank; k++) {
        double[] column = columns.get(k);
        for (int i = from; i < to; i++) {
          factor[i * rank + k] = column[i];
        }
      }
    }
    return factor;
  }

  private static void requireFinite(double value, int row, int column) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "Matrix element in row "
              + row
              + ", column "
              + column
              + " (counted from 0) is "
              + value
              + ", expected a finite number.");
    }
  }

  /** Number of pivots, the columns of {@link #factor()}. */
  public int rank() {
    return pivots.length;
  }

  /** The pivot items in the order they were taken; length rank. Not copied. */
  public int[] pivots() {
    return pivots;
  }

  /**
   * L, n × rank, row-major, rows in the order of the items: item i's elements are [i·rank,
   * (i+1)·rank). The pivots' rows, in their order, form a lower triangular matrix. Not copied.
   */
  public double[] factor() {
    return factor;
  }

  /** Largest diagonal element of G − L·Lᵀ, at least 0. */
  public double residual() {
    return residual;
  }

  /**
   * The most negative diagonal element of G − L·Lᵀ, or 0 if none is negative. One well below
   * −n·2⁻⁵²·max Gᵢᵢ proves that G is not positive semi-definite. The reverse does not hold: what no
   * pivot touches is not seen ({@link SymmetricEigen} sees everything).
   */
  public double mostNegativeDiagonal() {
    return mostNegativeDiagonal;
  }

  /**
   * Embeds an item by its similarities to the pivots: finds x with ⟨x, row of pivot k⟩ = g[k] for
   * all k, by forward substitution. For an item of G that is its row of {@link #factor()}, up to
   * rounding. Cost rank²/2 multiplications.
   *
   * @param g similarities to the pivots, in the order of {@link #pivots()}; length rank
   * @param out receives x; length rank; may be g itself
   * @throws IllegalArgumentException if a length is not the rank
   */
  public void solve(double[] g, double[] out) {
    int rank = pivots.length;
    if (g.length != rank || out.length != rank) {
      throw new IllegalArgumentException(
          "Similarities have length "
              + g.length
              + " and the output has length "
              + out.length
              + ", expected the rank "
              + rank
              + " for both.");
    }
    Kernels kernels = Kernels.active();
    for (int k = 0; k < rank; k++) {
      int row = pivots[k] * rank;
      out[k] = (g[k] - kernels.dot(factor, row, out, 0, k)) / factor[row + k];
    }
  }
}
