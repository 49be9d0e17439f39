package kronwood.math.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products with the parts of panels that are not 0, in double precision, on the Vector API; see
 * {@link VectorKernels} for the rules.
 */
final class VectorDoubleParts {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;

  /** Six rows, in even and odd sums, and what they are multiplied with: 14 of 16 registers. */
  private static final int ROWS = 6;

  private VectorDoubleParts() {}

  /** A vector, if a panel is a whole number of them. */
  static int part() {
    return VectorDoublePanels.fits() ? DOUBLES.length() : ScalarParts.PART;
  }

  static void addTimes(
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
    if (!VectorDoublePanels.fits()) {
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
      double[] rows,
      int[] at,
      int s,
      double[] parts,
      int begin,
      int middle,
      int end,
      double[] out,
      int target,
      int outStride) {
    DoubleVector e0 = DoubleVector.zero(DOUBLES);
    DoubleVector e1 = DoubleVector.zero(DOUBLES);
    DoubleVector e2 = DoubleVector.zero(DOUBLES);
    DoubleVector e3 = DoubleVector.zero(DOUBLES);
    DoubleVector e4 = DoubleVector.zero(DOUBLES);
    DoubleVector e5 = DoubleVector.zero(DOUBLES);
    for (int k = begin; k < middle; k++) {
      int r = at[k] + s;
      DoubleVector even = DoubleVector.fromArray(DOUBLES, parts, k * DOUBLES.length());
      e0 = DoubleVector.broadcast(DOUBLES, rows[r + 0]).fma(even, e0);
      e1 = DoubleVector.broadcast(DOUBLES, rows[r + 1]).fma(even, e1);
      e2 = DoubleVector.broadcast(DOUBLES, rows[r + 2]).fma(even, e2);
      e3 = DoubleVector.broadcast(DOUBLES, rows[r + 3]).fma(even, e3);
      e4 = DoubleVector.broadcast(DOUBLES, rows[r + 4]).fma(even, e4);
      e5 = DoubleVector.broadcast(DOUBLES, rows[r + 5]).fma(even, e5);
    }
    DoubleVector o0 = DoubleVector.zero(DOUBLES);
    DoubleVector o1 = DoubleVector.zero(DOUBLES);
    DoubleVector o2 = DoubleVector.zero(DOUBLES);
    DoubleVector o3 = DoubleVector.zero(DOUBLES);
    DoubleVector o4 = DoubleVector.zero(DOUBLES);
    DoubleVector o5 = DoubleVector.zero(DOUBLES);
    for (int k = middle; k < end; k++) {
      int r = at[k] + s;
      DoubleVector odd = DoubleVector.fromArray(DOUBLES, parts, k * DOUBLES.length());
      o0 = DoubleVector.broadcast(DOUBLES, rows[r + 0]).fma(odd, o0);
      o1 = DoubleVector.broadcast(DOUBLES, rows[r + 1]).fma(odd, o1);
      o2 = DoubleVector.broadcast(DOUBLES, rows[r + 2]).fma(odd, o2);
      o3 = DoubleVector.broadcast(DOUBLES, rows[r + 3]).fma(odd, o3);
      o4 = DoubleVector.broadcast(DOUBLES, rows[r + 4]).fma(odd, o4);
      o5 = DoubleVector.broadcast(DOUBLES, rows[r + 5]).fma(odd, o5);
    }
    int t = target;
    e0.add(o0).add(DoubleVector.fromArray(DOUBLES, out, t)).intoArray(out, t);
    t += outStride;
    e1.add(o1).add(DoubleVector.fromArray(DOUBLES, out, t)).intoArray(out, t);
    t += outStride;
    e2.add(o2).add(DoubleVector.fromArray(DOUBLES, out, t)).intoArray(out, t);
    t += outStride;
    e3.add(o3).add(DoubleVector.fromArray(DOUBLES, out, t)).intoArray(out, t);
    t += outStride;
    e4.add(o4).add(DoubleVector.fromArray(DOUBLES, out, t)).intoArray(out, t);
    t += outStride;
    e5.add(o5).add(DoubleVector.fromArray(DOUBLES, out, t)).intoArray(out, t);
  }

  private static void addTimesOne(
      double[] rows,
      int[] at,
      int s,
      double[] parts,
      int begin,
      int middle,
      int end,
      double[] out,
      int target) {
    DoubleVector e0 = DoubleVector.zero(DOUBLES);
    for (int k = begin; k < middle; k++) {
      DoubleVector even = DoubleVector.fromArray(DOUBLES, parts, k * DOUBLES.length());
      e0 = DoubleVector.broadcast(DOUBLES, rows[at[k] + s]).fma(even, e0);
    }
    DoubleVector o0 = DoubleVector.zero(DOUBLES);
    for (int k = middle; k < end; k++) {
      DoubleVector odd = DoubleVector.fromArray(DOUBLES, parts, k * DOUBLES.length());
      o0 = DoubleVector.broadcast(DOUBLES, rows[at[k] + s]).fma(odd, o0);
    }
    e0.add(o0).add(DoubleVector.fromArray(DOUBLES, out, target)).intoArray(out, target);
  }
}
