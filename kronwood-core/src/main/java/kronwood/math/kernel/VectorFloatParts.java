package kronwood.math.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products with the parts of panels that are not 0, in single precision, on the Vector API; see
 * {@link VectorKernels} for the rules.
 */
final class VectorFloatParts {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  /** Six rows, in even and odd sums, and what they are multiplied with: 14 of 16 registers. */
  private static final int ROWS = 6;

  private VectorFloatParts() {}

  /** A vector, if a panel is a whole number of them. */
  static int part() {
    return VectorFloatPanels.fits() ? FLOATS.length() : ScalarParts.PART;
  }

  static void addTimes(
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
    if (!VectorFloatPanels.fits()) {
      ScalarParts.addTimes(
          rows, at, parts, begin, middle, end, out, outOffset, outStride, first, last);
      return;
    }
    int s = first;
    for (; s <= last - ROWS; s += ROWS) {
      addTimesSix(
          rows, at, s, parts, begin, middle, end, out, outOffset + s * outStride, outStride);
    }
    for (; s < last; s++) {
      addTimesOne(rows, at, s, parts, begin, middle, end, out, outOffset + s * outStride);
    }
  }

  private static void addTimesSix(
      float[] rows,
      int[] at,
      int s,
      float[] parts,
      int begin,
      int middle,
      int end,
      float[] out,
      int target,
      int outStride) {
    FloatVector e0 = FloatVector.zero(FLOATS);
    FloatVector e1 = FloatVector.zero(FLOATS);
    FloatVector e2 = FloatVector.zero(FLOATS);
    FloatVector e3 = FloatVector.zero(FLOATS);
    FloatVector e4 = FloatVector.zero(FLOATS);
    FloatVector e5 = FloatVector.zero(FLOATS);
    for (int k = begin; k < middle; k++) {
      int r = at[k] + s;
      FloatVector even = FloatVector.fromArray(FLOATS, parts, k * FLOATS.length());
      e0 = FloatVector.broadcast(FLOATS, rows[r + 0]).fma(even, e0);
      e1 = FloatVector.broadcast(FLOATS, rows[r + 1]).fma(even, e1);
      e2 = FloatVector.broadcast(FLOATS, rows[r + 2]).fma(even, e2);
      e3 = FloatVector.broadcast(FLOATS, rows[r + 3]).fma(even, e3);
      e4 = FloatVector.broadcast(FLOATS, rows[r + 4]).fma(even, e4);
      e5 = FloatVector.broadcast(FLOATS, rows[r + 5]).fma(even, e5);
    }
    FloatVector o0 = FloatVector.zero(FLOATS);
    FloatVector o1 = FloatVector.zero(FLOATS);
    FloatVector o2 = FloatVector.zero(FLOATS);
    FloatVector o3 = FloatVector.zero(FLOATS);
    FloatVector o4 = FloatVector.zero(FLOATS);
    FloatVector o5 = FloatVector.zero(FLOATS);
    for (int k = middle; k < end; k++) {
      int r = at[k] + s;
      FloatVector odd = FloatVector.fromArray(FLOATS, parts, k * FLOATS.length());
      o0 = FloatVector.broadcast(FLOATS, rows[r + 0]).fma(odd, o0);
      o1 = FloatVector.broadcast(FLOATS, rows[r + 1]).fma(odd, o1);
      o2 = FloatVector.broadcast(FLOATS, rows[r + 2]).fma(odd, o2);
      o3 = FloatVector.broadcast(FLOATS, rows[r + 3]).fma(odd, o3);
      o4 = FloatVector.broadcast(FLOATS, rows[r + 4]).fma(odd, o4);
      o5 = FloatVector.broadcast(FLOATS, rows[r + 5]).fma(odd, o5);
    }
    int t = target;
    e0.add(o0).add(FloatVector.fromArray(FLOATS, out, t)).intoArray(out, t);
    t += outStride;
    e1.add(o1).add(FloatVector.fromArray(FLOATS, out, t)).intoArray(out, t);
    t += outStride;
    e2.add(o2).add(FloatVector.fromArray(FLOATS, out, t)).intoArray(out, t);
    t += outStride;
    e3.add(o3).add(FloatVector.fromArray(FLOATS, out, t)).intoArray(out, t);
    t += outStride;
    e4.add(o4).add(FloatVector.fromArray(FLOATS, out, t)).intoArray(out, t);
    t += outStride;
    e5.add(o5).add(FloatVector.fromArray(FLOATS, out, t)).intoArray(out, t);
  }

  private static void addTimesOne(
      float[] rows,
      int[] at,
      int s,
      float[] parts,
      int begin,
      int middle,
      int end,
      float[] out,
      int target) {
    FloatVector e0 = FloatVector.zero(FLOATS);
    for (int k = begin; k < middle; k++) {
      FloatVector even = FloatVector.fromArray(FLOATS, parts, k * FLOATS.length());
      e0 = FloatVector.broadcast(FLOATS, rows[at[k] + s]).fma(even, e0);
    }
    FloatVector o0 = FloatVector.zero(FLOATS);
    for (int k = middle; k < end; k++) {
      FloatVector odd = FloatVector.fromArray(FLOATS, parts, k * FLOATS.length());
      o0 = FloatVector.broadcast(FLOATS, rows[at[k] + s]).fma(odd, o0);
    }
    e0.add(o0).add(FloatVector.fromArray(FLOATS, out, target)).intoArray(out, target);
  }
}
