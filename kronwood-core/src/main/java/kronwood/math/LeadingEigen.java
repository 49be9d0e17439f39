package kronwood.math;

import java.util.Arrays;
import java.util.Random;
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
      basis = Arrays.copyOf(basis, (size + rows) * n);
      for (int r = 0; r < rows; r++) {
        System.arraycopy(directions, r * n, basis, size * n, n);
        while (!orthonormalise(size)) {
          for (int j = 0; j < n; j++) {
            basis[size * n + j] = random.nextGaussian();
          }
        }
        size++;
      }
    }

    /** Takes from a row what lies along those before, twice, as once leaves rounding. */
    private boolean orthonormalise(int row) {
      int at = row * n;
      double before = Math.sqrt(kernels.dot(basis, at, basis, at, n));
      double[] along = new double[row];
      for (int pass = 0; pass < 2; pass++) {
        kernels.rowsTimes(basis, 0, row, n, basis, at, along, 0);
        for (int p = 0; p < row; p++) {
          kernels.axpy(-along[p], basis, p * n, basis, at, n);
        }
      }
      double after = Math.sqrt(kernels.dot(basis, at, basis, at, n));
      if (!(after > ROUNDING * before)) {
        return false;
      }
      for (int j = 0; j < n; j++) {
        basis[at + j] /= after;
      }
      return true;
    }

    /** The pairs in the space of the basis, or null if they are not near enough. */
    private @Nullable LeadingEigen ritz(int count) {
      double[] projected = new double[size * size];
      parallel.forRange(
          size,
          1,
          (first, last, worker) -> {
            for (int i = first; i < last; i++) {
              for (int j = 0; j < size; j++) {
                projected[i * size + j] = kernels.dot(basis, i * n, images, j * n, n);
              }
            }
          });
      symmetrise(projected);
      SymmetricEigen eigen = SymmetricEigen.of(projected, size);
      double largest = Math.max(Math.abs(eigen.values()[0]), Math.abs(eigen.values()[size - 1]));
      double[] values = new double[count];
      double[] vectors = new double[count * n];
      double[] residual = new double[count];
      parallel.forRange(
          count,
          1,
          (first, last, worker) -> {
            double[] image = new double[n];
            for (int c = first; c < last; c++) {
              int row = (size - 1 - c) * size;
              values[c] = eigen.values()[size - 1 - c];
              Arrays.fill(image, 0);
              for (int p = 0; p < size; p++) {
                double weight = eigen.vectors()[row + p];
                kernels.axpy(weight, basis, p * n, vectors, c * n, n);
                kernels.axpy(weight, images, p * n, image, 0, n);
              }
              kernels.axpy(-values[c], vectors, c * n, image, 0, n);
              residual[c] = Math.sqrt(kernels.dot(image, 0, image, 0, n));
            }
          });
      boolean near = size == n;
      near |= Arrays.stream(residual).max().orElse(0) <= TOLERANCE * largest;
      return near ? new LeadingEigen(values, vectors) : null;
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
