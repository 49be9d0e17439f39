package kronwood.math.kernel;

/**
 * {@link PanelKernels} on the Vector API; see {@link VectorKernels} for the rules. The loops stand
 * in {@link VectorFloatPanels} and {@link VectorDoublePanels}, {@link VectorDoubleSelections},
 * {@link VectorFloatParts} and {@link VectorDoubleParts}.
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
  public int partOfFloatPanel() {
    return VectorFloatParts.part();
  }

  @Override
  public int partOfDoublePanel() {
    return VectorDoubleParts.part();
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
    VectorFloatParts.addTimes(
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
    VectorDoubleParts.addTimes(
        rows, at, parts, begin, middle, end, out, outOffset, outStride, first, last);
  }
}
