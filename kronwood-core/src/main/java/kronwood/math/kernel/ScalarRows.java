package kronwood.math.kernel;

/** Sums of rows in plain Java; see {@link ScalarKernels}. */
final class ScalarRows {
  private ScalarRows() {}

  static void combine(
      float[] rows,
      int rowLength,
      int[] selected,
      float[] coefficients,
      int count,
      float[] out,
      int outOffset,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      out[outOffset + i] = 0;
    }
    float[] odd = new float[Math.max(0, to - from)];
    for (int e = 0; e < count; e++) {
      float c = coefficients[e];
      int row = selected[e] * rowLength;
      if ((e & 1) == 0) {
        for (int i = from; i < to; i++) {
          out[outOffset + i] += c * rows[row + i];
        }
      } else {
        for (int i = from; i < to; i++) {
          odd[i - from] += c * rows[row + i];
        }
      }
    }
    for (int i = from; i < to; i++) {
      out[outOffset + i] += odd[i - from];
    }
  }

  static void combine(
      double[] rows,
      int rowLength,
      int[] selected,
      double[] coefficients,
      int count,
      double[] out,
      int outOffset,
      int from,
      int to) {
    for (int i = from; i < to; i++) {
      out[outOffset + i] = 0;
    }
    double[] odd = new double[Math.max(0, to - from)];
    for (int e = 0; e < count; e++) {
      double c = coefficients[e];
      int row = selected[e] * rowLength;
      if ((e & 1) == 0) {
        for (int i = from; i < to; i++) {
          out[outOffset + i] += c * rows[row + i];
        }
      } else {
        for (int i = from; i < to; i++) {
          odd[i - from] += c * rows[row + i];
        }
      }
    }
    for (int i = from; i < to; i++) {
      out[outOffset + i] += odd[i - from];
    }
  }
}
