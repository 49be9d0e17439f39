package kronwood.math.kernel;

/**
 * The inner loops of the project, over flat arrays with offsets, in two implementations: plain Java
 * ("scalar") and the Vector API ("vector").
 *
 * <p><b>Results.</b> Within one implementation, and for the vector one within one vector width, a
 * result depends on the arguments and on nothing else: the order of every sum is fixed, whatever
 * the offset, the thread, the compiler's tier or the time of the call. Between implementations
 * results differ by rounding only: a sum of n products is within {@code n·ε·Σ|aᵢbᵢ|} of the exact
 * one in both, with ε = 2⁻⁵³ (2⁻²⁴ in {@code float}). The vector implementation uses fused
 * multiply-add throughout and is not chosen by itself where the processor lacks it, because it is
 * then emulated in arbitrary precision, hundreds of times slower. The scalar one never uses it, so
 * that its results are the same on every machine.
 *
 * <p>Where an output element depends on one element, or one column, of the inputs ({@code axpy},
 * {@code multiply}, {@code timesRows}, {@code rotateRows}), its bits do not depend on its place in
 * the range, so that a range may be cut anywhere.
 *
 * <p><b>Arguments.</b> Ranges are not checked beforehand: one that leaves its array ends in an
 * {@link IndexOutOfBoundsException} after part of the output may have been written, and a negative
 * length counts as zero. An output range may be the very same range as the input where a method
 * says so; any other overlap gives undefined numbers.
 *
 * <p>Implementations have no state and may be shared between threads. A class with a hot loop
 * should keep {@link #active()} in a field.
 */
public interface Kernels extends PanelKernels {

  /**
   * The implementation this process uses, chosen at the first call as {@link KernelProvider} tells.
   *
   * @throws IllegalArgumentException if the property {@value KernelProvider#PROPERTY} has an
   *     unknown value
   * @throws IllegalStateException if it demands the vector implementation and the module is absent
   */
  static Kernels active() {
    return KernelProvider.active();
  }

  /**
   * What this is and, for a fallback, why: {@code vector (512 bit)} or {@code scalar (module
   * jdk.incubator.vector not present)}.
   */
  String description();

  /** Returns Σᵢ a[aOffset+i]·b[bOffset+i] for i in [0, n). */
  double dot(double[] a, int aOffset, double[] b, int bOffset, int n);

  /**
   * Returns Σᵢ a[aOffset+i]·b[bOffset+i] for i in [0, n), accumulated in {@code float}: P partial
   * sums, one for every P-th product, are added pairwise at the end, and the last products one by
   * one. P = 8 in the scalar implementation and the lanes of four vectors (16 to 64 for 128 to 512
   * bit) in the vector one. With ε = 2⁻²⁴ and m = min(n, n/P + 26) the error is at most about
   * {@code m·ε·Σ|aᵢbᵢ|}.
   */
  float dot(float[] a, int aOffset, float[] b, int bOffset, int n);

  /** y[yOffset+i] += alpha·x[xOffset+i] for i in [0, n). The two ranges may be the same. */
  void axpy(double alpha, double[] x, int xOffset, double[] y, int yOffset, int n);

  /** y[yOffset+i] += alpha·x[xOffset+i] for i in [0, n). The two ranges may be the same. */
  void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n);

  /**
   * A combination of selected rows of a row-major matrix: for i in [from, to)
   *
   * <pre>
   *   out[outOffset + i] = Σₑ coefficients[e] · rows[selected[e]·rowLength + i]
   * </pre>
   *
   * <p>with e in [0, count), overwriting out. Each sum is that of its even and that of its odd e,
   * in ascending order.
   */
  void combineRows(
      float[] rows,
      int rowLength,
      int[] selected,
      float[] coefficients,
      int count,
      float[] out,
      int outOffset,
      int from,
      int to);

  /** The same in double precision. */
  void combineRows(
      double[] rows,
      int rowLength,
      int[] selected,
      double[] coefficients,
      int count,
      double[] out,
      int outOffset,
      int from,
      int to);

  /**
   * Writes the numbers i in [from, to) with {@code values[valuesOffset+i] + reach·bounds[i] >
   * threshold} to {@code out} from {@code count} on, in increasing order, and returns how many
   * {@code out} then holds. A value or bound that is not a number counts as not above.
   */
  int above(
      float[] values,
      int valuesOffset,
      float[] bounds,
      float reach,
      float threshold,
      int from,
      int to,
      int[] out,
      int count);

  /** The same with the values' magnitudes, {@code |values[valuesOffset+i]|}. */
  int magnitudesAbove(
      float[] values,
      int valuesOffset,
      float[] bounds,
      float reach,
      float threshold,
      int from,
      int to,
      int[] out,
      int count);

  /** y[yOffset+i] *= a[aOffset+i] for i in [0, n). The two ranges may be the same. */
  void multiply(double[] a, int aOffset, double[] y, int yOffset, int n);

  /**
   * Returns the largest of a[offset+i] for i in [0, n): −∞ if n = 0, NaN if any of them is NaN, and
   * +0 rather than −0.
   */
  double max(double[] a, int offset, int n);

  /** The same in single precision. */
  float max(float[] a, int offset, int n);

  /**
   * Returns the largest of |a[offset+i]| for i in [0, n): 0 if n = 0, NaN if any of them is NaN.
   */
  float largestMagnitude(float[] a, int offset, int n);

  /**
   * A row vector times a row-major matrix: out[outOffset+c] = Σᵣ x[xOffset+r] ·
   * rows[rowsOffset+r·columns+c] for r in [0, rowCount) and c in [0, columns), overwriting out.
   * Several rows are added at a time, in ascending order, so that the output is loaded and stored
   * once for all of them.
   */
  void timesRows(
      double[] x,
      int xOffset,
      double[] rows,
      int rowsOffset,
      int rowCount,
      int columns,
      double[] out,
      int outOffset);

  /**
   * A row-major matrix times a column vector: out[outOffset+r] = Σ꜀ rows[rowsOffset+r·columns+c] ·
   * x[xOffset+c] for r in [0, rowCount) and c in [0, columns), overwriting out. Every out[r] has
   * the bits that {@link #dot(double[], int, double[], int, int)} of row r and x has, so that a
   * product may be cut anywhere between rows.
   */
  void rowsTimes(
      double[] rows,
      int rowsOffset,
      int rowCount,
      int columns,
      double[] x,
      int xOffset,
      double[] out,
      int outOffset);

  /**
   * Applies a chain of plane rotations to neighbouring rows of a row-major matrix, upwards: for k =
   * 0, 1, …, count−1 and i = first−k, with c = cosines[offset+k] and s = sines[offset+k],
   *
   * <pre>
   *   (row_i, row_{i+1}) ← (c·row_i − s·row_{i+1},  s·row_i + c·row_{i+1})
   * </pre>
   *
   * <p>in the columns [fromColumn, toColumn) only. Row r, column j lies at rows[r·columns+j]. The
   * lower row of one rotation is the upper row of the one before, so it stays in registers: a
   * rotation loads and stores one row, not two.
   */
  void rotateRows(
      double[] cosines,
      double[] sines,
      int offset,
      int count,
      double[] rows,
      int columns,
      int first,
      int fromColumn,
      int toColumn);

  /**
   * A product of matrices: for i in [0, rows) and j in [0, columns)
   *
   * <pre>
   *   out[outOffset + i·outStride + j] = Σₖ a[aOffset + i·aRow + k·aColumn] · b[bOffset + k·bStride + j]
   * </pre>
   *
   * <p>with k in [0, inner), in ascending order; added to what is there, one after another, if
   * {@code add}. No bit depends on the other rows and columns or on the vector width. {@code a} may
   * so be a matrix that lies row by row or column by column.
   */
  void timesMatrix(
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
      boolean add);

  /** The same in double precision. */
  void timesMatrix(
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
      boolean add);
}
