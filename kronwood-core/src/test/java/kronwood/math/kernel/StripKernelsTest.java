package kronwood.math.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums of strips against the same sums one number at a time, bit by bit. */
class StripKernelsTest {
  private static final long SEED = 20261201;
  private static final int PANEL = Kernels.PANEL;
  private static final int STRIP = Kernels.STRIP;

  static Stream<Arguments> pathsAndCounts() {
    return Stream.of(KernelsTest.Path.values())
        .flatMap(
            path ->
                Stream.of(1, 2, 3, 7, 15, 16, 17, 31, 33, 63, 64, 65, 96, 97, 127, 128)
                    .map(count -> Arguments.of(path, count)));
  }

  /** Two neurons fire: 2 · (1, 2, 3) − (4, 0, 1) = (−2, 4, 5), and 3 · (4, 0, 1). */
  @ParameterizedTest
  @EnumSource
  void sumsAreThoseComputedByHand(KernelsTest.Path path) {
    float[] rows = new float[2 * STRIP];
    System.arraycopy(new float[] {1, 2, 3}, 0, rows, 0, 3);
    System.arraycopy(new float[] {4, 0, 1}, 0, rows, STRIP, 3);
    int[] bounds = new int[2 * PANEL];
    for (int lane = 0; lane < PANEL; lane++) {
      bounds[lane] = lane == 0 ? 0 : lane < 6 ? 2 : 3;
      bounds[PANEL + lane] = lane < 5 ? 2 : 3;
    }
    float[] sums = new float[PANEL * STRIP];
    int[] at = {0, STRIP, STRIP};
    float[] coefficients = {2, -1, 3};
    path.kernels().sumStrips(rows, 0, at, coefficients, bounds, 0, PANEL, 3, false, sums);
    float[] out = new float[3 * PANEL];
    out[PANEL + 5] = 100;
    path.kernels().addTurned(sums, new float[PANEL * STRIP], 3, out, 0, PANEL);
    for (int lane = 0; lane < PANEL; lane++) {
      assertEquals(lane == 0 ? -2 : lane == 5 ? 12 : 0, out[lane]);
      assertEquals(lane == 0 ? 4 : lane == 5 ? 100 : 0, out[PANEL + lane]);
      assertEquals(lane == 0 ? 5 : lane == 5 ? 3 : 0, out[2 * PANEL + lane]);
    }
  }

  @ParameterizedTest
  @MethodSource("pathsAndCounts")
  void listsAreSummedInTheirOrderWhereverTheyAreCut(KernelsTest.Path path, int count) {
    Random random = new Random(SEED + count);
    Kernels kernels = path.kernels();
    boolean fuses = PanelKernelsTest.fuses(path);
    int rowCount = 9;
    int shift = 2 * STRIP;
    double[] rows = KernelsTest.random(random, shift + rowCount * STRIP);
    float[] floatRows = KernelsTest.toFloat(rows);
    int[] bounds = bounds(random);
    int entries = bounds[3 * PANEL - 1];
    int[] at = random.ints(entries, 0, rowCount).map(row -> row * STRIP).toArray();
    double[] coefficients = KernelsTest.random(random, entries);
    float[] floatCoefficients = KernelsTest.toFloat(coefficients);
    int stride = PANEL + 5;
    double[] out = KernelsTest.random(random, 3 + count * stride);
    float[] floatOut = KernelsTest.toFloat(out);
    double[] expected = out.clone();
    float[] floatExpected = floatOut.clone();
    for (int lane = 0; lane < PANEL; lane++) {
      for (int i = 0; i < count; i++) {
        double sum = 0;
        float floatSum = 0;
        for (int k = bounds[lane]; k < bounds[2 * PANEL + lane]; k++) {
          int p = at[k] + shift + i;
          sum = fuses ? Math.fma(coefficients[k], rows[p], sum) : sum + coefficients[k] * rows[p];
          floatSum =
              fuses
                  ? Math.fma(floatCoefficients[k], floatRows[p], floatSum)
                  : floatSum + floatCoefficients[k] * floatRows[p];
        }
        expected[3 + i * stride + lane] += sum;
        floatExpected[3 + i * stride + lane] += floatSum;
      }
    }
    double[] sums = KernelsTest.random(random, PANEL * STRIP);
    float[] floatSums = KernelsTest.toFloat(sums);
    for (int p = 0; p < 2; p++) {
      int first = p * PANEL;
      int next = first + PANEL;
      kernels.sumStrips(rows, shift, at, coefficients, bounds, first, next, count, p > 0, sums);
      kernels.sumStrips(
          floatRows, shift, at, floatCoefficients, bounds, first, next, count, p > 0, floatSums);
    }
    kernels.addTurned(sums, new double[PANEL * STRIP], count, out, 3, stride);
    kernels.addTurned(floatSums, new float[PANEL * STRIP], count, floatOut, 3, stride);
    assertArrayEquals(expected, out, "count " + count + ", seed " + SEED);
    assertArrayEquals(floatExpected, floatOut, "count " + count + ", seed " + SEED);
  }

  /** For each lane a list, some of them empty, cut in two pieces. */
  private static int[] bounds(Random random) {
    int[] bounds = new int[3 * PANEL];
    int next = 0;
    for (int lane = 0; lane < PANEL; lane++) {
      int length = lane % 4 == 1 ? 0 : random.nextInt(20);
      bounds[lane] = next;
      bounds[PANEL + lane] = next + random.nextInt(length + 1);
      bounds[2 * PANEL + lane] = next + length;
      next += length;
    }
    return bounds;
  }
}
