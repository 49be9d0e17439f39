package kronwood.math.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products with what is not 0 in a panel, bit by bit those with all of it. */
class PartKernelsTest {
  private static final long SEED = 20260104;
  private static final int PANEL = Kernels.PANEL;

  /** Some 70 % of a panel's numbers, among them whole rows, are 0. */
  private static double[] sparsePanel(int columns, Random random) {
    double[] panel = new double[columns * PANEL];
    for (int c = 0; c < columns; c++) {
      boolean empty = random.nextInt(4) == 0;
      for (int lane = 0; lane < PANEL; lane++) {
        boolean zero = empty || random.nextInt(5) > 1;
        panel[c * PANEL + lane] = zero ? 0 : random.nextGaussian();
      }
    }
    return panel;
  }

  /**
   * The parts of a panel at one place that are not all 0, even rows first.
   *
   * @param size of the even ones, then of all
   */
  private static int[] partRows(double[] panel, int columns, int from, int part, int[] size) {
    int[] listed = new int[columns];
    for (int parity = 0; parity < 2; parity++) {
      for (int c = parity; c < columns; c += 2) {
        int at = c * PANEL + from;
        if (Arrays.stream(panel, at, at + part).anyMatch(number -> number != 0)) {
          listed[size[1]++] = c;
        }
      }
      size[parity] = size[1];
    }
    return Arrays.copyOf(listed, size[1]);
  }

  @ParameterizedTest
  @MethodSource("kronwood.math.kernel.PanelKernelsTest#pathsAndColumns")
  void addTimesPartsHasTheBitsOfTheWholePanel(KernelsTest.Path path, int columns) {
    Random random = new Random(SEED + columns);
    Kernels kernels = path.kernels();
    boolean fuses = PanelKernelsTest.fuses(path);
    int length = 14;
    int stride = PANEL + 3;
    for (int repeat = 0; repeat < 4; repeat++) {
      double[] panel = sparsePanel(columns, random);
      float[] floatPanel = KernelsTest.toFloat(panel);
      double[] rows = KernelsTest.random(random, (columns + 1) * length);
      float[] floatRows = KernelsTest.toFloat(rows);
      double[] out = KernelsTest.random(random, 2 + length * stride);
      float[] floatOut = KernelsTest.toFloat(out);
      double[] expected = out.clone();
      float[] floatExpected = floatOut.clone();
      int first = random.nextInt(length + 1);
      int last = first + random.nextInt(length - first + 1);
      double[] row = new double[columns];
      for (int s = first; s < last; s++) {
        for (int c = 0; c < columns; c++) {
          row[c] = rows[c * length + s];
        }
        float[] floatRow = KernelsTest.toFloat(row);
        for (int lane = 0; lane < PANEL; lane++) {
          int target = 2 + s * stride + lane;
          expected[target] += PanelKernelsTest.sum(fuses, row, 0, panel, 0, columns, lane);
          floatExpected[target] +=
              PanelKernelsTest.sum(fuses, floatRow, 0, floatPanel, 0, columns, lane);
        }
      }
      int part = kernels.partOfDoublePanel();
      for (int from = 0; from < PANEL; from += part) {
        int[] size = new int[2];
        int[] listed = partRows(panel, columns, from, part, size);
        double[] parts = new double[listed.length * part];
        int[] at = new int[listed.length];
        for (int k = 0; k < listed.length; k++) {
          at[k] = listed[k] * length;
          System.arraycopy(panel, listed[k] * PANEL + from, parts, k * part, part);
        }
        kernels.addTimesParts(
            rows, at, parts, 0, size[0], size[1], out, 2 + from, stride, first, last);
      }
      part = kernels.partOfFloatPanel();
      for (int from = 0; from < PANEL; from += part) {
        int[] size = new int[2];
        int[] listed = partRows(panel, columns, from, part, size);
        float[] parts = new float[listed.length * part];
        int[] at = new int[listed.length];
        for (int k = 0; k < listed.length; k++) {
          at[k] = listed[k] * length;
          System.arraycopy(floatPanel, listed[k] * PANEL + from, parts, k * part, part);
        }
        kernels.addTimesParts(
            floatRows, at, parts, 0, size[0], size[1], floatOut, 2 + from, stride, first, last);
      }
      assertArrayEquals(expected, out, "columns " + columns + ", seed " + SEED);
      assertArrayEquals(floatExpected, floatOut, "columns " + columns + ", seed " + SEED);
    }
  }
}
