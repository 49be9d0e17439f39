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
  public int partOfFloatPanel() {
    return ScalarParts.PART;
  }

  @Override
  public int partOfDoublePanel() {
    return ScalarParts.PART;
  }

  @Override
  public void addTimesParts(
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
    ScalarParts.addTimes(
        rows, at, parts, begin, middle, end, out, outOffset, outStride, first, last);
  }

  @Override
  public void addTimesParts(
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
    ScalarParts.addTimes(
        rows, at, parts, begin, middle, end, out, outOffset, outStride, first, last);
  }
}
