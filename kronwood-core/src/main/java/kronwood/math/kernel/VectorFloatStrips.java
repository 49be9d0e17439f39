package kronwood.math.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of strips for the neurons of a panel in single precision, on the Vector API; see {@link
 * VectorKernels} for the rules.
 */
final class VectorFloatStrips {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int PANEL = Kernels.PANEL;
  private static final int STRIP = Kernels.STRIP;

  /** Which lanes of two vectors make the first, and the second half of the two interleaved. */
  private static final int[] LOW = new int[LANES];

  private static final int[] HIGH = new int[LANES];

  static {
    for (int i = 0; i < LANES; i++) {
      int low = i / 2 + i % 2 * LANES;
      int high = low + LANES / 2;
      LOW[i] = low;
      HIGH[i] = high;
    }
  }

  private VectorFloatStrips() {}

  static void sum(
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
    if (!VectorFloatPanels.fits()) {
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
      float[] rows,
      int shift,
      int[] at,
      float[] coefficients,
      int from,
      int to,
      boolean add,
      float[] sums,
      int t) {
    FloatVector s0 =
        add ? FloatVector.fromArray(FLOATS, sums, t + 0 * LANES) : FloatVector.zero(FLOATS);
    FloatVector s1 =
        add ? FloatVector.fromArray(FLOATS, sums, t + 1 * LANES) : FloatVector.zero(FLOATS);
    FloatVector s2 =
        add ? FloatVector.fromArray(FLOATS, sums, t + 2 * LANES) : FloatVector.zero(FLOATS);
    FloatVector s3 =
        add ? FloatVector.fromArray(FLOATS, sums, t + 3 * LANES) : FloatVector.zero(FLOATS);
    FloatVector s4 =
        add ? FloatVector.fromArray(FLOATS, sums, t + 4 * LANES) : FloatVector.zero(FLOATS);
    FloatVector s5 =
        add ? FloatVector.fromArray(FLOATS, sums, t + 5 * LANES) : FloatVector.zero(FLOATS);
    FloatVector s6 =
        add ? FloatVector.fromArray(FLOATS, sums, t + 6 * LANES) : FloatVector.zero(FLOATS);
    FloatVector s7 =
        add ? FloatVector.fromArray(FLOATS, sums, t + 7 * LANES) : FloatVector.zero(FLOATS);
    for (int k = from; k < to; k++) {
      FloatVector factor = FloatVector.broadcast(FLOATS, coefficients[k]);
      int p = at[k] + shift;
      s0 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 0 * LANES), s0);
      s1 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 1 * LANES), s1);
      s2 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 2 * LANES), s2);
      s3 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 3 * LANES), s3);
      s4 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 4 * LANES), s4);
      s5 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 5 * LANES), s5);
      s6 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 6 * LANES), s6);
      s7 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 7 * LANES), s7);
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
      float[] rows,
      int shift,
      int[] at,
      float[] coefficients,
      int from,
      int to,
      boolean add,
      float[] sums,
      int t) {
    FloatVector s0 =
        add ? FloatVector.fromArray(FLOATS, sums, t + 0 * LANES) : FloatVector.zero(FLOATS);
    FloatVector s1 =
        add ? FloatVector.fromArray(FLOATS, sums, t + 1 * LANES) : FloatVector.zero(FLOATS);
    for (int k = from; k < to; k++) {
      FloatVector factor = FloatVector.broadcast(FLOATS, coefficients[k]);
      int p = at[k] + shift;
      s0 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 0 * LANES), s0);
      s1 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 1 * LANES), s1);
    }
    s0.intoArray(sums, t + 0 * LANES);
    s1.intoArray(sums, t + 1 * LANES);
  }

  static void addTurned(
      float[] sums, float[] work, int count, float[] out, int outOffset, int outStride) {
    if (!VectorFloatPanels.fits()) {
      ScalarStrips.addTurned(sums, count, out, outOffset, outStride);
      return;
    }
    for (int i = 0; i < count; i += LANES) {
      turn(sums, i, work, i * PANEL);
    }
    int row = outOffset;
    for (int i = 0; i < count; i++, row += outStride) {
      for (int lane = 0; lane < PANEL; lane += LANES) {
        FloatVector.fromArray(FLOATS, work, i * PANEL + lane)
            .add(FloatVector.fromArray(FLOATS, out, row + lane))
            .intoArray(out, row + lane);
      }
    }
  }

  /**
   * Transposes as many columns of 16 rows as a vector has lanes. Interleaving the first eight
   * vectors with the last eight moves the highest bit of a number's place to the end; after four
   * times the four bits of the row are the last.
   */
  private static void turn(float[] sums, int from, float[] out, int target) {
    IntVector low = IntVector.fromArray(INTS, LOW, 0);
    IntVector high = IntVector.fromArray(INTS, HIGH, 0);
    IntVector a0 = FloatVector.fromArray(FLOATS, sums, 0 * STRIP + from).reinterpretAsInts();
    IntVector a1 = FloatVector.fromArray(FLOATS, sums, 1 * STRIP + from).reinterpretAsInts();
    IntVector a2 = FloatVector.fromArray(FLOATS, sums, 2 * STRIP + from).reinterpretAsInts();
    IntVector a3 = FloatVector.fromArray(FLOATS, sums, 3 * STRIP + from).reinterpretAsInts();
    IntVector a4 = FloatVector.fromArray(FLOATS, sums, 4 * STRIP + from).reinterpretAsInts();
    IntVector a5 = FloatVector.fromArray(FLOATS, sums, 5 * STRIP + from).reinterpretAsInts();
    IntVector a6 = FloatVector.fromArray(FLOATS, sums, 6 * STRIP + from).reinterpretAsInts();
    IntVector a7 = FloatVector.fromArray(FLOATS, sums, 7 * STRIP + from).reinterpretAsInts();
    IntVector a8 = FloatVector.fromArray(FLOATS, sums, 8 * STRIP + from).reinterpretAsInts();
    IntVector a9 = FloatVector.fromArray(FLOATS, sums, 9 * STRIP + from).reinterpretAsInts();
    IntVector a10 = FloatVector.fromArray(FLOATS, sums, 10 * STRIP + from).reinterpretAsInts();
    IntVector a11 = FloatVector.fromArray(FLOATS, sums, 11 * STRIP + from).reinterpretAsInts();
    IntVector a12 = FloatVector.fromArray(FLOATS, sums, 12 * STRIP + from).reinterpretAsInts();
    IntVector a13 = FloatVector.fromArray(FLOATS, sums, 13 * STRIP + from).reinterpretAsInts();
    IntVector a14 = FloatVector.fromArray(FLOATS, sums, 14 * STRIP + from).reinterpretAsInts();
    IntVector a15 = FloatVector.fromArray(FLOATS, sums, 15 * STRIP + from).reinterpretAsInts();
    for (int round = 0; round < 4; round++) {
      IntVector b0 = low.selectFrom(a0, a8);
      IntVector b1 = high.selectFrom(a0, a8);
      IntVector b2 = low.selectFrom(a1, a9);
      IntVector b3 = high.selectFrom(a1, a9);
      IntVector b4 = low.selectFrom(a2, a10);
      IntVector b5 = high.selectFrom(a2, a10);
      IntVector b6 = low.selectFrom(a3, a11);
      IntVector b7 = high.selectFrom(a3, a11);
      IntVector b8 = low.selectFrom(a4, a12);
      IntVector b9 = high.selectFrom(a4, a12);
      IntVector b10 = low.selectFrom(a5, a13);
      IntVector b11 = high.selectFrom(a5, a13);
      IntVector b12 = low.selectFrom(a6, a14);
      IntVector b13 = high.selectFrom(a6, a14);
      IntVector b14 = low.selectFrom(a7, a15);
      IntVector b15 = high.selectFrom(a7, a15);
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
    a0.reinterpretAsFloats().intoArray(out, target + 0 * LANES);
    a1.reinterpretAsFloats().intoArray(out, target + 1 * LANES);
    a2.reinterpretAsFloats().intoArray(out, target + 2 * LANES);
    a3.reinterpretAsFloats().intoArray(out, target + 3 * LANES);
    a4.reinterpretAsFloats().intoArray(out, target + 4 * LANES);
    a5.reinterpretAsFloats().intoArray(out, target + 5 * LANES);
    a6.reinterpretAsFloats().intoArray(out, target + 6 * LANES);
    a7.reinterpretAsFloats().intoArray(out, target + 7 * LANES);
    a8.reinterpretAsFloats().intoArray(out, target + 8 * LANES);
    a9.reinterpretAsFloats().intoArray(out, target + 9 * LANES);
    a10.reinterpretAsFloats().intoArray(out, target + 10 * LANES);
    a11.reinterpretAsFloats().intoArray(out, target + 11 * LANES);
    a12.reinterpretAsFloats().intoArray(out, target + 12 * LANES);
    a13.reinterpretAsFloats().intoArray(out, target + 13 * LANES);
    a14.reinterpretAsFloats().intoArray(out, target + 14 * LANES);
    a15.reinterpretAsFloats().intoArray(out, target + 15 * LANES);
  }
}
