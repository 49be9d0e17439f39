package kronwood.math;

import java.util.Arrays;
import java.util.Random;
import kronwood.math.kernel.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * The largest eigenvalues of a real symmetric n×n matrix A and their vectors, λ₀ ≥ λ₁ ≥ … ≥
 * λ_{k−1}.
 *
 * <p>Method: block Lanczos. From random vectors grows an orthonormal basis of the Krylov space, 16
 * vectors at a time, each made orthogonal to all before; A in that basis is decomposed ({@link
 * SymmetricEigen}) until every wanted pair has {@code ‖A q − λ q‖ ≤ 1e-7 · max |λ|} (Golub and Van
 * Loan, Matrix Computations, chapter 10). Where k is not small against n, A itself is decomposed.
 *
 * <p>Cost: 2 · b · n² for a basis of b vectors, often some 4 k + 64, and b² · n besides; memory:
 * two arrays of b · n. The sign of a vector, and the basis of the space of a repeated eigenvalue,
 * are arbitrary, but the same each time; a value repeated more often than 16 times may be found
 * fewer times than it is there, in favour of the next smaller ones.
 */
public final class LeadingEigen {
  private static final int BLOCK = 16;
  private static final int ROWS_PER_TASK = 32;

  /** Of so many columns, the rows of a basis fit the second cache. */
  private static final int COLUMNS = 128;

  private static final double TOLERANCE = 1e-7;

  /** A direction this much shorter than it was holds nothing but rounding. */
  private static final double ROUNDING = 1e-10;

  /** Matrices up to this size are decomposed as they are. */
  private static final int SMALL = 256;

  private final double[] values;
  private final double[] vectors;

  private LeadingEigen(double[] values, double[] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * Decomposes a symmetric matrix, which is left as it is.
   *
   * @param matrix row-major, n·n elements
   * @param n number of rows
   * @param count how many pairs are wanted, k, at most n
   * @throws IllegalArgumentException if the array has not n·n elements, or count is out of range
   */
  public static LeadingEigen of(double[] matrix, int n, int count) {
    if (matrix.length != (long) n * n || count < 0 || count > n) {
      throw new IllegalArgumentException(
          "%d eigenvalues of a matrix of %d elements, expected at most n and n*n for n = %d."
              .formatted(count, matrix.length, n));
    }
    if (n <= SMALL || 8L * count > n) {
      return direct(matrix, n, count);
    }
    try (Parallel parallel = Parallel.of(Runtime.getRuntime().availableProcessors())) {
      return new Krylov(matrix, n, parallel).find(count);
    }
  }

  private static LeadingEigen direct(double[] matrix, int n, int count) {
    SymmetricEigen all = SymmetricEigen.of(matrix, n);
    double[] values = new double[count];
    double[] vectors = new double[count * n];
    for (int i = 0; i < count; i++) {
      values[i] = all.values()[n - 1 - i];
      System.arraycopy(all.vectors(), (n - 1 - i) * n, vectors, i * n, n);
    }
    return new LeadingEigen(values, vectors);
  }

  /** The k largest eigenvalues in descending order. Not copied. */
  public double[] values() {
    return values;
  }

  /**
   * The k×n matrix whose row i, elements [i·n, (i+1)·n), is the unit eigenvector of {@code
   * values()[i]}. Not copied.
   */
  public double[] vectors() {
    return vectors;
  }

  /** The basis as it grows. */
  private static final class Krylov {
    private final Kernels kernels = Kernels.active();
    private final double[] matrix;
    private final int n;
    private final Parallel parallel;
    private final Random random = new Random(17);

    /** Orthonormal rows, and A times each of those before the last block. */
    private double[] basis = new double[0];

    private double[] images = new double[0];
    private int size;

    Krylov(double[] matrix, int n, Parallel parallel) {
      this.matrix = matrix;
      this.n = n;
      this.parallel = parallel;
    }

    LeadingEigen find(int count) {
      double[] start = new double[BLOCK * n];
      Arrays.setAll(start, i -> random.nextGaussian());
      append(start);
      int next = Math.min(n, 3 * count + 2 * BLOCK);
      while (true) {
        int imaged = images.length / n;
        double[] block = image(imaged);
        images = concatenated(images, block);
        if (size >= next) {
          LeadingEigen found = ritz(count);
          if (found != null) {
            return found;
          }
          next = Math.min(n, next + Math.max(2 * BLOCK, count / 2));
        }
        if (size < n) {
          append(block);
        }
      }
    }

    /** A times the rows of the basis from one on. */
    private double[] image(int from) {
      int rows = size - from;
      double[] image = new double[rows * n];
      parallel.forRange(
          n,
          ROWS_PER_TASK,
          (first, last, worker) -> {
            for (int i = first; i < last; i++) {
              for (int r = 0; r < rows; r++) {
                image[r * n + i] = kernels.dot(matrix, i * n, basis, (from + r) * n, n);
              }
            }
          });
      return image;
    }

    /** Adds directions, as far as they are new; random ones where they are not. */
    private void append(double[] directions) {
      int rows = Math.min(directions.length / n, n - size);
      double[] block = Arrays.copyOf(directions, rows * n);
      // Twice, as once leaves rounding of what was taken away.
      for (int pass = 0; pass < 2; pass++) {
        double[] before = new double[rows];
        Arrays.setAll(before, r -> norm(block, r));
        project(block, rows);
        for (int r = 0; r < rows; r++) {
          while (!orthonormalise(block, r, before[r])) {
            for (int j = 0; j < n; j++) {
              block[r * n + j] = random.nextGaussian();
            }
            before[r] = norm(block, r);
          }
        }
      }
      basis = concatenated(basis, block);
      size += rows;
    }

    private double norm(double[] block, int row) {
      return Math.sqrt(kernels.dot(block, row * n, block, row * n, n));
    }

    /** Takes from a block what lies along the basis. */
    private void project(double[] block, int rows) {
      double[] along = new double[size * rows];
      parallel.forRange(
          size,
          BLOCK,
          (first, last, worker) -> {
            for (int p = first; p < last; p++) {
              for (int r = 0; r < rows; r++) {
                along[p * rows + r] = kernels.dot(basis, p * n, block, r * n, n);
              }
            }
          });
      parallel.forRange(
          n,
          COLUMNS,
          (first, last, worker) -> {
            for (int p = 0; p < size; p++) {
              for (int r = 0; r < rows; r++) {
                double weight = -along[p * rows + r];
                kernels.axpy(weight, basis, p * n + first, block, r * n + first, last - first);
              }
            }
          });
    }

    /** Takes from a row of a block what lies along those before; false if nothing is left. */
    private boolean orthonormalise(double[] block, int row, double before) {
      for (int r = 0; r < row; r++) {
        double along = kernels.dot(block, r * n, block, row * n, n);
        kernels.axpy(-along, block, r * n, block, row * n, n);
      }
      double after = norm(block, row);
      if (!(after > ROUNDING * before)) {
        return false;
      }
      for (int j = 0; j < n; j++) {
        block[row * n + j] /= after;
      }
      return true;
    }

    /** The pairs in the space of the basis, or null if they are not near enough. */
    private @Nullable LeadingEigen ritz(int count) {
      SymmetricEigen eigen = SymmetricEigen.of(projected(), size);
      double largest = Math.max(Math.abs(eigen.values()[0]), Math.abs(eigen.values()[size - 1]));
      double[] values = new double[count];
      double[] vectors = new double[count * n];
      double[][] squares = new double[Math.ceilDiv(n, COLUMNS)][count];
      parallel.forRange(
          n,
          COLUMNS,
          (first, last, worker) -> {
            double[] image = new double[last - first];
            for (int c = 0; c < count; c++) {
              int row = (size - 1 - c) * size;
              Arrays.fill(image, 0);
              for (int p = 0; p < size; p++) {
                double weight = eigen.vectors()[row + p];
                kernels.axpy(weight, basis, p * n + first, vectors, c * n + first, last - first);
                kernels.axpy(weight, images, p * n + first, image, 0, last - first);
              }
              double value = eigen.values()[size - 1 - c];
              kernels.axpy(-value, vectors, c * n + first, image, 0, last - first);
              squares[first / COLUMNS][c] = kernels.dot(image, 0, image, 0, last - first);
            }
          });
      double farthest = 0;
      for (int c = 0; c < count; c++) {
        values[c] = eigen.values()[size - 1 - c];
        double square = 0;
        for (double[] part : squares) {
          square += part[c];
        }
        farthest = Math.max(farthest, Math.sqrt(square));
      }
      boolean near = size == n || farthest <= TOLERANCE * largest;
      return near ? new LeadingEigen(values, vectors) : null;
    }

    /** A in the basis. */
    private double[] projected() {
      double[] projected = new double[size * size];
      parallel.forRange(
          size,
          BLOCK,
          (first, last, worker) -> {
            for (int j = 0; j < size; j++) {
              for (int i = first; i < last; i++) {
                projected[i * size + j] = kernels.dot(basis, i * n, images, j * n, n);
              }
            }
          });
      symmetrise(projected);
      return projected;
    }

    private void symmetrise(double[] projected) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < i; j++) {
          double mean = (projected[i * size + j] + projected[j * size + i]) / 2;
          projected[i * size + j] = mean;
          projected[j * size + i] = mean;
        }
      }
    }

    private static double[] concatenated(double[] a, double[] b) {
      double[] both = Arrays.copyOf(a, a.length + b.length);
      System.arraycopy(b, 0, both, a.length, b.length);
      return both;
    }
  }
}
