package kronwood.math.kernel;

/**
 * Products with panels, matrices of {@value #PANEL} columns. What {@link Kernels} says of results,
 * arguments and threads holds here too.
 */
public interface PanelKernels {
  /** Columns of a panel. */
  int PANEL = 16;

  /**
   * Rows times a panel, a row-major matrix of {@link #PANEL} columns: for s in [first, last) and
   * lane in [0, PANEL)
   *
   * <pre>
   *   out[outOffsets[s] + outShift + lane] = Σ꜀ rows[rowOffsets[s] + rowShift + c] · panel[panelOffset + c·PANEL + lane]
   * </pre>
   *
   * <p>with c in [0, columns); added to what is there if {@code add}. Rows are taken four at a
   * time, so that the panel is loaded once for them. Each sum is that of its even and that of its
   * odd c, in ascending order: no bit depends on the other rows, on the lane or on the vector
   * width.
   */
  void timesPanel(
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
      boolean add);

  /** The same in double precision. */
  void timesPanel(
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
      boolean add);

  /**
   * Adds selected elements of rows, times a panel: for s in [first, last) and lane in [0, PANEL)
   *
   * <pre>
   *   out[outOffsets[s] + outShift + lane] += Σ꜀ rows[rowOffsets[s] + at[c]] · panel[c·PANEL + lane]
   * </pre>
   *
   * <p>with c in [0, columns), summed as {@link #timesPanel} does.
   */
  void addTimesPanel(
      double[] rows,
      int[] rowOffsets,
      int[] at,
      double[] panel,
      int columns,
      double[] out,
      int[] outOffsets,
      int outShift,
      int first,
      int last);

  /** Lanes of a panel that {@link #addTimesParts} takes together; divides {@link #PANEL}. */
  int partOfFloatPanel();

  /** The same in double precision. */
  int partOfDoublePanel();

  /**
   * Adds the product of columns with part of a sparse panel, which consists of those {@code
   * part()}-long pieces of its rows that are not all 0: for s in [first, last) and lane in [0,
   * part)
   *
   * <pre>
   *   out[outOffset + s·outStride + lane] += Σₖ rows[at[k] + s] · parts[k·part + lane]
   * </pre>
   *
   * <p>with k in [begin, end). Each sum is that of the k below {@code middle} and that of the
   * others, in ascending order: with the pieces of a panel's even rows in the first and those of
   * its odd rows in the second, it has the bits that {@link #addTimesPanel} of the whole panel has,
   * as products with 0 change nothing.
   */
  void addTimesParts(
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
      int last);

  /** The same in double precision. */
  void addTimesParts(
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
      int last);
}
