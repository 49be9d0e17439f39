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

  /** Numbers of a strip, a stretch of a row. */
  int STRIP = 128;

  /**
   * Sums strips of rows for the neurons of a panel, each with its own list of rows: for lane in [0,
   * PANEL) and i in [0, count)
   *
   * <pre>
   *   sums[lane·STRIP + i] = Σₖ coefficients[k] · rows[at[k] + shift + i]
   * </pre>
   *
   * <p>with k in {@code [bounds[first + lane], bounds[next + lane])}, in ascending order, each
   * product added to the sum so far; to what is there if {@code add}. So a list may be summed piece
   * by piece with the same bits. More than {@code count} numbers may be read and written: rows must
   * go on up to the end of a strip.
   *
   * @param count at most {@link #STRIP}
   */
  void sumStrips(
      float[] rows,
      int shift,
      int[] at,
      float[] coefficients,
      int[] bounds,
      int first,
      int next,
      int count,
      boolean add,
      float[] sums);

  /** The same in double precision. */
  void sumStrips(
      double[] rows,
      int shift,
      int[] at,
      double[] coefficients,
      int[] bounds,
      int first,
      int next,
      int count,
      boolean add,
      double[] sums);

  /**
   * Adds strips to numbers that lie side by side for the neurons of a panel: for lane in [0, PANEL)
   * and i in [0, count)
   *
   * <pre>
   *   out[outOffset + i·outStride + lane] += sums[lane·STRIP + i]
   * </pre>
   *
   * @param sums PANEL · STRIP numbers
   * @param work as many, overwritten
   * @param count at most {@link #STRIP}
   */
  void addTurned(float[] sums, float[] work, int count, float[] out, int outOffset, int outStride);

  /** The same in double precision. */
  void addTurned(
      double[] sums, double[] work, int count, double[] out, int outOffset, int outStride);
}
