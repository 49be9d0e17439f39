package kronwood.math.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of strips for the neurons of a panel in double precision, on the Vector API; see {@link
 * VectorKernels} for the rules.
 */
final class VectorDoubleStrips {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();
  private static final int PANEL = Kernels.PANEL;
  private static final int STRIP = Kernels.STRIP;

  /** Which lanes of two vectors make the first, and the second half of the two interleaved. */
  private static final long[] LOW = new long[LANES];

  private static final long[] HIGH = new long[LANES];

  static {
    for (int i = 0; i < LANES; i++) {
      int low = i / 2 + i % 2 * LANES;
      int high = low + LANES / 2;
      LOW[i] = low;
      HIGH[i] = high;
    }
  }

  private VectorDoubleStrips() {}

  static void sum(
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
    if (!VectorDoublePanels.fits()) {
      ScalarStrips.sum(rows, shift, at, coefficients, bounds, first, next, count, add, sums);
      return;
    }
    for (int lane = 0; lane < PANEL; lane++) {
      int from = bounds[first + lane];
      int to = bounds[next + lane];
      int target = lane * STRIP;
      int i = 0;
      for (; i < count - 4 * LANES; i += 8 * LANES) {
        eight(rows, shift + i, at, coefficients, from, to, add, sums, target + i);
      }
      for (; i < count; i += 2 * LANES) {
        two(rows, shift + i, at, coefficients, from, to, add, sums, target + i);
      }
    }
  }

  private static void eight(
      double[] rows,
      int shift,
      int[] at,
      double[] coefficients,
      int from,
      int to,
      boolean add,
      double[] sums,
      int t) {
    DoubleVector s0 =
        add ? DoubleVector.fromArray(DOUBLES, sums, t + 0 * LANES) : DoubleVector.zero(DOUBLES);
    DoubleVector s1 =
        add ? DoubleVector.fromArray(DOUBLES, sums, t + 1 * LANES) : DoubleVector.zero(DOUBLES);
    DoubleVector s2 =
        add ? DoubleVector.fromArray(DOUBLES, sums, t + 2 * LANES) : DoubleVector.zero(DOUBLES);
    DoubleVector s3 =
        add ? DoubleVector.fromArray(DOUBLES, sums, t + 3 * LANES) : DoubleVector.zero(DOUBLES);
    DoubleVector s4 =
        add ? DoubleVector.fromArray(DOUBLES, sums, t + 4 * LANES) : DoubleVector.zero(DOUBLES);
    DoubleVector s5 =
        add ? DoubleVector.fromArray(DOUBLES, sums, t + 5 * LANES) : DoubleVector.zero(DOUBLES);
    DoubleVector s6 =
        add ? DoubleVector.fromArray(DOUBLES, sums, t + 6 * LANES) : DoubleVector.zero(DOUBLES);
    DoubleVector s7 =
        add ? DoubleVector.fromArray(DOUBLES, sums, t + 7 * LANES) : DoubleVector.zero(DOUBLES);
    for (int k = from; k < to; k++) {
      DoubleVector factor = DoubleVector.broadcast(DOUBLES, coefficients[k]);
      int p = at[k] + shift;
      s0 = factor.fma(DoubleVector.fromArray(DOUBLES, rows, p + 0 * LANES), s0);
      s1 = factor.fma(DoubleVector.fromArray(DOUBLES, rows, p + 1 * LANES), s1);
      s2 = factor.fma(DoubleVector.fromArray(DOUBLES, rows, p + 2 * LANES), s2);
      s3 = factor.fma(DoubleVector.fromArray(DOUBLES, rows, p + 3 * LANES), s3);
      s4 = factor.fma(DoubleVector.fromArray(DOUBLES, rows, p + 4 * LANES), s4);
      s5 = factor.fma(DoubleVector.fromArray(DOUBLES, rows, p + 5 * LANES), s5);
      s6 = factor.fma(DoubleVector.fromArray(DOUBLES, rows, p + 6 * LANES), s6);
      s7 = factor.fma(DoubleVector.fromArray(DOUBLES, rows, p + 7 * LANES), s7);
    }
    s0.intoArray(sums, t + 0 * LANES);
    s1.intoArray(sums, t + 1 * LANES);
    s2.intoArray(sums, t + 2 * LANES);
    s3.intoArray(sums, t + 3 * LANES);
    s4.intoArray(sums, t + 4 * LANES);
    s5.intoArray(sums, t + 5 * LANES);
    s6.intoArray(sums, t + 6 * LANES);
    s7.intoArray(sums, t + 7 * LANES);
  }

  private static void two(
      double[] rows,
      int shift,
      int[] at,
      double[] coefficients,
      int from,
      int to,
      boolean add,
      double[] sums,
      int t) {
    DoubleVector s0 =
        add ? DoubleVector.fromArray(DOUBLES, sums, t + 0 * LANES) : DoubleVector.zero(DOUBLES);
    DoubleVector s1 =
        add ? DoubleVector.fromArray(DOUBLES, sums, t + 1 * LANES) : DoubleVector.zero(DOUBLES);
    for (int k = from; k < to; k++) {
      DoubleVector factor = DoubleVector.broadcast(DOUBLES, coefficients[k]);
      int p = at[k] + shift;
      s0 = factor.fma(DoubleVector.fromArray(DOUBLES, rows, p + 0 * LANES), s0);
      s1 = factor.fma(DoubleVector.fromArray(DOUBLES, rows, p + 1 * LANES), s1);
    }
    s0.intoArray(sums, t + 0 * LANES);
    s1.intoArray(sums, t + 1 * LANES);
  }

  static void addTurned(
      double[] sums, double[] work, int count, double[] out, int outOffset, int outStride) {
    if (!VectorDoublePanels.fits()) {
      ScalarStrips.addTurned(sums, count, out, outOffset, outStride);
      return;
    }
    for (int i = 0; i < count; i += LANES) {
      turn(sums, i, work, i * PANEL);
    }
    int row = outOffset;
    for (int i = 0; i < count; i++, row += outStride) {
      for (int lane = 0; lane < PANEL; lane += LANES) {
        DoubleVector.fromArray(DOUBLES, work, i * PANEL + lane)
            .add(DoubleVector.fromArray(DOUBLES, out, row + lane))
            .intoArray(out, row + lane);
      }
    }
  }

  /**
   * Transposes as many columns of 16 rows as a vector has lanes. Interleaving the first eight
   * vectors with the last eight moves the highest bit of a number's place to the end; after four
   * times the four bits of the row are the last.
   */
  private static void turn(double[] sums, int from, double[] out, int target) {
    LongVector low = LongVector.fromArray(LONGS, LOW, 0);
    LongVector high = LongVector.fromArray(LONGS, HIGH, 0);
    LongVector a0 = DoubleVector.fromArray(DOUBLES, sums, 0 * STRIP + from).reinterpretAsLongs();
    LongVector a1 = DoubleVector.fromArray(DOUBLES, sums, 1 * STRIP + from).reinterpretAsLongs();
    LongVector a2 = DoubleVector.fromArray(DOUBLES, sums, 2 * STRIP + from).reinterpretAsLongs();
    LongVector a3 = DoubleVector.fromArray(DOUBLES, sums, 3 * STRIP + from).reinterpretAsLongs();
    LongVector a4 = DoubleVector.fromArray(DOUBLES, sums, 4 * STRIP + from).reinterpretAsLongs();
    LongVector a5 = DoubleVector.fromArray(DOUBLES, sums, 5 * STRIP + from).reinterpretAsLongs();
    LongVector a6 = DoubleVector.fromArray(DOUBLES, sums, 6 * STRIP + from).reinterpretAsLongs();
    LongVector a7 = DoubleVector.fromArray(DOUBLES, sums, 7 * STRIP + from).reinterpretAsLongs();
    LongVector a8 = DoubleVector.fromArray(DOUBLES, sums, 8 * STRIP + from).reinterpretAsLongs();
    LongVector a9 = DoubleVector.fromArray(DOUBLES, sums, 9 * STRIP + from).reinterpretAsLongs();
    LongVector a10 = DoubleVector.fromArray(DOUBLES, sums, 10 * STRIP + from).reinterpretAsLongs();
    LongVector a11 = DoubleVector.fromArray(DOUBLES, sums, 11 * STRIP + from).reinterpretAsLongs();
    LongVector a12 = DoubleVector.fromArray(DOUBLES, sums, 12 * STRIP + from).reinterpretAsLongs();
    LongVector a13 = DoubleVector.fromArray(DOUBLES, sums, 13 * STRIP + from).reinterpretAsLongs();
    LongVector a14 = DoubleVector.fromArray(DOUBLES, sums, 14 * STRIP + from).reinterpretAsLongs();
    LongVector a15 = DoubleVector.fromArray(DOUBLES, sums, 15 * STRIP + from).reinterpretAsLongs();
    for (int round = 0; round < 4; round++) {
      LongVector b0 = low.selectFrom(a0, a8);
      LongVector b1 = high.selectFrom(a0, a8);
      LongVector b2 = low.selectFrom(a1, a9);
      LongVector b3 = high.selectFrom(a1, a9);
      LongVector b4 = low.selectFrom(a2, a10);
      LongVector b5 = high.selectFrom(a2, a10);
      LongVector b6 = low.selectFrom(a3, a11);
      LongVector b7 = high.selectFrom(a3, a11);
      LongVector b8 = low.selectFrom(a4, a12);
      LongVector b9 = high.selectFrom(a4, a12);
      LongVector b10 = low.selectFrom(a5, a13);
      LongVector b11 = high.selectFrom(a5, a13);
      LongVector b12 = low.selectFrom(a6, a14);
      LongVector b13 = high.selectFrom(a6, a14);
      LongVector b14 = low.selectFrom(a7, a15);
      LongVector b15 = high.selectFrom(a7, a15);
      a0 = b0;
      a1 = b1;
      a2 = b2;
      a3 = b3;
      a4 = b4;
      a5 = b5;
      a6 = b6;
      a7 = b7;
      a8 = b8;
      a9 = b9;
      a10 = b10;
      a11 = b11;
      a12 = b12;
      a13 = b13;
      a14 = b14;
      a15 = b15;
    }
    a0.reinterpretAsDoubles().intoArray(out, target + 0 * LANES);
    a1.reinterpretAsDoubles().intoArray(out, target + 1 * LANES);
    a2.reinterpretAsDoubles().intoArray(out, target + 2 * LANES);
    a3.reinterpretAsDoubles().intoArray(out, target + 3 * LANES);
    a4.reinterpretAsDoubles().intoArray(out, target + 4 * LANES);
    a5.reinterpretAsDoubles().intoArray(out, target + 5 * LANES);
    a6.reinterpretAsDoubles().intoArray(out, target + 6 * LANES);
    a7.reinterpretAsDoubles().intoArray(out, target + 7 * LANES);
    a8.reinterpretAsDoubles().intoArray(out, target + 8 * LANES);
    a9.reinterpretAsDoubles().intoArray(out, target + 9 * LANES);
    a10.reinterpretAsDoubles().intoArray(out, target + 10 * LANES);
    a11.reinterpretAsDoubles().intoArray(out, target + 11 * LANES);
    a12.reinterpretAsDoubles().intoArray(out, target + 12 * LANES);
    a13.reinterpretAsDoubles().intoArray(out, target + 13 * LANES);
    a14.reinterpretAsDoubles().intoArray(out, target + 14 * LANES);
    a15.reinterpretAsDoubles().intoArray(out, target + 15 * LANES);
  }
}
