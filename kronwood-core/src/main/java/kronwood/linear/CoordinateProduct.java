package kronwood.linear;

import java.util.Arrays;
import kronwood.math.Parallel;
import kronwood.math.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * The vec trick with the inner group of modes in coordinates v of rank r_i, and the outer one
 * either in coordinates u of rank r_o or through its Gram matrix:
 *
 * <pre>
 *   T[o] = Σ_{q : o_q = o} x_q · v_{i_q}
 *   Z[o'] = Σ_o G_o[o', o] · T[o]     or     S = Σ_o u_o ⊗ T[o],  Z[o'] = u_o'ᵀ S
 *   y_p = ⟨Z[o_p], v_{i_p}⟩
 * </pre>
 *
 * <p>Cost with n columns and n' rows: {@code (n + n') · r_i}, and {@code n_o · n_o' · r_i} or
 * {@code (n_o + n_o') · r_o · r_i}. Memory: the coordinates, and the Gram matrix and T, or twice
 * the outer coordinates and S.
 */
final class CoordinateProduct implements Product {
  /** Numbers of T that are held at a time where S is summed. */
  private static final int BLOCK = 1 << 18;

  private final Kernels kernels = Kernels.active();
  private final Parallel parallel;
  private final Axis outer;
  private final Axis inner;
  private final int innerRank;
  private final int outerRank;
  private final double[] innerTo;
  private final double[] innerFrom;

  /** One row for each outer entity of the rows: its Gram row, or its coordinates. */
  private final double[] outerTo;

  /** Row c holds coordinate c of the outer entities of the columns; null with a Gram matrix. */
  private final double @Nullable [] outerFromTransposed;

  CoordinateProduct(Axis outer, Axis inner, boolean outerGram, Parallel parallel) {
    this.parallel = parallel;
    this.outer = outer;
    this.inner = inner;
    this.innerRank = (int) inner.rank();
    this.outerRank = outerGram ? outer.from().count() : (int) outer.rank();
    this.innerTo = inner.coordinatesTo();
    this.innerFrom = inner.coordinatesFrom();
    this.outerTo = outerGram ? outer.gramByTo(parallel) : outer.coordinatesTo();
    this.outerFromTransposed =
        outerGram
            ? null
            : transposed(outer.coordinatesFrom(), outer.from().count(), outerRank, parallel);
  }

  static double cost(Axis outer, Axis inner, boolean outerGram) {
    double n = inner.from().size() + (double) inner.to().size();
    double rank = inner.rank();
    double middle =
        outerGram
            ? outer.gramSize()
            : outer.rank() * (outer.from().count() + (double) outer.to().count());
    return n * Cost.call(rank, rank * inner.to().count()) + middle * rank;
  }

  static double bytes(Axis outer, Axis inner, boolean outerGram) {
    double innerTo = inner.to().count() * inner.rank();
    double innerFrom = inner.from().count() * inner.rank();
    double middle =
        outerGram
            ? Cost.arrays(outer.gramSize(), outer.from().count() * inner.rank())
            : Cost.arrays(
                outer.to().count() * outer.rank(),
                outer.from().count() * outer.rank(),
                outer.from().count() * outer.rank(),
                outer.rank() * inner.rank());
    return Cost.arrays(innerTo, innerFrom) + middle;
  }

  private static double[] transposed(double[] rows, int count, int columns, Parallel parallel) {
    double[] transposed = new double[rows.length];
    parallel.forRange(
        columns,
        Product.grain(Cost.INDEXED * count),
        (start, end, worker) -> {
          for (int r = 0; r < count; r++) {
            for (int c = start; c < end; c++) {
              transposed[c * count + r] = rows[r * columns + c];
            }
          }
        });
    return transposed;
  }

  @Override
  public void times(double[] x, double[] y) {
    double[] middle = outerFromTransposed == null ? sums(x) : outerSum(x, outerFromTransposed);
    double[][] scratch = new double[parallel.threads()][innerRank];
    Numbering rows = outer.to();
    double perEntity = (double) rows.size() / rows.count();
    parallel.forRange(
        rows.count(),
        Product.grain((outerRank + perEntity) * innerRank),
        (start, end, worker) -> {
          double[] z = scratch[worker];
          for (int o = start; o < end; o++) {
            Product.timesRows(kernels, outerTo, o * outerRank, middle, outerRank, innerRank, z, 0);
            for (int g = rows.groupStart(o); g < rows.groupStart(o + 1); g++) {
              int p = rows.position(g);
              y[p] = kernels.dot(z, 0, innerTo, inner.to().entity(p) * innerRank, innerRank);
            }
          }
        });
  }

  /** T for all outer entities. */
  private double[] sums(double[] x) {
    double[] sums = new double[outer.from().count() * innerRank];
    addPairs(x, 0, outer.from().count(), sums);
    return sums;
  }

  /** S, from blocks of T. */
  private double[] outerSum(double[] x, double[] transposed) {
    int entities = outer.from().count();
    int block = Math.clamp(BLOCK / innerRank, 1, entities);
    double[] sums = new double[block * innerRank];
    double[] s = new double[outerRank * innerRank];
    double[][] scratch = new double[parallel.threads()][innerRank];
    for (int first = 0; first < entities; first += block) {
      int count = Math.min(block, entities - first);
      addPairs(x, first, count, sums);
      int offset = first;
      parallel.forRange(
          outerRank,
          Product.grain((double) count * innerRank),
          (start, end, worker) -> {
            for (int c = start; c < end; c++) {
              double[] part = scratch[worker];
              Product.timesRows(
                  kernels, transposed, c * entities + offset, sums, count, innerRank, part, 0);
              kernels.axpy(1, part, 0, s, c * innerRank, innerRank);
            }
          });
    }
    return s;
  }

  /** {@code sums[o − first] = T[o]} for so many outer entities from the first on. */
  private void addPairs(double[] x, int first, int count, double[] sums) {
    Numbering rows = outer.from();
    parallel.forRange(
        count,
        Product.grain((double) rows.size() / rows.count() * innerRank),
        (start, end, worker) -> {
          Arrays.fill(sums, start * innerRank, end * innerRank, 0);
          for (int o = start; o < end; o++) {
            int groupEnd = rows.groupStart(first + o + 1);
            for (int g = rows.groupStart(first + o); g < groupEnd; g++) {
              int q = rows.position(g);
              int row = inner.from().entity(q) * innerRank;
              kernels.axpy(x[q], innerFrom, row, sums, o * innerRank, innerRank);
            }
          }
        });
  }
}
