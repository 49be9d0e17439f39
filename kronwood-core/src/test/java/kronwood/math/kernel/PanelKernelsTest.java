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

/**
 * Products with panels, bit by bit: their sums have a documented order, in which the scalar
 * implementation multiplies and adds, and the vector one fuses both.
 */
class PanelKernelsTest {
  private static final long SEED = 20260102;
  private static final int PANEL = Kernels.PANEL;
  private static final int[] COLUMNS = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 1009, 4097
  };

  /** Whether a path rounds products before it adds them. */
  static boolean fuses(KernelsTest.Path path) {
    return path == KernelsTest.Path.VECTOR && VectorFloatPanels.fits() && VectorDoublePanels.fits();
  }

  static Stream<Arguments> pathsAndColumns() {
    return Arrays.stream(KernelsTest.Path.values())
        .flatMap(path -> IntStream.of(COLUMNS).mapToObj(columns -> Arguments.of(path, columns)));
  }

  /** Rows at odd places, of which [first, last) are multiplied. */
  private record Shape(int columns, int first, int last, int[] rowOffsets, int[] outOffsets) {
    static final int ROWS = 11;

    static Shape of(int columns, Random random) {
      int[] rowOffsets = new int[ROWS];
      int[] outOffsets = new int[ROWS];
      int[] places = {4, 9, 0, 6, 2, 8, 1, 10, 3, 7, 5};
      for (int s = 0; s < ROWS; s++) {
        rowOffsets[s] = random.nextInt(ROWS) * (columns + 1) + 3;
        outOffsets[s] = places[s] * (PANEL + 5) + 2;
      }
      int first = random.nextInt(ROWS + 1);
      int last = first + random.nextInt(ROWS - first + 1);
      return new Shape(columns, first, last, rowOffsets, outOffsets);
    }

    int rows() {
      return ROWS * (columns + 1) + 5;
    }

    int out() {
      return ROWS * (PANEL + 5) + 4;
    }
  }

  private static final int ROW_SHIFT = 1;
  private static final int PANEL_OFFSET = 7;
  private static final int OUT_SHIFT = 1;

  @ParameterizedTest
  @EnumSource
  void agreeWithHandComputedAnswers(KernelsTest.Path path) {
    Kernels kernels = path.kernels();
    // Two columns of a panel: 1, 2, …, 16 and 100, 200, …, 1600.
    float[] panel = new float[2 * PANEL];
    double[] doubles = new double[2 * PANEL];
    for (int lane = 0; lane < PANEL; lane++) {
      panel[lane] = lane + 1;
      panel[PANEL + lane] = 100 * (lane + 1);
      doubles[lane] = panel[lane];
      doubles[PANEL + lane] = panel[PANEL + lane];
    }
    int[] rowOffsets = {2, 0};
    int[] outOffsets = {PANEL, 0};
    float[] out = new float[2 * PANEL];
    kernels.timesPanel(
        new float[] {1, 2, 3, 4}, rowOffsets, 0, panel, 0, 2, out, outOffsets, 0, 0, 2, false);
    double[] outDoubles = new double[2 * PANEL];
    kernels.timesPanel(
        new double[] {1, 2, 3, 4},
        rowOffsets,
        0,
        doubles,
        0,
        2,
        outDoubles,
        outOffsets,
        0,
        0,
        2,
        false);
    for (int lane = 0; lane < PANEL; lane++) {
      assertEquals(201 * (lane + 1), out[lane]);
      assertEquals(403 * (lane + 1), out[PANEL + lane]);
      assertEquals(201 * (lane + 1), outDoubles[lane]);
      assertEquals(403 * (lane + 1), outDoubles[PANEL + lane]);
    }
    // Elements 1 and 0 of each row, added.
    int[] at = {1, 0};
    kernels.addTimesPanel(
        new double[] {1, 2, 3, 4}, rowOffsets, at, doubles, 2, outDoubles, outOffsets, 0, 0, 2);
    for (int lane = 0; lane < PANEL; lane++) {
      assertEquals((201 + 102) * (lane + 1), outDoubles[lane]);
      assertEquals((403 + 304) * (lane + 1), outDoubles[PANEL + lane]);
    }
  }

  static float sum(
      boolean fuses, float[] rows, int row, float[] panel, int offset, int columns, int lane) {
    float[] sums = new float[2];
    for (int c = 0; c < columns; c++) {
      float factor = panel[offset + c * PANEL + lane];
      sums[c & 1] =
          fuses
              ? Math.fma(rows[row + c], factor, sums[c & 1])
              : sums[c & 1] + rows[row + c] * factor;
    }
    return sums[0] + sums[1];
  }

  static double sum(
      boolean fuses, double[] rows, int row, double[] panel, int offset, int columns, int lane) {
    double[] sums = new double[2];
    for (int c = 0; c < columns; c++) {
      double factor = panel[offset + c * PANEL + lane];
      sums[c & 1] =
          fuses
              ? Math.fma(rows[row + c], factor, sums[c & 1])
              : sums[c & 1] + rows[row + c] * factor;
    }
    return sums[0] + sums[1];
  }

  @ParameterizedTest
  @MethodSource("pathsAndColumns")
  void timesPanelHasTheDocumentedBits(KernelsTest.Path path, int columns) {
    Random random = new Random(SEED + columns);
    Kernels kernels = path.kernels();
    boolean fuses = fuses(path);
    for (int repeat = 0; repeat < 8; repeat++) {
      boolean add = repeat % 2 == 0;
      Shape shape = Shape.of(columns, random);
      float[] rows = KernelsTest.toFloat(KernelsTest.random(random, shape.rows()));
      float[] panel =
          KernelsTest.toFloat(KernelsTest.random(random, PANEL_OFFSET + columns * PANEL));
      float[] out = KernelsTest.toFloat(KernelsTest.random(random, shape.out()));
      float[] expected = out.clone();
      for (int s = shape.first; s < shape.last; s++) {
        for (int lane = 0; lane < PANEL; lane++) {
          int row = shape.rowOffsets[s] + ROW_SHIFT;
          int target = shape.outOffsets[s] + OUT_SHIFT + lane;
          float sum = sum(fuses, rows, row, panel, PANEL_OFFSET, columns, lane);
          expected[target] = add ? expected[target] + sum : sum;
        }
      }
      kernels.timesPanel(
          rows,
          shape.rowOffsets,
          ROW_SHIFT,
          panel,
          PANEL_OFFSET,
          columns,
          out,
          shape.outOffsets,
          OUT_SHIFT,
          shape.first,
          shape.last,
          add);
      assertArrayEquals(expected, out, message(columns));
    }
  }

  @ParameterizedTest
  @MethodSource("pathsAndColumns")
  void timesPanelInDoublePrecisionHasTheDocumentedBits(KernelsTest.Path path, int columns) {
    Random random = new Random(SEED + columns);
    Kernels kernels = path.kernels();
    boolean fuses = fuses(path);
    for (int repeat = 0; repeat < 8; repeat++) {
      boolean add = repeat % 2 == 0;
      Shape shape = Shape.of(columns, random);
      double[] rows = KernelsTest.random(random, shape.rows());
      double[] panel = KernelsTest.random(random, PANEL_OFFSET + columns * PANEL);
      double[] out = KernelsTest.random(random, shape.out());
      double[] expected = out.clone();
      for (int s = shape.first; s < shape.last; s++) {
        for (int lane = 0; lane < PANEL; lane++) {
          int row = shape.rowOffsets[s] + ROW_SHIFT;
          int target = shape.outOffsets[s] + OUT_SHIFT + lane;
          double sum = sum(fuses, rows, row, panel, PANEL_OFFSET, columns, lane);
          expected[target] = add ? expected[target] + sum : sum;
        }
      }
      kernels.timesPanel(
          rows,
          shape.rowOffsets,
          ROW_SHIFT,
          panel,
          PANEL_OFFSET,
          columns,
          out,
          shape.outOffsets,
          OUT_SHIFT,
          shape.first,
          shape.last,
          add);
      assertArrayEquals(expected, out, message(columns));
    }
  }

  /** Selected elements of a row, some of them more than once. */
  private static int[] selection(int columns, Random random) {
    int[] at = new int[columns + 1];
    Arrays.setAll(at, c -> columns == 0 ? 0 : random.nextInt(columns));
    return at;
  }

  @ParameterizedTest
  @MethodSource("pathsAndColumns")
  void addTimesPanelHasTheDocumentedBits(KernelsTest.Path path, int columns) {
    Random random = new Random(SEED + columns);
    Kernels kernels = path.kernels();
    boolean fuses = fuses(path);
    for (int repeat = 0; repeat < 4; repeat++) {
      Shape shape = Shape.of(columns, random);
      int[] at = selection(columns, random);
      double[] rows = KernelsTest.random(random, shape.rows());
      double[] panel = KernelsTest.random(random, columns * PANEL);
      double[] out = KernelsTest.random(random, shape.out());
      double[] expected = out.clone();
      double[] row = new double[columns];
      for (int s = shape.first; s < shape.last; s++) {
        for (int c = 0; c < columns; c++) {
          row[c] = rows[shape.rowOffsets[s] + at[c]];
        }
        for (int lane = 0; lane < PANEL; lane++) {
          int target = shape.outOffsets[s] + OUT_SHIFT + lane;
          expected[target] += sum(fuses, row, 0, panel, 0, columns, lane);
        }
      }
      kernels.addTimesPanel(
          rows,
          shape.rowOffsets,
          at,
          panel,
          columns,
          out,
          shape.outOffsets,
          OUT_SHIFT,
          shape.first,
          shape.last);
      assertArrayEquals(expected, out, message(columns));
    }
  }

  /** Rows are taken four at a time: whichever three come along, the fourth is the same. */
  @ParameterizedTest
  @EnumSource
  void noBitDependsOnTheOtherRowsNorOnTheLane(KernelsTest.Path path) {
    Random random = new Random(SEED);
    Kernels kernels = path.kernels();
    int columns = 37;
    float[] rows = KernelsTest.toFloat(KernelsTest.random(random, 9 * columns));
    float[] panel = new float[columns * PANEL];
    for (int c = 0; c < columns; c++) {
      Arrays.fill(panel, c * PANEL, (c + 1) * PANEL, (float) random.nextGaussian());
    }
    int[] rowOffsets = new int[9];
    int[] outOffsets = new int[9];
    Arrays.setAll(rowOffsets, s -> s * columns);
    Arrays.setAll(outOffsets, s -> s * PANEL);
    float[] together = new float[9 * PANEL];
    kernels.timesPanel(
        rows, rowOffsets, 0, panel, 0, columns, together, outOffsets, 0, 0, 9, false);
    for (int first = 0; first < 9; first++) {
      for (int last = first; last <= 9; last++) {
        float[] part = new float[9 * PANEL];
        kernels.timesPanel(
            rows, rowOffsets, 0, panel, 0, columns, part, outOffsets, 0, first, last, false);
        for (int i = 0; i < part.length; i++) {
          boolean inside = i >= first * PANEL && i < last * PANEL;
          assertEquals(inside ? together[i] : 0, part[i], message(columns));
        }
      }
      for (int lane = 1; lane < PANEL; lane++) {
        assertEquals(together[first * PANEL], together[first * PANEL + lane], message(columns));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatDoesNotFitIntoThePanelIsRefused(KernelsTest.Path path) {
    Kernels kernels = path.kernels();
    int[] one = {0};
    float[] small = new float[PANEL];
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> kernels.timesPanel(small, one, 0, small, 0, 2, small, one, 0, 0, 1, false));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> kernels.timesPanel(small, one, 0, small, 0, 1, small, one, 1, 0, 1, true));
    assertThrows(
        IndexOutOfBoundsException.class,
        () ->
            kernels.addTimesPanel(
                new double[PANEL],
                one,
                new int[] {PANEL},
                new double[PANEL],
                1,
                new double[PANEL],
                one,
                0,
                0,
                1));
    int[] lists = new int[PANEL + 1];
    Arrays.fill(lists, 1, lists.length, 1);
    float[] sums = new float[PANEL * Kernels.STRIP];
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> kernels.sumStrips(small, PANEL, one, small, lists, 0, 1, 1, false, sums));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> kernels.addTurned(sums, sums.clone(), 2, small.clone(), 0, PANEL));
  }

  private static String message(int columns) {
    return "columns " + columns + ", seed " + SEED;
  }
}
