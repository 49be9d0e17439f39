package kronwood.math.kernel;

import java.util.Arrays;

/** Products with the parts of panels that are not 0 in plain Java; see {@link ScalarKernels}. */
final class ScalarParts {
  /** Neurons of a part. */
  static final int PART = 4;

  private ScalarParts() {}

  static void addTimes(
      float[] rows,
      int[] at,
      float[] parts,
      int begin,
      int middle,
      int end,
      float[] out,
      int outOffset,
      int outStride,
      int first,
      int last) {
    float[] even = new float[PART];
    float[] odd = new float[PART];
    for (int s = first; s < last; s++) {
      Arrays.fill(even, 0);
      Arrays.fill(odd, 0);
      for (int k = begin; k < end; k++) {
        float factor = rows[at[k] + s];
        float[] sum = k < middle ? even : odd;
        for (int lane = 0; lane < PART; lane++) {
          sum[lane] += factor * parts[k * PART + lane];
        }
      }
      int target = outOffset + s * outStride;
      for (int lane = 0; lane < PART; lane++) {
        out[target + lane] += even[lane] + odd[lane];
      }
    }
  }

  static void addTimes(
      double[] rows,
      int[] at,
      double[] parts,
      int begin,
      int middle,
      int end,
      double[] out,
      int outOffset,
      int outStride,
      int first,
      int last) {
    double[] even = new double[PART];
    double[] odd = new double[PART];
    for (int s = first; s < last; s++) {
      Arrays.fill(even, 0);
      Arrays.fill(odd, 0);
      for (int k = begin; k < end; k++) {
        double factor = rows[at[k] + s];
        double[] sum = k < middle ? even : odd;
        for (int lane = 0; lane < PART; lane++) {
          sum[lane] += factor * parts[k * PART + lane];
        }
      }
      int target = outOffset + s * outStride;
      for (int lane = 0; lane < PART; lane++) {
        out[target + lane] += even[lane] + odd[lane];
      }
    }
  }
}
