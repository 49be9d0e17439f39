package kronwood.math.kernel;

import java.util.Arrays;

/** Products with panels in plain Java; see {@link ScalarKernels}. */
final class ScalarPanels {
  private static final int PANEL = Kernels.PANEL;

  private ScalarPanels() {}

  static void times(
      float[] rows,
      int[] rowOffsets,
      int rowShift,
      float[] panel,
      int panelOffset,
      int columns,
      float[] out,
      int[] outOffsets,
      int outShift,
      int first,
      int last,
      boolean add) {
    float[] even = new float[PANEL];
    float[] odd = new float[PANEL];
    for (int s = first; s < last; s++) {
      Arrays.fill(even, 0);
      Arrays.fill(odd, 0);
      int row = rowOffsets[s] + rowShift;
      for (int c = 0; c < columns; c++) {
        float factor = rows[row + c];
        float[] sum = (c & 1) == 0 ? even : odd;
        int p = panelOffset + c * PANEL;
        for (int lane = 0; lane < PANEL; lane++) {
          sum[lane] += factor * panel[p + lane];
        }
      }
      int target = outOffsets[s] + outShift;
      for (int lane = 0; lane < PANEL; lane++) {
        float sum = even[lane] + odd[lane];
        out[target + lane] = add ? out[target + lane] + sum : sum;
      }
    }
  }

  static void times(
      double[] rows,
      int[] rowOffsets,
      int rowShift,
      double[] panel,
      int panelOffset,
      int columns,
      double[] out,
      int[] outOffsets,
      int outShift,
      int first,
      int last,
      boolean add) {
    double[] even = new double[PANEL];
    double[] odd = new double[PANEL];
    for (int s = first; s < last; s++) {
      Arrays.fill(even, 0);
      Arrays.fill(odd, 0);
      int row = rowOffsets[s] + rowShift;
      for (int c = 0; c < columns; c++) {
        double factor = rows[row + c];
        double[] sum = (c & 1) == 0 ? even : odd;
        int p = panelOffset + c * PANEL;
        for (int lane = 0; lane < PANEL; lane++) {
          sum[lane] += factor * panel[p + lane];
        }
      }
      int target = outOffsets[s] + outShift;
      for (int lane = 0; lane < PANEL; lane++) {
        double sum = even[lane] + odd[lane];
        out[target + lane] = add ? out[target + lane] + sum : sum;
      }
    }
  }

  static void addTimes(
      double[] rows,
      int[] rowOffsets,
      int[] at,
      double[] panel,
      int columns,
      double[] out,
      int[] outOffsets,
      int outShift,
      int first,
      int last) {
    double[] even = new double[PANEL];
    double[] odd = new double[PANEL];
    for (int s = first; s < last; s++) {
      Arrays.fill(even, 0);
      Arrays.fill(odd, 0);
      for (int c = 0; c < columns; c++) {
        double factor = rows[rowOffsets[s] + at[c]];
        double[] sum = (c & 1) == 0 ? even : odd;
        for (int lane = 0; lane < PANEL; lane++) {
          sum[lane] += factor * panel[c * PANEL + lane];
        }
      }
      int target = outOffsets[s] + outShift;
      for (int lane = 0; lane < PANEL; lane++) {
        out[target + lane] += even[lane] + odd[lane];
      }
    }
  }
}
