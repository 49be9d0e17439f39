package kronwood.math.kernel;

/**
 * {@link PanelKernels} on the Vector API; see {@link VectorKernels} for the rules. The loops stand
 * in {@link VectorFloatPanels} and {@link VectorDoublePanels}, {@link VectorDoubleSelections},
 * {@link VectorFloatStrips} and {@link VectorDoubleStrips}.
 */
abstract class VectorPanelKernels implements PanelKernels {
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
    VectorFloatPanels.times(
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
    VectorDoublePanels.times(
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
    VectorDoubleSelections.addTimes(
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
    VectorFloatStrips.sum(rows, shift, at, coefficients, bounds, first, next, count, add, sums);
  }

  @Override
  public void addTurned(
      float[] sums, float[] work, int count, float[] out, int outOffset, int outStride) {
    VectorFloatStrips.addTurned(sums, work, count, out, outOffset, outStride);
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
    VectorDoubleStrips.sum(rows, shift, at, coefficients, bounds, first, next, count, add, sums);
  }

  @Override
  public void addTurned(
      double[] sums, double[] work, int count, double[] out, int outOffset, int outStride) {
    VectorDoubleStrips.addTurned(sums, work, count, out, outOffset, outStride);
  }
}
