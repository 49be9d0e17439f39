package kronwood.math.kernel;

/** {@link PanelKernels} in plain Java; see {@link ScalarKernels}. */
abstract class ScalarPanelKernels implements PanelKernels {
  @Override
  public void timesPanel(
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
    ScalarPanels.times(
        rows,
        rowOffsets,
        rowShift,
        panel,
        panelOffset,
        columns,
        out,
        outOffsets,
        outShift,
        first,
        last,
        add);
  }

  @Override
  public void timesPanel(
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
    ScalarPanels.times(
        rows,
        rowOffsets,
        rowShift,
        panel,
        panelOffset,
        columns,
        out,
        outOffsets,
        outShift,
        first,
        last,
        add);
  }

  @Override
  public void addTimesPanel(
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
    ScalarPanels.addTimes(
        rows, rowOffsets, at, panel, columns, out, outOffsets, outShift, first, last);
  }

  @Override
  public void sumStrips(
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
    ScalarStrips.sum(rows, shift, at, coefficients, bounds, first, next, count, add, sums);
  }

  @Override
  public void addTurned(
      float[] sums, float[] work, int count, float[] out, int outOffset, int outStride) {
    ScalarStrips.addTurned(sums, count, out, outOffset, outStride);
  }

  @Override
  public void sumStrips(
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
    ScalarStrips.sum(rows, shift, at, coefficients, bounds, first, next, count, add, sums);
  }

  @Override
  public void addTurned(
      double[] sums, double[] work, int count, double[] out, int outOffset, int outStride) {
    ScalarStrips.addTurned(sums, count, out, outOffset, outStride);
  }
}
