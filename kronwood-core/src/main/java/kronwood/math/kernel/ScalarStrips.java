package kronwood.math.kernel;

import java.util.Arrays;

/** Sums of strips for the neurons of a panel in plain Java; see {@link ScalarKernels}. */
final class ScalarStrips {
  private static final int PANEL = Kernels.PANEL;
  private static final int STRIP = Kernels.STRIP;

  private ScalarStrips() {}

  static void sum(
      float[] rows,
      int shift,
      int[] at,
      float[] coefficients,
      int[] bounds,
      int first,
      int next,
      int count,
      boolean add,
      float[] sums) {
    for (int lane = 0; lane < PANEL; lane++) {
      int target = lane * STRIP;
      if (!add) {
        Arrays.fill(sums, target, target + count, 0);
      }
      for (int k = bounds[first + lane]; k < bounds[next + lane]; k++) {
        float factor = coefficients[k];
        int p = at[k] + shift;
        for (int i = 0; i < count; i++) {
          sums[target + i] += factor * rows[p + i];
        }
      }
    }
  }

  static void addTurned(float[] sums, int count, float[] out, int outOffset, int outStride) {
    for (int i = 0; i < count; i++) {
      for (int lane = 0; lane < PANEL; lane++) {
        out[outOffset + i * outStride + lane] += sums[lane * STRIP + i];
      }
    }
  }

  static void sum(
      double[] rows,
      int shift,
      int[] at,
      double[] coefficients,
      int[] bounds,
      int first,
      int next,
      int count,
      boolean add,
      double[] sums) {
    for (int lane = 0; lane < PANEL; lane++) {
      int target = lane * STRIP;
      if (!add) {
        Arrays.fill(sums, target, target + count, 0);
      }
      for (int k = bounds[first + lane]; k < bounds[next + lane]; k++) {
        double factor = coefficients[k];
        int p = at[k] + shift;
        for (int i = 0; i < count; i++) {
          sums[target + i] += factor * rows[p + i];
        }
      }
    }
  }

  static void addTurned(double[] sums, int count, double[] out, int outOffset, int outStride) {
    for (int i = 0; i < count; i++) {
      for (int lane = 0; lane < PANEL; lane++) {
        out[outOffset + i * outStride + lane] += sums[lane * STRIP + i];
      }
    }
  }
}
