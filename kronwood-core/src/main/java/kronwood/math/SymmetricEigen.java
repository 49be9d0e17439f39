package kronwood.math;

/**
 * Eigen-decomposition A = Σᵢ λᵢ·qᵢ·qᵢᵀ of a real symmetric n×n matrix, with λ₀ ≤ λ₁ ≤ … and
 * orthonormal qᵢ.
 *
 * <p>Method: Householder reflections make A tridiagonal, implicitly shifted QL sweeps of plane
 * rotations make that diagonal (Golub and Van Loan, Matrix Computations, chapter 8). All passes
 * over n×n data run along rows, and rotations are collected and applied to panels of columns that
 * fit the cache.
 *
 * <p>Cost: about 10·n³ additions and multiplications; memory: one n×n array besides the input.
 * Accuracy: the result is exact for a matrix within a modest multiple of n·2⁻⁵³·‖A‖ of A. Hence an
 * eigenvalue is known to that absolute error; one much smaller than the largest has no correct
 * digits to promise, and a zero one may come out negative. The sign of a vector, and the basis of
 * the space of a repeated eigenvalue, are arbitrary.
 */
public final class SymmetricEigen {

  /** Largest |a_ij − a_ji| that passes as rounding, relative to the largest |a_ij|. */
  private static final double SYMMETRY_TOLERANCE = 1e-10;

  private final double[] values;
  private final double[] vectors;

  private SymmetricEigen(double[] values, double[] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * Decomposes a symmetric matrix, which is left as it is. Differences between a_ij and a_ji up to
   * 1e-10 of the largest element pass as rounding, and the mean of the two is taken.
   *
   * @param matrix row-major, n·n elements
   * @param n number of rows, at least 0
   * @throws IllegalArgumentException if the array has not n·n elements, if an element is not
   *     finite, or if the matrix is not symmetric
   * @throws ArithmeticException if the iteration does not converge (no matrix is known for which it
   *     does not)
   */
  public static SymmetricEigen of(double[] matrix, int n) {
    if (n < 0 || matrix.length != (long) n * n) {
      throw new IllegalArgumentException(
          "Matrix has " + matrix.length + " elements, expected n*n for n = " + n + ".");
    }
    double largest = largestMagnitude(matrix, n);
    // A power of two loses no digit, and keeps squares far from overflow and underflow.
    int exponent = largest == 0 ? 0 : Math.getExponent(largest);
    double[] vectors = scaledCopy(matrix, n, largest, -exponent);
    double[] values = new double[n];
    double[] offDiagonal = new double[n];
    Tridiagonal.reduce(vectors, n, values, offDiagonal);
    ImplicitQl.diagonalise(values, offDiagonal, vectors, n);
    sortAscending(values, vectors, n);
    for (int i = 0; i < n; i++) {
      values[i] = Math.scalb(values[i], exponent);
    }
    return new SymmetricEigen(values, vectors);
  }

  /** The n eigenvalues in ascending order. Not copied. */
  public double[] values() {
    return values;
  }

  /**
   * The n×n matrix whose row i, elements [i·n, (i+1)·n), is the unit eigenvector of {@code
   * values()[i]}. Not copied.
   */
  public double[] vectors() {
    return vectors;
  }

  private static double largestMagnitude(double[] matrix, int n) {
    double largest = 0;
    for (int k = 0; k < matrix.length; k++) {
      double a = matrix[k];
      if (!Double.isFinite(a)) {
        throw new IllegalArgumentException(
            "Matrix element in row "
                + k / n
                + ", column "
                + k % n
                + " (counted from 0) is "
                + a
                + ", expected a finite number.");
      }
      largest = Math.max(largest, Math.abs(a));
    }
    return largest;
  }

  /** The symmetric part of the matrix, times 2^exponent. */
  private static double[] scaledCopy(double[] matrix, int n, double largest, int exponent) {
    double[] copy = new double[matrix.length];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double lower = matrix[i * n + j];
        double upper = matrix[j * n + i];
        // Halves first: the difference of two huge numbers could overflow.
        if (Math.abs(lower / 2 - upper / 2) > SYMMETRY_TOLERANCE / 2 * largest) {
          throw new IllegalArgumentException(
              "Matrix is not symmetric: row "
                  + i
                  + ", column "
                  + j
                  + " (counted from 0) is "
                  + lower
                  + " but row "
                  + j
                  + ", column "
                  + i
                  + " is "
                  + upper
                  + "; make it symmetric first.");
        }
        double mean = Math.scalb(lower, exponent) / 2 + Math.scalb(upper, exponent) / 2;
        copy[i * n + j] = mean;
        copy[j * n + i] = mean;
      }
    }
    return copy;
  }

  /** Sorts the values and, with them, the rows of vectors. */
  private static void sortAscending(double[] values, double[] vectors, int n) {
    for (int i = 0; i < n - 1; i++) {
      int smallest = i;
      for (int j = i + 1; j < n; j++) {
        if (values[j] < values[smallest]) {
          smallest = j;
        }
      }
      if (smallest != i) {
        double value = values[i];
        values[i] = values[smallest];
        values[smallest] = value;
        swapRows(vectors, i * n, smallest * n, n);
      }
    }
  }

  private static void swapRows(double[] a, int p, int q, int n) {
    for (int j = 0; j < n; j++) {
      double t = a[p + j];
      a[p + j] = a[q + j];
      a[q + j] = t;
    }
  }
}
