package kronwood.linear;

import java.util.Arrays;
import kronwood.math.Parallel;
import kronwood.math.kernel.Kernels;

/**
 * The generalised vec trick (Airola and Pahikkala, "Fast Kronecker product kernel methods via
 * generalized vec trick", IEEE Transactions on Neural Networks and Learning Systems 29, 2018), with
 * the modes in two groups, an inner one i and an outer one o:
 *
 * <pre>
 *   T[i', o] = Σ_{q : o_q = o} G_i[i', i_q] · x_q          y_p = Σ_o T[i_p, o] · G_o[o_p, o]
 * </pre>
 *
 * <p>Each of the two sums is taken either pair by pair or, where the pairs are a large part of the
 * grid, for the whole grid with the faster loop that a full matrix allows. With n columns, n' rows,
 * and n_i, n_o and n_i', n_o' entities in them, a product costs {@code min(n · n_i', n_i · n_o ·
 * n_i') + min(n' · n_o, n_i' · n_o · n_o')}. Memory: both Gram matrices, and one of the grid's
 * size.
 */
final class GramProduct implements Product {
  /** Columns of T that are taken out at a time. */
  private static final int COLUMNS = 16;

  private final Kernels kernels = Kernels.active();
  private final Parallel parallel;
  private final Axis outer;
  private final Axis inner;
  private final boolean wholeScatter;
  private final boolean wholeGather;
  private final double[] outerGram;
  private final double[] innerGram;
  private final double[] grid;

  GramProduct(
      Axis outer, Axis inner, boolean wholeScatter, boolean wholeGather, Parallel parallel) {
    this.parallel = parallel;
    this.outer = outer;
    this.inner = inner;
    this.wholeScatter = wholeScatter;
    this.wholeGather = wholeGather;
    this.outerGram = wholeGather ? outer.gramByFrom(parallel) : outer.gramByTo(parallel);
    this.innerGram = wholeScatter ? inner.gramByTo(parallel) : inner.gramByFrom(parallel);
    this.grid =
        new double
            [Math.multiplyExact(
                outer.from().count(), (wholeScatter ? inner.from() : inner.to()).count())];
  }

  /** Estimated cost of a product, in multiplications of the fastest loop. */
  static double cost(Axis outer, Axis inner, boolean wholeScatter, boolean wholeGather) {
    double n = inner.from().size();
    double innerTo = inner.to().count();
    double grid = (double) inner.from().count() * outer.from().count();
    double scatter =
        wholeScatter
            ? grid * innerTo + Cost.INDEXED * n
            : n * Cost.call(innerTo, inner.gramSize())
                + Cost.INDEXED * innerTo * outer.from().count();
    double gather =
        wholeGather
            ? innerTo * outer.gramSize() + Cost.INDEXED * outer.to().size()
            : outer.to().size() * Cost.call(outer.from().count(), outer.gramSize());
    return scatter + gather;
  }

  static double bytes(Axis outer, Axis inner, boolean wholeScatter) {
    double rows = (wholeScatter ? inner.from() : inner.to()).count();
    return Cost.arrays(outer.gramSize(), inner.gramSize(), rows * outer.from().count());
  }

  @Override
  public void times(double[] x, double[] y) {
    int columns = outer.from().count();
    int innerTo = inner.to().count();
    double perRow = columns + (double) inner.to().size() / innerTo * columns;
    double[][] row = new double[parallel.threads()][];
    double[][] whole = new double[parallel.threads()][];
    if (wholeScatter) {
      fillGrid(x);
      int innerFrom = inner.from().count();
      parallel.forRange(
          innerTo,
          Product.grain(perRow + (double) innerFrom * columns),
          (start, end, worker) -> {
            double[] t = scratch(row, worker, columns);
            for (int i = start; i < end; i++) {
              Product.timesRows(kernels, innerGram, i * innerFrom, grid, innerFrom, columns, t, 0);
              gather(i, t, 0, scratch(whole, worker, outer.to().count()), y);
            }
          });
    } else {
      addPairs(x);
      int pieces = (innerTo + COLUMNS - 1) / COLUMNS;
      parallel.forRange(
          pieces,
          Product.grain(COLUMNS * perRow),
          (start, end, worker) -> {
            double[] t = scratch(row, worker, COLUMNS * columns);
            for (int piece = start; piece < end; piece++) {
              int first = piece * COLUMNS;
              int count = Math.min(COLUMNS, innerTo - first);
              takeColumns(first, count, t);
              for (int c = 0; c < count; c++) {
                double[] z = scratch(whole, worker, outer.to().count());
                gather(first + c, t, c * columns, z, y);
              }
            }
          });
    }
  }

  private static double[] scratch(double[][] kept, int worker, int length) {
    if (kept[worker] == null) {
      kept[worker] = new double[length];
    }
    return kept[worker];
  }

  /** {@code grid[i, o] = Σ x_q} over the columns of that pair. */
  private void fillGrid(double[] x) {
    Numbering rows = inner.from();
    int width = outer.from().count();
    parallel.forRange(
        rows.count(),
        Product.grain(width + Cost.INDEXED * rows.size() / rows.count()),
        (start, end, worker) -> {
          Arrays.fill(grid, start * width, end * width, 0);
          for (int i = start; i < end; i++) {
            for (int g = rows.groupStart(i); g < rows.groupStart(i + 1); g++) {
              int q = rows.position(g);
              grid[i * width + outer.from().entity(q)] += x[q];
            }
          }
        });
  }

  /** {@code grid[o, i'] = T[i', o]}, pair by pair. */
  private void addPairs(double[] x) {
    Numbering rows = outer.from();
    int width = inner.to().count();
    parallel.forRange(
        rows.count(),
        Product.grain((double) rows.size() / rows.count() * width),
        (start, end, worker) -> {
          Arrays.fill(grid, start * width, end * width, 0);
          for (int o = start; o < end; o++) {
            for (int g = rows.groupStart(o); g < rows.groupStart(o + 1); g++) {
              int q = rows.position(g);
              int gramRow = inner.from().entity(q) * width;
              kernels.axpy(x[q], innerGram, gramRow, grid, o * width, width);
            }
          }
        });
  }

  private void takeColumns(int first, int count, double[] out) {
    int rows = outer.from().count();
    int width = inner.to().count();
    for (int o = 0; o < rows; o++) {
      for (int c = 0; c < count; c++) {
        out[c * rows + o] = grid[o * width + first + c];
      }
    }
  }

  /** Results of the rows whose inner entity is i, from row i of T. */
  private void gather(int i, double[] t, int offset, double[] whole, double[] y) {
    int length = outer.from().count();
    Numbering rows = inner.to();
    if (wholeGather) {
      int width = outer.to().count();
      Product.timesRows(kernels, t, offset, outerGram, length, width, whole, 0);
      for (int g = rows.groupStart(i); g < rows.groupStart(i + 1); g++) {
        int p = rows.position(g);
        y[p] = whole[outer.to().entity(p)];
      }
    } else {
      for (int g = rows.groupStart(i); g < rows.groupStart(i + 1); g++) {
        int p = rows.position(g);
        y[p] = kernels.dot(t, offset, outerGram, outer.to().entity(p) * length, length);
      }
    }
  }
}
