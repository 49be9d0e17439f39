package kronwood.math.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums of rows in double precision, on the Vector API; see {@link VectorKernels} for the rules. */
final class VectorDoubleRows {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();

  private VectorDoubleRows() {}

  static void combine(
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

  /** Adds eight scaled rows to out, loading and storing out once. */
  static void addEight(
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
}
