package kronwood.math.kernel;

/** Products of matrices in plain Java; see {@link ScalarKernels}. */
final class ScalarProducts {
  private ScalarProducts() {}

  static void times(
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int bStride,
      float[] out,
      int outOffset,
      int outStride,
      int rows,
      int inner,
      int columns,
      boolean add) {
    for (int i = 0; i < rows; i++) {
      int to = outOffset + i * outStride;
      for (int j = 0; j < columns && !add; j++) {
        out[to + j] = 0;
      }
      for (int k = 0; k < inner; k++) {
        float factor = a[aOffset + i * aRow + k * aColumn];
        int row = bOffset + k * bStride;
        for (int j = 0; j < columns; j++) {
          out[to + j] += factor * b[row + j];
        }
      }
    }
  }

  static void times(
      double[] a,
      int aOffset,
      int aRow,
      int aColumn,
      double[] b,
      int bOffset,
      int bStride,
      double[] out,
      int outOffset,
      int outStride,
      int rows,
      int inner,
      int columns,
      boolean add) {
    for (int i = 0; i < rows; i++) {
      int to = outOffset + i * outStride;
      for (int j = 0; j < columns && !add; j++) {
        out[to + j] = 0;
      }
      for (int k = 0; k < inner; k++) {
        double factor = a[aOffset + i * aRow + k * aColumn];
        int row = bOffset + k * bStride;
        for (int j = 0; j < columns; j++) {
          out[to + j] += factor * b[row + j];
        }
      }
    }
  }
}
