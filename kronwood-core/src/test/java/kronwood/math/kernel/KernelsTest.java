package kronwood.math.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both implementations against naive loops; agreement with these is agreement with each other. */
class KernelsTest {

  private static final long SEED = 20260101;
  private static final double NOT_TOUCHED = 77.25;

  private static final int[] SIZES = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 31, 32, 33, 61, 63, 64, 65, 127, 129, 257, 1009,
    10007
  };

  enum Path {
    SCALAR,
    VECTOR;

    Kernels kernels() {
      assumeTrue(
          this == SCALAR || KernelProvider.modulePresent(),
          "vector kernels not tested: start with " + KernelProvider.MODULE_FLAG);
      return KernelProvider.select(this == SCALAR ? "scalar" : "vector");
    }
  }

  static Stream<Arguments> pathsAndSizes() {
    return Arrays.stream(Path.values())
        .flatMap(path -> IntStream.of(SIZES).mapToObj(n -> Arguments.of(path, n)));
  }

  /** Rows and columns of a matrix: blocks of rows ± 1 against vectors ± 1. */
  static Stream<Arguments> pathsAndShapes() {
    int[] rowCounts = {0, 1, 3, 4, 7, 8, 9, 16, 23};
    int[] columnCounts = {0, 1, 2, 3, 7, 8, 9, 31, 32, 33, 67, 131};
    return Arrays.stream(Path.values())
        .flatMap(
            path ->
                IntStream.of(rowCounts)
                    .boxed()
                    .flatMap(
                        rows ->
                            IntStream.of(columnCounts)
                                .mapToObj(columns -> Arguments.of(path, rows, columns))));
  }

  @ParameterizedTest
  @EnumSource
  void agreeWithHandComputedAnswers(Path path) {
    Kernels kernels = path.kernels();
    double[] a = {1, 2, 3};
    double[] b = {4, -5, 6};
    assertEquals(12, kernels.dot(a, 0, b, 0, 3));
    assertEquals(-7, kernels.dot(a, 1, b, 0, 2));
    assertEquals(12f, kernels.dot(new float[] {1, 2, 3}, 0, new float[] {4, -5, 6}, 0, 3));
    double[] y = {10, 20, 30};
    kernels.axpy(2, a, 0, y, 0, 3);
    assertArrayEquals(new double[] {12, 24, 36}, y);
    kernels.multiply(b, 0, y, 0, 3);
    assertArrayEquals(new double[] {48, -120, 216}, y);
    assertEquals(6, kernels.max(b, 0, 3));
    double[] rows = {1, 2, 3, 4, 5, 6};
    double[] out = new double[3];
    kernels.timesRows(new double[] {10, 100}, 0, rows, 0, 2, 3, out, 0);
    assertArrayEquals(new double[] {410, 520, 630}, out);
    kernels.rowsTimes(rows, 0, 2, 3, new double[] {1, 10, 100}, 0, out, 1);
    assertArrayEquals(new double[] {410, 321, 654}, out);
    // Two quarter turns: rows (1, 2), (3, 4), (5, 6) of a 3x2 matrix.
    double[] turned = {1, 2, 3, 4, 5, 6};
    kernels.rotateRows(new double[] {0, 0}, new double[] {1, 1}, 0, 2, turned, 2, 1, 0, 2);
    assertArrayEquals(new double[] {5, 6, 1, 2, 3, 4}, turned);
  }

  @ParameterizedTest
  @MethodSource("pathsAndSizes")
  void dotIsTheSumOfProducts(Path path, int n) {
    Random random = new Random(SEED + n);
    double[] a = random(random, n + 5);
    double[] b = random(random, n + 9);
    double expected = 0;
    double magnitude = 0;
    for (int i = 0; i < n; i++) {
      expected += a[3 + i] * b[7 + i];
      magnitude += Math.abs(a[3 + i] * b[7 + i]);
    }
    double tolerance = 2 * n * 0x1p-53 * magnitude;
    assertEquals(expected, path.kernels().dot(a, 3, b, 7, n), tolerance, message(n));
  }

  @ParameterizedTest
  @MethodSource("pathsAndSizes")
  void floatDotIsTheSumOfProducts(Path path, int n) {
    Random random = new Random(SEED + n);
    float[] a = toFloat(random(random, n + 5));
    float[] b = toFloat(random(random, n + 9));
    double expected = 0;
    double magnitude = 0;
    for (int i = 0; i < n; i++) {
      double product = (double) a[3 + i] * b[7 + i];
      expected += product;
      magnitude += Math.abs(product);
    }
    // The documented bound, with the eight partial sums of the scalar implementation.
    double tolerance = Math.min(n, n / 8.0 + 26) * 0x1p-24 * magnitude;
    assertEquals(expected, path.kernels().dot(a, 3, b, 7, n), tolerance, message(n));
  }

  @ParameterizedTest
  @MethodSource("pathsAndSizes")
  void axpyAddsAMultipleAndNothingBeyondItsRange(Path path, int n) {
    Random random = new Random(SEED + n);
    double[] x = random(random, n + 5);
    double[] y = random(random, n + 4);
    double[] result = y.clone();
    path.kernels().axpy(-1.7, x, 5, result, 3, n);
    for (int i = 0; i < y.length; i++) {
      boolean inside = i >= 3 && i < 3 + n;
      double product = inside ? -1.7 * x[5 + i - 3] : 0;
      double tolerance = inside ? 0x1p-51 * (Math.abs(product) + Math.abs(y[i])) : 0;
      assertEquals(y[i] + product, result[i], tolerance, message(n));
    }
  }

  @ParameterizedTest
  @MethodSource("pathsAndSizes")
  void multiplyIsExactAndTouchesNothingBeyondItsRange(Path path, int n) {
    Random random = new Random(SEED + n);
    double[] a = random(random, n + 5);
    double[] y = random(random, n + 4);
    double[] expected = y.clone();
    for (int i = 0; i < n; i++) {
      expected[3 + i] *= a[5 + i];
    }
    path.kernels().multiply(a, 5, y, 3, n);
    assertArrayEquals(expected, y, message(n));
  }

  @ParameterizedTest
  @MethodSource("pathsAndSizes")
  void axpyAndMultiplyMayReadWhatTheyWrite(Path path, int n) {
    double[] y = random(new Random(SEED + n), n + 2);
    double[] expected = y.clone();
    for (int i = 1; i <= n; i++) {
      expected[i] = expected[i] * 3 * (expected[i] * 3);
    }
    path.kernels().axpy(2, y, 1, y, 1, n);
    path.kernels().multiply(y, 1, y, 1, n);
    for (int i = 0; i < y.length; i++) {
      assertEquals(expected[i], y[i], 0x1p-50 * Math.abs(expected[i]), message(n));
    }
  }

  @ParameterizedTest
  @MethodSource("pathsAndSizes")
  void maxFindsTheLargestInEveryPlace(Path path, int n) {
    Kernels kernels = path.kernels();
    double[] a = new double[n + 4];
    Arrays.fill(a, 99);
    Arrays.fill(a, 2, 2 + n, -5);
    assertEquals(n == 0 ? Double.NEGATIVE_INFINITY : -5, kernels.max(a, 2, n));
    for (int i = 0; i < n; i += Math.max(1, n / 300)) {
      a[2 + i] = -4;
      assertEquals(-4, kernels.max(a, 2, n), message(n));
      a[2 + i] = Double.NaN;
      assertEquals(Double.NaN, kernels.max(a, 2, n), message(n));
      a[2 + i] = -5;
    }
  }

  @ParameterizedTest
  @EnumSource
  void maxPrefersPositiveZero(Path path) {
    for (int n : SIZES) {
      double[] a = new double[n];
      Arrays.fill(a, -0.0);
      if (n > 0) {
        assertEquals(-0.0, path.kernels().max(a, 0, n));
        a[n / 2] = 0.0;
        assertEquals(0.0, path.kernels().max(a, 0, n));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pathsAndShapes")
  void timesRowsIsARowVectorTimesAMatrix(Path path, int rowCount, int columns) {
    Random random = new Random(SEED + 1000L * rowCount + columns);
    double[] x = random(random, rowCount + 2);
    double[] rows = random(random, rowCount * columns + 3);
    double[] out = filled(columns + 2);
    path.kernels().timesRows(x, 2, rows, 3, rowCount, columns, out, 1);
    for (int c = 0; c < columns; c++) {
      double expected = 0;
      double magnitude = 0;
      for (int r = 0; r < rowCount; r++) {
        expected += x[2 + r] * rows[3 + r * columns + c];
        magnitude += Math.abs(x[2 + r] * rows[3 + r * columns + c]);
      }
      double tolerance = 2 * rowCount * 0x1p-53 * magnitude;
      assertEquals(expected, out[1 + c], tolerance, message(rowCount));
    }
    assertEquals(NOT_TOUCHED, out[0]);
    assertEquals(NOT_TOUCHED, out[columns + 1]);
  }

  @ParameterizedTest
  @MethodSource("pathsAndShapes")
  void rowsTimesHasTheBitsOfOneDotForEachRow(Path path, int rowCount, int columns) {
    Random random = new Random(SEED + 1000L * rowCount + columns);
    Kernels kernels = path.kernels();
    double[] x = random(random, columns + 2);
    double[] rows = random(random, rowCount * columns + 3);
    double[] out = filled(rowCount + 2);
    kernels.rowsTimes(rows, 3, rowCount, columns, x, 2, out, 1);
    for (int r = 0; r < rowCount; r++) {
      double expected = kernels.dot(rows, 3 + r * columns, x, 2, columns);
      assertEquals(expected, out[1 + r], message(rowCount));
    }
    assertEquals(NOT_TOUCHED, out[0]);
    assertEquals(NOT_TOUCHED, out[rowCount + 1]);
  }

  @ParameterizedTest
  @MethodSource("pathsAndShapes")
  void rotateRowsAppliesOneRotationAfterTheOther(Path path, int count, int columns) {
    Random random = new Random(SEED + 1000L * count + columns);
    double[] cosines = new double[count + 2];
    double[] sines = new double[count + 2];
    for (int k = 0; k < cosines.length; k++) {
      double angle = 6.3 * random.nextDouble();
      cosines[k] = Math.cos(angle);
      sines[k] = Math.sin(angle);
    }
    // Rows 1 … count+1 take part; row 0 and the last row do not, nor do the outer columns.
    double[] rows = random(random, (count + 3) * columns);
    int from = columns / 5;
    int to = columns - columns / 7;
    double[] expected = rows.clone();
    for (int k = 0; k < count; k++) {
      for (int j = from; j < to; j++) {
        int upper = (count - k) * columns + j;
        double x = expected[upper];
        double y = expected[upper + columns];
        expected[upper] = cosines[2 + k] * x - sines[2 + k] * y;
        expected[upper + columns] = sines[2 + k] * x + cosines[2 + k] * y;
      }
    }
    path.kernels().rotateRows(cosines, sines, 2, count, rows, columns, count, from, to);
    assertArrayEquals(expected, rows, 1e-14, message(count));
  }

  @ParameterizedTest
  @EnumSource
  void elementwiseResultsDoNotDependOnWhereARangeIsCut(Path path) {
    Random random = new Random(SEED);
    Kernels kernels = path.kernels();
    int n = 41;
    double[] x = random(random, n);
    double[] y = random(random, n);
    double[] rows = random(random, 12 * n);
    double[] whole = y.clone();
    kernels.axpy(0.3, x, 0, whole, 0, n);
    double[] turned = rows.clone();
    kernels.rotateRows(x, y, 0, 11, turned, n, 10, 0, n);
    for (int cut = 0; cut <= n; cut++) {
      double[] pieces = y.clone();
      kernels.axpy(0.3, x, 0, pieces, 0, cut);
      kernels.axpy(0.3, x, cut, pieces, cut, n - cut);
      assertArrayEquals(whole, pieces, message(cut));
      double[] turnedPieces = rows.clone();
      kernels.rotateRows(x, y, 0, 11, turnedPieces, n, 10, 0, cut);
      kernels.rotateRows(x, y, 0, 11, turnedPieces, n, 10, cut, n);
      assertArrayEquals(turned, turnedPieces, message(cut));
    }
  }

  @ParameterizedTest
  @EnumSource
  void timesRowsDoesNotDependOnTheOtherColumns(Path path) {
    Random random = new Random(SEED);
    Kernels kernels = path.kernels();
    int columns = 21;
    double[] x = random(random, 19);
    double[] rows = random(random, 19 * columns);
    double[] out = new double[columns];
    kernels.timesRows(x, 0, rows, 0, 19, columns, out, 0);
    double[] column = new double[19];
    double[] alone = new double[1];
    for (int c = 0; c < columns; c++) {
      for (int r = 0; r < 19; r++) {
        column[r] = rows[r * columns + c];
      }
      kernels.timesRows(x, 0, column, 0, 19, 1, alone, 0);
      assertEquals(alone[0], out[c], message(c));
    }
  }

  @ParameterizedTest
  @EnumSource
  void dotDoesNotDependOnTheOffsetsNorOnHowOftenItHasRun(Path path) {
    Random random = new Random(SEED);
    Kernels kernels = path.kernels();
    for (int n : new int[] {5, 21, 203, 1009}) {
      double[] a = random(random, n);
      double[] b = random(random, n);
      float[] af = toFloat(a);
      float[] bf = toFloat(b);
      double expected = kernels.dot(a, 0, b, 0, n);
      float expectedFloat = kernels.dot(af, 0, bf, 0, n);
      double[] shifted = new double[n + 17];
      for (int offset = 0; offset < 17; offset++) {
        System.arraycopy(a, 0, shifted, offset, n);
        assertEquals(expected, kernels.dot(shifted, offset, b, 0, n), message(n));
      }
      for (int repeat = 0; repeat < 20_000; repeat++) {
        double again = kernels.dot(a, 0, b, 0, n);
        float againFloat = kernels.dot(af, 0, bf, 0, n);
        if (again != expected || againFloat != expectedFloat) {
          assertEquals(expected, again, () -> "repeat after compilation, " + message(n));
          assertEquals(expectedFloat, againFloat, () -> "repeat, " + message(n));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void rangesOutsideTheArrayAreRefused(Path path) {
    Kernels kernels = path.kernels();
    double[] small = new double[40];
    double[] large = new double[80];
    Class<IndexOutOfBoundsException> refused = IndexOutOfBoundsException.class;
    assertThrows(refused, () -> kernels.dot(small, 0, large, 0, 41));
    assertThrows(refused, () -> kernels.axpy(1, large, 0, small, 1, 40));
    assertThrows(refused, () -> kernels.multiply(small, -1, large, 0, 40));
    assertThrows(refused, () -> kernels.max(small, 8, 33));
    assertThrows(refused, () -> kernels.timesRows(large, 0, small, 0, 5, 9, new double[9], 0));
    assertThrows(refused, () -> kernels.rowsTimes(small, 0, 5, 9, large, 0, new double[5], 0));
    assertTrue(kernels.description().length() > 6);
  }

  private static String message(int n) {
    return "size " + n + ", seed " + SEED;
  }

  private static double[] filled(int n) {
    double[] a = new double[n];
    Arrays.fill(a, NOT_TOUCHED);
    return a;
  }

  static double[] random(Random random, int n) {
    double[] a = new double[n];
    for (int i = 0; i < n; i++) {
      a[i] = random.nextGaussian();
    }
    return a;
  }

  static float[] toFloat(double[] a) {
    float[] f = new float[a.length];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) a[i];
    }
    return f;
  }
}
