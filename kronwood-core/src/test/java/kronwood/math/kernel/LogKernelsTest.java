package kronwood.math.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels that read logs and look for candidates, bit by bit; see {@link PanelKernelsTest}. */
class LogKernelsTest {
  private static final long SEED = 20260103;
  private static final int[] SIZES = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 129, 255, 256, 257, 1009
  };

  static Stream<Arguments> pathsAndSizes() {
    return Arrays.stream(KernelsTest.Path.values())
        .flatMap(path -> IntStream.of(SIZES).mapToObj(n -> Arguments.of(path, n)));
  }

  private static boolean fuses(KernelsTest.Path path) {
    return path == KernelsTest.Path.VECTOR;
  }

  @ParameterizedTest
  @EnumSource
  void agreeWithHandComputedAnswers(KernelsTest.Path path) {
    Kernels kernels = path.kernels();
    float[] y = {10, 20, 30};
    kernels.axpy(2, new float[] {1, 2, 3}, 0, y, 0, 3);
    assertArrayEquals(new float[] {12, 24, 36}, y);
    // 10 times row 2 and 1 times row 0 of a 3 x 2 matrix.
    int[] selected = {2, 0};
    float[] out = {7, 7, 7};
    kernels.combineRows(
        new float[] {1, 2, 3, 4, 5, 6}, 2, selected, new float[] {10, 1}, 2, out, 1, 0, 2);
    assertArrayEquals(new float[] {7, 51, 62}, out);
    double[] doubles = {7, 7, 7};
    kernels.combineRows(
        new double[] {1, 2, 3, 4, 5, 6}, 2, selected, new double[] {10, 1}, 2, doubles, 1, 0, 2);
    assertArrayEquals(new double[] {7, 51, 62}, doubles);
    // 1 + 2·0, 0 + 2·1, 0.5 + 2·0.5, −4 + 2·2.75 against 1.
    int[] found = {9, 9, 9, 9, 9};
    int count =
        kernels.above(
            new float[] {1, 0, 0.5f, -4}, 0, new float[] {0, 1, 0.5f, 2.75f}, 2, 1, 0, 4, found, 1);
    assertEquals(4, count);
    assertArrayEquals(new int[] {9, 1, 2, 3, 9}, found);
  }

  @ParameterizedTest
  @MethodSource("pathsAndSizes")
  void floatAxpyAddsAMultipleAndNothingBeyondItsRange(KernelsTest.Path path, int n) {
    Random random = new Random(SEED + n);
    float[] x = KernelsTest.toFloat(KernelsTest.random(random, n + 5));
    float[] y = KernelsTest.toFloat(KernelsTest.random(random, n + 4));
    float[] expected = y.clone();
    for (int i = 0; i < n; i++) {
      expected[3 + i] =
          fuses(path) ? Math.fma(-1.7f, x[5 + i], y[3 + i]) : y[3 + i] + -1.7f * x[5 + i];
    }
    path.kernels().axpy(-1.7f, x, 5, y, 3, n);
    assertArrayEquals(expected, y, message(n));
  }

  @ParameterizedTest
  @MethodSource("pathsAndSizes")
  void floatAxpyMayReadWhatItWrites(KernelsTest.Path path, int n) {
    float[] y = KernelsTest.toFloat(KernelsTest.random(new Random(SEED + n), n + 2));
    float[] expected = y.clone();
    for (int i = 1; i <= n; i++) {
      // 1 + 2: exact but for one rounding, fused or not.
      expected[i] = 3 * expected[i];
    }
    path.kernels().axpy(2, y, 1, y, 1, n);
    assertArrayEquals(expected, y, message(n));
  }

  @ParameterizedTest
  @MethodSource("pathsAndSizes")
  void combineRowsHasTheDocumentedBitsWhereverTheRangeIsCut(KernelsTest.Path path, int n) {
    Random random = new Random(SEED + n);
    Kernels kernels = path.kernels();
    for (int count : new int[] {0, 1, 2, 3, 8, 13}) {
      double[] rows = KernelsTest.random(random, 6 * n);
      double[] coefficients = KernelsTest.random(random, count + 1);
      float[] floatRows = KernelsTest.toFloat(rows);
      float[] floatCoefficients = KernelsTest.toFloat(coefficients);
      int[] selected = random.ints(count + 2, 0, 6).toArray();
      double[] out = KernelsTest.random(random, n + 5);
      float[] floatOut = KernelsTest.toFloat(out);
      int from = n == 0 ? 0 : random.nextInt(n + 1);
      int to = from + random.nextInt(n - from + 1);
      double[] expected = out.clone();
      float[] floatExpected = floatOut.clone();
      for (int i = from; i < to; i++) {
        double[] sums = new double[2];
        float[] floatSums = new float[2];
        for (int e = 0; e < count; e++) {
          int p = selected[e] * n + i;
          if (fuses(path)) {
            sums[e & 1] = Math.fma(coefficients[e], rows[p], sums[e & 1]);
            floatSums[e & 1] = Math.fma(floatCoefficients[e], floatRows[p], floatSums[e & 1]);
          } else {
            sums[e & 1] += coefficients[e] * rows[p];
            floatSums[e & 1] += floatCoefficients[e] * floatRows[p];
          }
        }
        expected[3 + i] = sums[0] + sums[1];
        floatExpected[3 + i] = floatSums[0] + floatSums[1];
      }
      kernels.combineRows(rows, n, selected, coefficients, count, out, 3, from, to);
      kernels.combineRows(floatRows, n, selected, floatCoefficients, count, floatOut, 3, from, to);
      assertArrayEquals(expected, out, message(n));
      assertArrayEquals(floatExpected, floatOut, message(n));
    }
  }

  @ParameterizedTest
  @MethodSource("pathsAndSizes")
  void aboveFindsWhatIsAboveAndNothingElse(KernelsTest.Path path, int n) {
    Random random = new Random(SEED + n);
    float[] special = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, -0f, Float.MAX_VALUE, 0.75f
    };
    for (int repeat = 0; repeat < 8; repeat++) {
      float[] values = KernelsTest.toFloat(KernelsTest.random(random, n + 3));
      float[] bounds = KernelsTest.toFloat(KernelsTest.random(random, n + 1));
      for (int i = 0; i < n; i++) {
        if (random.nextInt(6) == 0) {
          values[3 + i] = special[random.nextInt(special.length)];
        }
        if (random.nextInt(6) == 0) {
          bounds[i] = special[random.nextInt(special.length)];
        }
      }
      float reach = repeat == 0 ? 0 : 2 * random.nextFloat();
      int from = n == 0 ? 0 : random.nextInt(n + 1);
      int to = from + random.nextInt(n - from + 1);
      int[] expected = new int[n + 4];
      Arrays.fill(expected, -7);
      int[] found = expected.clone();
      int count = 2;
      for (int i = from; i < to; i++) {
        float most =
            fuses(path)
                ? Math.fma(reach, bounds[i], values[3 + i])
                : values[3 + i] + reach * bounds[i];
        if (most > 0.75f) {
          expected[count++] = i;
        }
      }
      assertEquals(
          count, path.kernels().above(values, 3, bounds, reach, 0.75f, from, to, found, 2));
      assertArrayEquals(Arrays.copyOf(expected, count), Arrays.copyOf(found, count), message(n));
    }
  }

  @ParameterizedTest
  @MethodSource("pathsAndSizes")
  void magnitudesAreTakenAsIfTheSignsWereOff(KernelsTest.Path path, int n) {
    Random random = new Random(SEED + n);
    Kernels kernels = path.kernels();
    float[] values = KernelsTest.toFloat(KernelsTest.random(random, n + 3));
    float[] bounds = KernelsTest.toFloat(KernelsTest.random(random, n));
    float[] magnitudes = new float[n + 3];
    float largest = 0;
    for (int i = 0; i < n + 3; i++) {
      magnitudes[i] = Math.abs(values[i]);
      largest = i < 3 ? 0 : Math.max(largest, magnitudes[i]);
    }
    assertEquals(largest, kernels.largestMagnitude(values, 3, n), message(n));
    for (float reach : new float[] {0, 0.3f}) {
      int[] expected = new int[n + 1];
      int[] found = new int[n + 1];
      int count = kernels.above(magnitudes, 3, bounds, reach, 0.75f, n / 3, n, expected, 1);
      assertEquals(
          count, kernels.magnitudesAbove(values, 3, bounds, reach, 0.75f, n / 3, n, found, 1));
      assertArrayEquals(expected, found, message(n));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMagnitudeThatIsNoNumberIsToldSo(KernelsTest.Path path) {
    float[] values = new float[70];
    values[50] = Float.NaN;
    values[3] = -2;
    assertEquals(Float.NaN, path.kernels().largestMagnitude(values, 0, 70));
    assertEquals(2, path.kernels().largestMagnitude(values, 0, 50));
    assertEquals(
        1, path.kernels().magnitudesAbove(values, 0, new float[70], 1, 1, 0, 70, new int[70], 0));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoNumberIsNotAbove(KernelsTest.Path path) {
    float[] values = new float[70];
    Arrays.fill(values, Float.NaN);
    float[] none = new float[70];
    float[] infinite = new float[70];
    Arrays.fill(infinite, Float.POSITIVE_INFINITY);
    Kernels kernels = path.kernels();
    int[] found = new int[70];
    assertEquals(0, kernels.above(values, 0, none, 1, Float.NEGATIVE_INFINITY, 0, 70, found, 0));
    assertEquals(0, kernels.above(none, 0, values, 1, Float.NEGATIVE_INFINITY, 0, 70, found, 0));
    assertEquals(70, kernels.above(none, 0, infinite, 1, 1e30f, 0, 70, found, 0));
  }

  @ParameterizedTest
  @EnumSource
  void rangesOutsideTheArrayAreRefused(KernelsTest.Path path) {
    Kernels kernels = path.kernels();
    float[] small = new float[40];
    float[] large = new float[80];
    Class<IndexOutOfBoundsException> refused = IndexOutOfBoundsException.class;
    assertThrows(refused, () -> kernels.axpy(1f, large, 0, small, 1, 40));
    assertThrows(
        refused, () -> kernels.combineRows(small, 20, new int[] {2}, small, 1, large, 0, 0, 20));
    float[] high = new float[40];
    Arrays.fill(high, 2);
    assertThrows(refused, () -> kernels.above(high, 0, small, 1, 1, 0, 40, new int[39], 0));
    assertThrows(refused, () -> kernels.above(high, 1, small, 1, 1, 0, 40, new int[40], 0));
  }

  private static String message(int n) {
    return "size " + n + ", seed " + SEED;
  }
}
