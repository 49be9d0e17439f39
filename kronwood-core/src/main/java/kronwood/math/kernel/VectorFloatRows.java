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
