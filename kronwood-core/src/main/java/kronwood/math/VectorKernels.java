package kronwood.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels} on the Vector API, in the widest shape the processor prefers. The last {@code n
 * mod lanes} elements are done one by one, because masked loads are not native everywhere.
 *
 * <p>Two rules for whoever adds a method:
 *
 * <ul>
 *   <li>Lanes are summed by rotations and additions, never by {@code reduceLanes(ADD)}: the order
 *       of the latter is left open by its specification, and it does change when a method is
 *       compiled.
 *   <li>No method of this class takes or returns a vector. Whether the compiler inlines it would
 *       depend on the profile of its callers, and a call that is not inlined turns every vector
 *       into an object: {@code dot} with such a method was now and then twenty times slower.
 * </ul>
 */
final class VectorKernels implements Kernels {

  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();
  private static final int FLOAT_LANES = FLOATS.length();

  /** For panels, should vectors be wider than these are. */
  private static final Kernels WIDER_THAN_PANELS = new ScalarKernels("vectors wider than panels");

  /** From this length on {@link #axpy} aligns its stores. */
  private static final int LONG = 256;

  // One field each, for up to 2048 bit: only a static final field itself, not an element of an
  // array, is a constant to the compiler.
  private static final VectorShuffle<Double> DOUBLES_BY_16 = rotation(DOUBLES, 16);
  private static final VectorShuffle<Double> DOUBLES_BY_8 = rotation(DOUBLES, 8);
  private static final VectorShuffle<Double> DOUBLES_BY_4 = rotation(DOUBLES, 4);
  private static final VectorShuffle<Double> DOUBLES_BY_2 = rotation(DOUBLES, 2);
  private static final VectorShuffle<Double> DOUBLES_BY_1 = rotation(DOUBLES, 1);
  private static final VectorShuffle<Float> FLOATS_BY_32 = rotation(FLOATS, 32);
  private static final VectorShuffle<Float> FLOATS_BY_16 = rotation(FLOATS, 16);
  private static final VectorShuffle<Float> FLOATS_BY_8 = rotation(FLOATS, 8);
  private static final VectorShuffle<Float> FLOATS_BY_4 = rotation(FLOATS, 4);
  private static final VectorShuffle<Float> FLOATS_BY_2 = rotation(FLOATS, 2);
  private static final VectorShuffle<Float> FLOATS_BY_1 = rotation(FLOATS, 1);

  /** Width of the preferred vector shape, in bits. */
  static int bits() {
    return DOUBLES.vectorBitSize();
  }

  private static <E> VectorShuffle<E> rotation(VectorSpecies<E> species, int distance) {
    return VectorShuffle.iota(species, distance % species.length(), 1, true);
  }

  @Override
  public String description() {
    return "vector (" + bits() + " bit)";
  }

  @Override
  public double dot(double[] a, int aOffset, double[] b, int bOffset, int n) {
    int i = 0;
    double sum = 0;
    if (n >= LANES) {
      // Four sums: one alone would wait for the latency of every multiplication.
      DoubleVector s0 = DoubleVector.zero(DOUBLES);
      DoubleVector s1 = DoubleVector.zero(DOUBLES);
      DoubleVector s2 = DoubleVector.zero(DOUBLES);
      DoubleVector s3 = DoubleVector.zero(DOUBLES);
      for (; i <= n - 4 * LANES; i += 4 * LANES) {
        int p = aOffset + i;
        int q = bOffset + i;
        DoubleVector a0 = DoubleVector.fromArray(DOUBLES, a, p);
        DoubleVector a1 = DoubleVector.fromArray(DOUBLES, a, p + LANES);
        DoubleVector a2 = DoubleVector.fromArray(DOUBLES, a, p + 2 * LANES);
        DoubleVector a3 = DoubleVector.fromArray(DOUBLES, a, p + 3 * LANES);
        s0 = a0.fma(DoubleVector.fromArray(DOUBLES, b, q), s0);
        s1 = a1.fma(DoubleVector.fromArray(DOUBLES, b, q + LANES), s1);
        s2 = a2.fma(DoubleVector.fromArray(DOUBLES, b, q + 2 * LANES), s2);
        s3 = a3.fma(DoubleVector.fromArray(DOUBLES, b, q + 3 * LANES), s3);
      }
      for (; i <= n - LANES; i += LANES) {
        DoubleVector a0 = DoubleVector.fromArray(DOUBLES, a, aOffset + i);
        s0 = a0.fma(DoubleVector.fromArray(DOUBLES, b, bOffset + i), s0);
      }
      DoubleVector s = s0.add(s1).add(s2.add(s3));
      if (LANES > 16) {
        s = s.add(s.rearrange(DOUBLES_BY_16));
      }
      if (LANES > 8) {
        s = s.add(s.rearrange(DOUBLES_BY_8));
      }
      if (LANES > 4) {
        s = s.add(s.rearrange(DOUBLES_BY_4));
      }
      if (LANES > 2) {
        s = s.add(s.rearrange(DOUBLES_BY_2));
      }
      if (LANES > 1) {
        s = s.add(s.rearrange(DOUBLES_BY_1));
      }
      sum = s.lane(0);
    }
    for (; i < n; i++) {
      sum = Math.fma(a[aOffset + i], b[bOffset + i], sum);
    }
    return sum;
  }

  @Override
  public float dot(float[] a, int aOffset, float[] b, int bOffset, int n) {
    int i = 0;
    float sum = 0;
    if (n >= FLOAT_LANES) {
      FloatVector s0 = FloatVector.zero(FLOATS);
      FloatVector s1 = FloatVector.zero(FLOATS);
      FloatVector s2 = FloatVector.zero(FLOATS);
      FloatVector s3 = FloatVector.zero(FLOATS);
      for (; i <= n - 4 * FLOAT_LANES; i += 4 * FLOAT_LANES) {
        int p = aOffset + i;
        int q = bOffset + i;
        FloatVector a0 = FloatVector.fromArray(FLOATS, a, p);
        FloatVector a1 = FloatVector.fromArray(FLOATS, a, p + FLOAT_LANES);
        FloatVector a2 = FloatVector.fromArray(FLOATS, a, p + 2 * FLOAT_LANES);
        FloatVector a3 = FloatVector.fromArray(FLOATS, a, p + 3 * FLOAT_LANES);
        s0 = a0.fma(FloatVector.fromArray(FLOATS, b, q), s0);
        s1 = a1.fma(FloatVector.fromArray(FLOATS, b, q + FLOAT_LANES), s1);
        s2 = a2.fma(FloatVector.fromArray(FLOATS, b, q + 2 * FLOAT_LANES), s2);
        s3 = a3.fma(FloatVector.fromArray(FLOATS, b, q + 3 * FLOAT_LANES), s3);
      }
      for (; i <= n - FLOAT_LANES; i += FLOAT_LANES) {
        FloatVector a0 = FloatVector.fromArray(FLOATS, a, aOffset + i);
        s0 = a0.fma(FloatVector.fromArray(FLOATS, b, bOffset + i), s0);
      }
      FloatVector s = s0.add(s1).add(s2.add(s3));
      if (FLOAT_LANES > 32) {
        s = s.add(s.rearrange(FLOATS_BY_32));
      }
      if (FLOAT_LANES > 16) {
        s = s.add(s.rearrange(FLOATS_BY_16));
      }
      if (FLOAT_LANES > 8) {
        s = s.add(s.rearrange(FLOATS_BY_8));
      }
      if (FLOAT_LANES > 4) {
        s = s.add(s.rearrange(FLOATS_BY_4));
      }
      if (FLOAT_LANES > 2) {
        s = s.add(s.rearrange(FLOATS_BY_2));
      }
      if (FLOAT_LANES > 1) {
        s = s.add(s.rearrange(FLOATS_BY_1));
      }
      sum = s.lane(0);
    }
    for (; i < n; i++) {
      sum = Math.fma(a[aOffset + i], b[bOffset + i], sum);
    }
    return sum;
  }

  @Override
  public void axpy(double alpha, double[] x, int xOffset, double[] y, int yOffset, int n) {
    int i = 0;
    if (n < LONG) {
      DoubleVector factor = DoubleVector.broadcast(DOUBLES, alpha);
      for (; i <= n - LANES; i += LANES) {
        DoubleVector y0 = DoubleVector.fromArray(DOUBLES, y, yOffset + i);
        factor.fma(DoubleVector.fromArray(DOUBLES, x, xOffset + i), y0).intoArray(y, yOffset + i);
      }
    }
    // Long ranges are left to the compiler, which vectorises this loop too and, other than the
    // Vector
    // API, aligns its stores to cache lines; short ones it would mostly spend on getting there.
    for (; i < n; i++) {
      y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
    }
  }

  @Override
  public void axpy(float alpha, float[] x, int xOffset, float[] y, int yOffset, int n) {
    int i = 0;
    if (n < LONG) {
      FloatVector factor = FloatVector.broadcast(FLOATS, alpha);
      for (; i <= n - FLOAT_LANES; i += FLOAT_LANES) {
        FloatVector y0 = FloatVector.fromArray(FLOATS, y, yOffset + i);
        factor.fma(FloatVector.fromArray(FLOATS, x, xOffset + i), y0).intoArray(y, yOffset + i);
      }
    }
    for (; i < n; i++) {
      y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
    }
  }

  @Override
  public void multiply(double[] a, int aOffset, double[] y, int yOffset, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      DoubleVector y0 = DoubleVector.fromArray(DOUBLES, y, yOffset + i);
      y0.mul(DoubleVector.fromArray(DOUBLES, a, aOffset + i)).intoArray(y, yOffset + i);
    }
    for (; i < n; i++) {
      y[yOffset + i] *= a[aOffset + i];
    }
  }

  @Override
  public double max(double[] a, int offset, int n) {
    int i = 0;
    double max = Double.NEGATIVE_INFINITY;
    if (n >= LANES) {
      DoubleVector m0 = DoubleVector.broadcast(DOUBLES, max);
      DoubleVector m1 = DoubleVector.broadcast(DOUBLES, max);
      for (; i <= n - 2 * LANES; i += 2 * LANES) {
        m0 = m0.max(DoubleVector.fromArray(DOUBLES, a, offset + i));
        m1 = m1.max(DoubleVector.fromArray(DOUBLES, a, offset + i + LANES));
      }
      for (; i <= n - LANES; i += LANES) {
        m0 = m0.max(DoubleVector.fromArray(DOUBLES, a, offset + i));
      }
      max = m0.max(m1).reduceLanes(VectorOperators.MAX);
    }
    for (; i < n; i++) {
      max = Math.max(max, a[offset + i]);
    }
    return max;
  }

  @Override
  public float max(float[] a, int offset, int n) {
    int i = 0;
    float max = Float.NEGATIVE_INFINITY;
    if (n >= FLOAT_LANES) {
      FloatVector m = FloatVector.broadcast(FLOATS, max);
      for (; i <= n - FLOAT_LANES; i += FLOAT_LANES) {
        m = m.max(FloatVector.fromArray(FLOATS, a, offset + i));
      }
      max = m.reduceLanes(VectorOperators.MAX);
    }
    for (; i < n; i++) {
      max = Math.max(max, a[offset + i]);
    }
    return max;
  }

  @Override
  public float largestMagnitude(float[] a, int offset, int n) {
    int i = 0;
    float max = 0;
    if (n >= FLOAT_LANES) {
      FloatVector m = FloatVector.zero(FLOATS);
      for (; i <= n - FLOAT_LANES; i += FLOAT_LANES) {
        m = m.max(FloatVector.fromArray(FLOATS, a, offset + i).abs());
      }
      max = m.reduceLanes(VectorOperators.MAX);
    }
    for (; i < n; i++) {
      max = Math.max(max, Math.abs(a[offset + i]));
    }
    return max;
  }

  @Override
  public void timesRows(
      double[] x,
      int xOffset,
      double[] rows,
      int rowsOffset,
      int rowCount,
      int columns,
      double[] out,
      int outOffset) {
    for (int c = 0; c < columns; c++) {
      out[outOffset + c] = 0;
    }
    int r = 0;
    for (; r <= rowCount - 8; r += 8) {
      addEightRows(x, xOffset + r, rows, rowsOffset + r * columns, columns, out, outOffset);
    }
    for (; r < rowCount; r++) {
      axpy(x[xOffset + r], rows, rowsOffset + r * columns, out, outOffset, columns);
    }
  }

  /** Adds eight scaled rows to out, loading and storing out once. */
  private static void addEightRows(
      double[] x, int xOffset, double[] rows, int row, int columns, double[] out, int outOffset) {
    DoubleVector x0 = DoubleVector.broadcast(DOUBLES, x[xOffset]);
    DoubleVector x1 = DoubleVector.broadcast(DOUBLES, x[xOffset + 1]);
    DoubleVector x2 = DoubleVector.broadcast(DOUBLES, x[xOffset + 2]);
    DoubleVector x3 = DoubleVector.broadcast(DOUBLES, x[xOffset + 3]);
    DoubleVector x4 = DoubleVector.broadcast(DOUBLES, x[xOffset + 4]);
    DoubleVector x5 = DoubleVector.broadcast(DOUBLES, x[xOffset + 5]);
    DoubleVector x6 = DoubleVector.broadcast(DOUBLES, x[xOffset + 6]);
    DoubleVector x7 = DoubleVector.broadcast(DOUBLES, x[xOffset + 7]);
    int c = 0;
    for (; c <= columns - LANES; c += LANES) {
      int p = row + c;
      DoubleVector sum = DoubleVector.fromArray(DOUBLES, out, outOffset + c);
      sum = x0.fma(DoubleVector.fromArray(DOUBLES, rows, p), sum);
      sum = x1.fma(DoubleVector.fromArray(DOUBLES, rows, p + columns), sum);
      sum = x2.fma(DoubleVector.fromArray(DOUBLES, rows, p + 2 * columns), sum);
      sum = x3.fma(DoubleVector.fromArray(DOUBLES, rows, p + 3 * columns), sum);
      sum = x4.fma(DoubleVector.fromArray(DOUBLES, rows, p + 4 * columns), sum);
      sum = x5.fma(DoubleVector.fromArray(DOUBLES, rows, p + 5 * columns), sum);
      sum = x6.fma(DoubleVector.fromArray(DOUBLES, rows, p + 6 * columns), sum);
      sum = x7.fma(DoubleVector.fromArray(DOUBLES, rows, p + 7 * columns), sum);
      sum.intoArray(out, outOffset + c);
    }
    for (; c < columns; c++) {
      double sum = out[outOffset + c];
      for (int r = 0; r < 8; r++) {
        sum = Math.fma(x[xOffset + r], rows[row + r * columns + c], sum);
      }
      out[outOffset + c] = sum;
    }
  }

  @Override
  public void rowsTimes(
      double[] rows,
      int rowsOffset,
      int rowCount,
      int columns,
      double[] x,
      int xOffset,
      double[] out,
      int outOffset) {
    for (int r = 0; r < rowCount; r++) {
      out[outOffset + r] = dot(rows, rowsOffset + r * columns, x, xOffset, columns);
    }
  }

  @Override
  public void rotateRows(
      double[] cosines,
      double[] sines,
      int offset,
      int count,
      double[] rows,
      int columns,
      int first,
      int fromColumn,
      int toColumn) {
    int lowest = (first + 1) * columns;
    int j = fromColumn;
    for (; j <= toColumn - 4 * LANES; j += 4 * LANES) {
      rotateFourVectors(cosines, sines, offset, count, rows, columns, lowest + j);
    }
    for (; j <= toColumn - LANES; j += LANES) {
      rotateVector(cosines, sines, offset, count, rows, columns, lowest + j);
    }
    for (; j < toColumn; j++) {
      int upper = lowest + j;
      double y = rows[upper];
      for (int k = offset; k < offset + count; k++) {
        double x = rows[upper - columns];
        rows[upper] = Math.fma(sines[k], x, cosines[k] * y);
        y = Math.fma(cosines[k], x, -(sines[k] * y));
        upper -= columns;
      }
      rows[upper] = y;
    }
  }

  /** The chain of {@code rotateRows} on one vector of columns, which starts at {@code lowest}. */
  private static void rotateVector(
      double[] cosines,
      double[] sines,
      int offset,
      int count,
      double[] rows,
      int columns,
      int lowest) {
    int upper = lowest;
    DoubleVector y = DoubleVector.fromArray(DOUBLES, rows, upper);
    for (int k = offset; k < offset + count; k++) {
      DoubleVector c = DoubleVector.broadcast(DOUBLES, cosines[k]);
      DoubleVector s = DoubleVector.broadcast(DOUBLES, sines[k]);
      DoubleVector x = DoubleVector.fromArray(DOUBLES, rows, upper - columns);
      s.fma(x, c.mul(y)).intoArray(rows, upper);
      y = c.fma(x, s.mul(y).neg());
      upper -= columns;
    }
    y.intoArray(rows, upper);
  }

  /** The same on four vectors: the chain is serial, the columns are not. */
  private static void rotateFourVectors(
      double[] cosines,
      double[] sines,
      int offset,
      int count,
      double[] rows,
      int columns,
      int lowest) {
    int upper = lowest;
    DoubleVector y0 = DoubleVector.fromArray(DOUBLES, rows, upper);
    DoubleVector y1 = DoubleVector.fromArray(DOUBLES, rows, upper + LANES);
    DoubleVector y2 = DoubleVector.fromArray(DOUBLES, rows, upper + 2 * LANES);
    DoubleVector y3 = DoubleVector.fromArray(DOUBLES, rows, upper + 3 * LANES);
    for (int k = offset; k < offset + count; k++) {
      DoubleVector c = DoubleVector.broadcast(DOUBLES, cosines[k]);
      DoubleVector s = DoubleVector.broadcast(DOUBLES, sines[k]);
      int lower = upper - columns;
      DoubleVector x0 = DoubleVector.fromArray(DOUBLES, rows, lower);
      DoubleVector x1 = DoubleVector.fromArray(DOUBLES, rows, lower + LANES);
      DoubleVector x2 = DoubleVector.fromArray(DOUBLES, rows, lower + 2 * LANES);
      DoubleVector x3 = DoubleVector.fromArray(DOUBLES, rows, lower + 3 * LANES);
      s.fma(x0, c.mul(y0)).intoArray(rows, upper);
      s.fma(x1, c.mul(y1)).intoArray(rows, upper + LANES);
      s.fma(x2, c.mul(y2)).intoArray(rows, upper + 2 * LANES);
      s.fma(x3, c.mul(y3)).intoArray(rows, upper + 3 * LANES);
      y0 = c.fma(x0, s.mul(y0).neg());
      y1 = c.fma(x1, s.mul(y1).neg());
      y2 = c.fma(x2, s.mul(y2).neg());
      y3 = c.fma(x3, s.mul(y3).neg());
      upper = lower;
    }
    y0.intoArray(rows, upper);
    y1.intoArray(rows, upper + LANES);
    y2.intoArray(rows, upper + 2 * LANES);
    y3.intoArray(rows, upper + 3 * LANES);
  }

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
    if (!VectorFloatPanels.fits()) {
      WIDER_THAN_PANELS.timesPanel(
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
      return;
    }
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
  public void addTimesPanel(
      float[] rows,
      int[] rowOffsets,
      int[] at,
      float[] panel,
      int columns,
      float[] out,
      int[] outOffsets,
      int outShift,
      int first,
      int last) {
    if (!VectorFloatPanels.fits()) {
      WIDER_THAN_PANELS.addTimesPanel(
          rows, rowOffsets, at, panel, columns, out, outOffsets, outShift, first, last);
      return;
    }
    VectorFloatPanels.addTimes(
        rows, rowOffsets, at, panel, columns, out, outOffsets, outShift, first, last);
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
    if (!VectorDoublePanels.fits()) {
      WIDER_THAN_PANELS.timesPanel(
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
      return;
    }
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
    if (!VectorDoublePanels.fits()) {
      WIDER_THAN_PANELS.addTimesPanel(
          rows, rowOffsets, at, panel, columns, out, outOffsets, outShift, first, last);
      return;
    }
    VectorDoublePanels.addTimes(
        rows, rowOffsets, at, panel, columns, out, outOffsets, outShift, first, last);
  }

  @Override
  public void combineRows(
      float[] rows,
      int rowLength,
      int[] selected,
      float[] coefficients,
      int count,
      float[] out,
      int outOffset,
      int from,
      int to) {
    int i = from;
    for (; i <= to - 4 * FLOAT_LANES; i += 4 * FLOAT_LANES) {
      combineFourVectors(rows, rowLength, selected, coefficients, count, out, outOffset, i);
    }
    for (; i <= to - FLOAT_LANES; i += FLOAT_LANES) {
      combineVector(rows, rowLength, selected, coefficients, count, out, outOffset, i);
    }
    for (; i < to; i++) {
      float even = 0;
      float odd = 0;
      int e = 0;
      for (; e <= count - 2; e += 2) {
        even = Math.fma(coefficients[e], rows[selected[e] * rowLength + i], even);
        odd = Math.fma(coefficients[e + 1], rows[selected[e + 1] * rowLength + i], odd);
      }
      if (e < count) {
        even = Math.fma(coefficients[e], rows[selected[e] * rowLength + i], even);
      }
      out[outOffset + i] = even + odd;
    }
  }

  private static void combineFourVectors(
      float[] rows,
      int rowLength,
      int[] selected,
      float[] coefficients,
      int count,
      float[] out,
      int outOffset,
      int i) {
    FloatVector e0 = FloatVector.zero(FLOATS);
    FloatVector o0 = FloatVector.zero(FLOATS);
    FloatVector e1 = FloatVector.zero(FLOATS);
    FloatVector o1 = FloatVector.zero(FLOATS);
    FloatVector e2 = FloatVector.zero(FLOATS);
    FloatVector o2 = FloatVector.zero(FLOATS);
    FloatVector e3 = FloatVector.zero(FLOATS);
    FloatVector o3 = FloatVector.zero(FLOATS);
    int e = 0;
    for (; e <= count - 2; e += 2) {
      FloatVector even = FloatVector.broadcast(FLOATS, coefficients[e]);
      FloatVector odd = FloatVector.broadcast(FLOATS, coefficients[e + 1]);
      int p = selected[e] * rowLength + i;
      int q = selected[e + 1] * rowLength + i;
      e0 = even.fma(FloatVector.fromArray(FLOATS, rows, p), e0);
      e1 = even.fma(FloatVector.fromArray(FLOATS, rows, p + FLOAT_LANES), e1);
      e2 = even.fma(FloatVector.fromArray(FLOATS, rows, p + 2 * FLOAT_LANES), e2);
      e3 = even.fma(FloatVector.fromArray(FLOATS, rows, p + 3 * FLOAT_LANES), e3);
      o0 = odd.fma(FloatVector.fromArray(FLOATS, rows, q), o0);
      o1 = odd.fma(FloatVector.fromArray(FLOATS, rows, q + FLOAT_LANES), o1);
      o2 = odd.fma(FloatVector.fromArray(FLOATS, rows, q + 2 * FLOAT_LANES), o2);
      o3 = odd.fma(FloatVector.fromArray(FLOATS, rows, q + 3 * FLOAT_LANES), o3);
    }
    if (e < count) {
      FloatVector even = FloatVector.broadcast(FLOATS, coefficients[e]);
      int p = selected[e] * rowLength + i;
      e0 = even.fma(FloatVector.fromArray(FLOATS, rows, p), e0);
      e1 = even.fma(FloatVector.fromArray(FLOATS, rows, p + FLOAT_LANES), e1);
      e2 = even.fma(FloatVector.fromArray(FLOATS, rows, p + 2 * FLOAT_LANES), e2);
      e3 = even.fma(FloatVector.fromArray(FLOATS, rows, p + 3 * FLOAT_LANES), e3);
    }
    e0.add(o0).intoArray(out, outOffset + i);
    e1.add(o1).intoArray(out, outOffset + i + FLOAT_LANES);
    e2.add(o2).intoArray(out, outOffset + i + 2 * FLOAT_LANES);
    e3.add(o3).intoArray(out, outOffset + i + 3 * FLOAT_LANES);
  }

  private static void combineVector(
      float[] rows,
      int rowLength,
      int[] selected,
      float[] coefficients,
      int count,
      float[] out,
      int outOffset,
      int i) {
    FloatVector e0 = FloatVector.zero(FLOATS);
    FloatVector o0 = FloatVector.zero(FLOATS);
    int e = 0;
    for (; e <= count - 2; e += 2) {
      FloatVector even = FloatVector.broadcast(FLOATS, coefficients[e]);
      FloatVector odd = FloatVector.broadcast(FLOATS, coefficients[e + 1]);
      int p = selected[e] * rowLength + i;
      int q = selected[e + 1] * rowLength + i;
      e0 = even.fma(FloatVector.fromArray(FLOATS, rows, p), e0);
      o0 = odd.fma(FloatVector.fromArray(FLOATS, rows, q), o0);
    }
    if (e < count) {
      FloatVector even = FloatVector.broadcast(FLOATS, coefficients[e]);
      int p = selected[e] * rowLength + i;
      e0 = even.fma(FloatVector.fromArray(FLOATS, rows, p), e0);
    }
    e0.add(o0).intoArray(out, outOffset + i);
  }

  @Override
  public void combineRows(
      double[] rows,
      int rowLength,
      int[] selected,
      double[] coefficients,
      int count,
      double[] out,
      int outOffset,
      int from,
      int to) {
    int i = from;
    for (; i <= to - 4 * LANES; i += 4 * LANES) {
      combineFourVectors(rows, rowLength, selected, coefficients, count, out, outOffset, i);
    }
    for (; i <= to - LANES; i += LANES) {
      combineVector(rows, rowLength, selected, coefficients, count, out, outOffset, i);
    }
    for (; i < to; i++) {
      double even = 0;
      double odd = 0;
      int e = 0;
      for (; e <= count - 2; e += 2) {
        even = Math.fma(coefficients[e], rows[selected[e] * rowLength + i], even);
        odd = Math.fma(coefficients[e + 1], rows[selected[e + 1] * rowLength + i], odd);
      }
      if (e < count) {
        even = Math.fma(coefficients[e], rows[selected[e] * rowLength + i], even);
      }
      out[outOffset + i] = even + odd;
    }
  }

  private static void combineFourVectors(
      double[] rows,
      int rowLength,
      int[] selected,
      double[] coefficients,
      int count,
      double[] out,
      int outOffset,
      int i) {
    DoubleVector e0 = DoubleVector.zero(DOUBLES);
    DoubleVector o0 = DoubleVector.zero(DOUBLES);
    DoubleVector e1 = DoubleVector.zero(DOUBLES);
    DoubleVector o1 = DoubleVector.zero(DOUBLES);
    DoubleVector e2 = DoubleVector.zero(DOUBLES);
    DoubleVector o2 = DoubleVector.zero(DOUBLES);
    DoubleVector e3 = DoubleVector.zero(DOUBLES);
    DoubleVector o3 = DoubleVector.zero(DOUBLES);
    int e = 0;
    for (; e <= count - 2; e += 2) {
      DoubleVector even = DoubleVector.broadcast(DOUBLES, coefficients[e]);
      DoubleVector odd = DoubleVector.broadcast(DOUBLES, coefficients[e + 1]);
      int p = selected[e] * rowLength + i;
      int q = selected[e + 1] * rowLength + i;
      e0 = even.fma(DoubleVector.fromArray(DOUBLES, rows, p), e0);
      e1 = even.fma(DoubleVector.fromArray(DOUBLES, rows, p + LANES), e1);
      e2 = even.fma(DoubleVector.fromArray(DOUBLES, rows, p + 2 * LANES), e2);
      e3 = even.fma(DoubleVector.fromArray(DOUBLES, rows, p + 3 * LANES), e3);
      o0 = odd.fma(DoubleVector.fromArray(DOUBLES, rows, q), o0);
      o1 = odd.fma(DoubleVector.fromArray(DOUBLES, rows, q + LANES), o1);
      o2 = odd.fma(DoubleVector.fromArray(DOUBLES, rows, q + 2 * LANES), o2);
      o3 = odd.fma(DoubleVector.fromArray(DOUBLES, rows, q + 3 * LANES), o3);
    }
    if (e < count) {
      DoubleVector even = DoubleVector.broadcast(DOUBLES, coefficients[e]);
      int p = selected[e] * rowLength + i;
      e0 = even.fma(DoubleVector.fromArray(DOUBLES, rows, p), e0);
      e1 = even.fma(DoubleVector.fromArray(DOUBLES, rows, p + LANES), e1);
      e2 = even.fma(DoubleVector.fromArray(DOUBLES, rows, p + 2 * LANES), e2);
      e3 = even.fma(DoubleVector.fromArray(DOUBLES, rows, p + 3 * LANES), e3);
    }
    e0.add(o0).intoArray(out, outOffset + i);
    e1.add(o1).intoArray(out, outOffset + i + LANES);
    e2.add(o2).intoArray(out, outOffset + i + 2 * LANES);
    e3.add(o3).intoArray(out, outOffset + i + 3 * LANES);
  }

  private static void combineVector(
      double[] rows,
      int rowLength,
      int[] selected,
      double[] coefficients,
      int count,
      double[] out,
      int outOffset,
      int i) {
    DoubleVector e0 = DoubleVector.zero(DOUBLES);
    DoubleVector o0 = DoubleVector.zero(DOUBLES);
    int e = 0;
    for (; e <= count - 2; e += 2) {
      DoubleVector even = DoubleVector.broadcast(DOUBLES, coefficients[e]);
      DoubleVector odd = DoubleVector.broadcast(DOUBLES, coefficients[e + 1]);
      int p = selected[e] * rowLength + i;
      int q = selected[e + 1] * rowLength + i;
      e0 = even.fma(DoubleVector.fromArray(DOUBLES, rows, p), e0);
      o0 = odd.fma(DoubleVector.fromArray(DOUBLES, rows, q), o0);
    }
    if (e < count) {
      DoubleVector even = DoubleVector.broadcast(DOUBLES, coefficients[e]);
      int p = selected[e] * rowLength + i;
      e0 = even.fma(DoubleVector.fromArray(DOUBLES, rows, p), e0);
    }
    e0.add(o0).intoArray(out, outOffset + i);
  }

  @Override
  public int above(
      float[] values,
      int valuesOffset,
      float[] bounds,
      float reach,
      float threshold,
      int from,
      int to,
      int[] out,
      int count) {
    int i = from;
    FloatVector reaches = FloatVector.broadcast(FLOATS, reach);
    for (; i <= to - FLOAT_LANES; i += FLOAT_LANES) {
      FloatVector bound = FloatVector.fromArray(FLOATS, bounds, i);
      FloatVector value = FloatVector.fromArray(FLOATS, values, valuesOffset + i);
      long mask = bound.fma(reaches, value).compare(VectorOperators.GT, threshold).toLong();
      while (mask != 0) {
        out[count++] = i + Long.numberOfTrailingZeros(mask);
        mask &= mask - 1;
      }
    }
    for (; i < to; i++) {
      if (Math.fma(reach, bounds[i], values[valuesOffset + i]) > threshold) {
        out[count++] = i;
      }
    }
    return count;
  }

  @Override
  public int magnitudesAbove(
      float[] values,
      int valuesOffset,
      float[] bounds,
      float reach,
      float threshold,
      int from,
      int to,
      int[] out,
      int count) {
    int i = from;
    FloatVector reaches = FloatVector.broadcast(FLOATS, reach);
    for (; i <= to - FLOAT_LANES; i += FLOAT_LANES) {
      FloatVector bound = FloatVector.fromArray(FLOATS, bounds, i);
      FloatVector value = FloatVector.fromArray(FLOATS, values, valuesOffset + i).abs();
      long mask = bound.fma(reaches, value).compare(VectorOperators.GT, threshold).toLong();
      while (mask != 0) {
        out[count++] = i + Long.numberOfTrailingZeros(mask);
        mask &= mask - 1;
      }
    }
    for (; i < to; i++) {
      if (Math.fma(reach, bounds[i], Math.abs(values[valuesOffset + i])) > threshold) {
        out[count++] = i;
      }
    }
    return count;
  }
}
