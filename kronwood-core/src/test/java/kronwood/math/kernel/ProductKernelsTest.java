package kronwood.math.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of matrices, bit by bit. */
class ProductKernelsTest {
  private static final long SEED = 20260211;

  /** Rows, inner and columns: tiles, remainders of tiles, more than is taken at a time. */
  private static final int[][] SHAPES = {
    {0, 3, 16},
    {1, 0, 5},
    {1, 1, 1},
    {5, 2, 7},
    {6, 3, 16},
    {7, 33, 33},
    {13, 5, 47},
    {12, 300, 40},
    {3, 513, 17},
    {18, 7, 64}
  };

  static Stream<Arguments> pathsAndShapes() {
    return Stream.of(KernelsTest.Path.values())
        .flatMap(
            path -> IntStream.range(0, SHAPES.length).mapToObj(i -> Arguments.of(path, SHAPES[i])));
  }

  @ParameterizedTest
  @EnumSource
  void agreeWithAHandComputedAnswer(KernelsTest.Path path) {
    // (1 2 3; 4 5 6) · (1 0; 0 1; 2 2), and the same from a matrix that lies column by column.
    float[] b = {1, 0, 0, 1, 2, 2};
    float[] out = {9, 9, 9, 9, 9};
    path.kernels()
        .timesMatrix(new float[] {1, 2, 3, 4, 5, 6}, 0, 3, 1, b, 0, 2, out, 1, 2, 2, 3, 2, false);
    assertArrayEquals(new float[] {9, 7, 8, 16, 17}, out);
    path.kernels()
        .timesMatrix(new float[] {1, 4, 2, 5, 3, 6}, 0, 1, 2, b, 0, 2, out, 1, 2, 2, 3, 2, true);
    assertArrayEquals(new float[] {9, 14, 16, 32, 34}, out);
  }

  @ParameterizedTest
  @MethodSource("pathsAndShapes")
  void sumsAreMadeInAscendingOrderAndNothingElseIsWritten(KernelsTest.Path path, int[] shape) {
    int rows = shape[0];
    int inner = shape[1];
    int columns = shape[2];
    Random random = new Random(SEED + (long) rows * inner + columns);
    boolean fuses = path == KernelsTest.Path.VECTOR;
    for (boolean turned : new boolean[] {false, true}) {
      for (boolean add : new boolean[] {false, true}) {
        int aRow = turned ? 1 : inner + 2;
        int aColumn = turned ? rows + 1 : 1;
        int bStride = columns + random.nextInt(3);
        int outStride = columns + random.nextInt(3);
        double[] a = KernelsTest.random(random, 4 + (rows + 2) * (inner + 2));
        double[] b = KernelsTest.random(random, 2 + (inner + 1) * bStride);
        double[] out = KernelsTest.random(random, 5 + (rows + 1) * outStride);
        float[] floatA = KernelsTest.toFloat(a);
        float[] floatB = KernelsTest.toFloat(b);
        float[] floatOut = KernelsTest.toFloat(out);
        double[] expected = out.clone();
        float[] floatExpected = floatOut.clone();
        for (int i = 0; i < rows; i++) {
          for (int j = 0; j < columns; j++) {
            int to = 3 + i * outStride + j;
            double sum = add ? expected[to] : 0;
            float floatSum = add ? floatExpected[to] : 0;
            for (int k = 0; k < inner; k++) {
              int left = 2 + i * aRow + k * aColumn;
              int right = 1 + k * bStride + j;
              sum = fuses ? Math.fma(a[left], b[right], sum) : sum + a[left] * b[right];
              floatSum =
                  fuses
                      ? Math.fma(floatA[left], floatB[right], floatSum)
                      : floatSum + floatA[left] * floatB[right];
            }
            expected[to] = sum;
            floatExpected[to] = floatSum;
          }
        }
        Kernels kernels = path.kernels();
        kernels.timesMatrix(
            a, 2, aRow, aColumn, b, 1, bStride, out, 3, outStride, rows, inner, columns, add);
        kernels.timesMatrix(
            floatA, 2, aRow, aColumn, floatB, 1, bStride, floatOut, 3, outStride, rows, inner,
            columns, add);
        assertArrayEquals(expected, out, "seed " + SEED);
        assertArrayEquals(floatExpected, floatOut, "seed " + SEED);
      }
    }
  }
}
