package kronwood.math.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums of rows in single precision, on the Vector API; see {@link VectorKernels} for the rules. */
final class VectorFloatRows {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  private VectorFloatRows() {}

  static void combine(
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
    for (; i <= to - 4 * LANES; i += 4 * LANES) {
      combineFourVectors(rows, rowLength, selected, coefficients, count, out, outOffset, i);
    }
    for (; i <= to - LANES; i += LANES) {
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

  static void add(
      float[] rows,
      int[] at,
      float[] coefficients,
      int first,
      int last,
      float[] out,
      int outOffset,
      int from,
      int to) {
    int i = from;
    for (; i <= to - 8 * LANES; i += 8 * LANES) {
      addEightVectors(rows, at, coefficients, first, last, out, outOffset + i, i);
    }
    for (; i <= to - LANES; i += LANES) {
      FloatVector sum = FloatVector.fromArray(FLOATS, out, outOffset + i);
      for (int e = first; e < last; e++) {
        FloatVector row = FloatVector.fromArray(FLOATS, rows, at[e] + i);
        sum = FloatVector.broadcast(FLOATS, coefficients[e]).fma(row, sum);
      }
      sum.intoArray(out, outOffset + i);
    }
    for (; i < to; i++) {
      float sum = out[outOffset + i];
      for (int e = first; e < last; e++) {
        sum = Math.fma(coefficients[e], rows[at[e] + i], sum);
      }
      out[outOffset + i] = sum;
    }
  }

  private static void addEightVectors(
      float[] rows,
      int[] at,
      float[] coefficients,
      int first,
      int last,
      float[] out,
      int target,
      int i) {
    FloatVector s0 = FloatVector.fromArray(FLOATS, out, target + 0 * LANES);
    FloatVector s1 = FloatVector.fromArray(FLOATS, out, target + 1 * LANES);
    FloatVector s2 = FloatVector.fromArray(FLOATS, out, target + 2 * LANES);
    FloatVector s3 = FloatVector.fromArray(FLOATS, out, target + 3 * LANES);
    FloatVector s4 = FloatVector.fromArray(FLOATS, out, target + 4 * LANES);
    FloatVector s5 = FloatVector.fromArray(FLOATS, out, target + 5 * LANES);
    FloatVector s6 = FloatVector.fromArray(FLOATS, out, target + 6 * LANES);
    FloatVector s7 = FloatVector.fromArray(FLOATS, out, target + 7 * LANES);
    for (int e = first; e < last; e++) {
      FloatVector factor = FloatVector.broadcast(FLOATS, coefficients[e]);
      int p = at[e] + i;
      s0 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 0 * LANES), s0);
      s1 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 1 * LANES), s1);
      s2 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 2 * LANES), s2);
      s3 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 3 * LANES), s3);
      s4 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 4 * LANES), s4);
      s5 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 5 * LANES), s5);
      s6 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 6 * LANES), s6);
      s7 = factor.fma(FloatVector.fromArray(FLOATS, rows, p + 7 * LANES), s7);
    }
    s0.intoArray(out, target + 0 * LANES);
    s1.intoArray(out, target + 1 * LANES);
    s2.intoArray(out, target + 2 * LANES);
    s3.intoArray(out, target + 3 * LANES);
    s4.intoArray(out, target + 4 * LANES);
    s5.intoArray(out, target + 5 * LANES);
    s6.intoArray(out, target + 6 * LANES);
    s7.intoArray(out, target + 7 * LANES);
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
      e1 = even.fma(FloatVector.fromArray(FLOATS, rows, p + LANES), e1);
      e2 = even.fma(FloatVector.fromArray(FLOATS, rows, p + 2 * LANES), e2);
      e3 = even.fma(FloatVector.fromArray(FLOATS, rows, p + 3 * LANES), e3);
      o0 = odd.fma(FloatVector.fromArray(FLOATS, rows, q), o0);
      o1 = odd.fma(FloatVector.fromArray(FLOATS, rows, q + LANES), o1);
      o2 = odd.fma(FloatVector.fromArray(FLOATS, rows, q + 2 * LANES), o2);
      o3 = odd.fma(FloatVector.fromArray(FLOATS, rows, q + 3 * LANES), o3);
    }
    if (e < count) {
      FloatVector even = FloatVector.broadcast(FLOATS, coefficients[e]);
      int p = selected[e] * rowLength + i;
      e0 = even.fma(FloatVector.fromArray(FLOATS, rows, p), e0);
      e1 = even.fma(FloatVector.fromArray(FLOATS, rows, p + LANES), e1);
      e2 = even.fma(FloatVector.fromArray(FLOATS, rows, p + 2 * LANES), e2);
      e3 = even.fma(FloatVector.fromArray(FLOATS, rows, p + 3 * LANES), e3);
    }
    e0.add(o0).intoArray(out, outOffset + i);
    e1.add(o1).intoArray(out, outOffset + i + LANES);
    e2.add(o2).intoArray(out, outOffset + i + 2 * LANES);
    e3.add(o3).intoArray(out, outOffset + i + 3 * LANES);
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
}
