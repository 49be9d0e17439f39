package kronwood.math;

import kronwood.math.kernel.Kernels;

/** Products of {@link Kernels} for arrays in either precision; all of a call are in the same. */
public final class MatrixProducts {
  private static final Kernels KERNELS = Kernels.active();

  private MatrixProducts() {}

  /**
   * {@link Kernels#timesMatrix} that overwrites {@code out}; the second matrix begins at the
   * beginning of its array.
   */
  public static void times(
      RealArray a,
      int aOffset,
      int aRow,
      int aColumn,
      RealArray b,
      int bStride,
      RealArray out,
      int outOffset,
      int outStride,
      int rows,
      int inner,
      int columns) {
    switch (out) {
      case FloatArray(float[] target) ->
          KERNELS.timesMatrix(
              ((FloatArray) a).values(),
              aOffset,
              aRow,
              aColumn,
              ((FloatArray) b).values(),
              0,
              bStride,
              target,
              outOffset,
              outStride,
              rows,
              inner,
              columns,
              false);
      case DoubleArray(double[] target) ->
          KERNELS.timesMatrix(
              ((DoubleArray) a).values(),
              aOffset,
              aRow,
              aColumn,
              ((DoubleArray) b).values(),
              0,
              bStride,
              target,
              outOffset,
              outStride,
              rows,
              inner,
              columns,
              false);
    }
  }

  /** {@link Kernels#timesPanel}, from the beginning of each row on. */
  public static void timesPanel(
      RealArray rows,
      int[] rowOffsets,
      RealArray panel,
      int panelOffset,
      int columns,
      RealArray out,
      int[] outOffsets,
      int outShift,
      int first,
      int last,
      boolean add) {
    switch (out) {
      case FloatArray(float[] target) ->
          KERNELS.timesPanel(
              ((FloatArray) rows).values(),
              rowOffsets,
              0,
              ((FloatArray) panel).values(),
              panelOffset,
              columns,
              target,
              outOffsets,
              outShift,
              first,
              last,
              add);
      case DoubleArray(double[] target) ->
          KERNELS.timesPanel(
              ((DoubleArray) rows).values(),
              rowOffsets,
              0,
              ((DoubleArray) panel).values(),
              panelOffset,
              columns,
              target,
              outOffsets,
              outShift,
              first,
              last,
              add);
    }
  }
}
