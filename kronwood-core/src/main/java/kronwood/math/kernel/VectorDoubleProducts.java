package kronwood.math.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices in double precision, on the Vector API; see {@link VectorKernels} for the
 * rules.
 *
 * <p>Six rows times two vectors at a time: their twelve sums stay in registers, and hide the time
 * that a multiplication takes. Such a tile takes 256 products a sum before the next tile, so that
 * what it reads of the second matrix stays in the nearest cache.
 */
final class VectorDoubleProducts {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();
  private static final int ROWS = 6;
  private static final int INNER = 256;

  private VectorDoubleProducts() {}

  static void times(
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
      boolean add) {
    int k = 0;
    do {
      int some = Math.min(INNER, inner - k);
      boolean further = add || k > 0;
      int from = aOffset + k * aColumn;
      int row = bOffset + k * bStride;
      int j = 0;
      for (; j <= columns - 2 * LANES; j += 2 * LANES) {
        int i = 0;
        for (; i <= rows - ROWS; i += ROWS) {
          int to = outOffset + i * outStride + j;
          int ai = from + i * aRow;
          sixRows(a, ai, aRow, aColumn, b, row + j, bStride, out, to, outStride, some, further);
        }
        for (; i < rows; i++) {
          int to = outOffset + i * outStride + j;
          int ai = from + i * aRow;
          oneRow(a, ai, aColumn, b, row + j, bStride, out, to, some, further);
        }
      }
      for (; j <= columns - LANES; j += LANES) {
        int i = 0;
        for (; i <= rows - ROWS; i += ROWS) {
          int to = outOffset + i * outStride + j;
          int ai = from + i * aRow;
          sixRowsOfVector(
              a, ai, aRow, aColumn, b, row + j, bStride, out, to, outStride, some, further);
        }
        for (; i < rows; i++) {
          int to = outOffset + i * outStride + j;
          int ai = from + i * aRow;
          oneRowOfVector(a, ai, aColumn, b, row + j, bStride, out, to, some, further);
        }
      }
      for (; j < columns; j++) {
        for (int i = 0; i < rows; i++) {
          int to = outOffset + i * outStride + j;
          double sum = further ? out[to] : 0;
          for (int e = 0; e < some; e++) {
            double factor = a[from + i * aRow + e * aColumn];
            sum = Math.fma(factor, b[row + e * bStride + j], sum);
          }
          out[to] = sum;
        }
      }
      k += some;
    } while (k < inner);
  }

  private static void sixRows(
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
      int inner,
      boolean add) {
    int a0 = aOffset;
    int a1 = aOffset + aRow;
    int a2 = aOffset + 2 * aRow;
    int a3 = aOffset + 3 * aRow;
    int a4 = aOffset + 4 * aRow;
    int a5 = aOffset + 5 * aRow;
    int t0 = outOffset;
    int t1 = outOffset + outStride;
    int t2 = outOffset + 2 * outStride;
    int t3 = outOffset + 3 * outStride;
    int t4 = outOffset + 4 * outStride;
    int t5 = outOffset + 5 * outStride;
    DoubleVector s00 = DoubleVector.zero(DOUBLES);
    DoubleVector s01 = DoubleVector.zero(DOUBLES);
    DoubleVector s10 = DoubleVector.zero(DOUBLES);
    DoubleVector s11 = DoubleVector.zero(DOUBLES);
    DoubleVector s20 = DoubleVector.zero(DOUBLES);
    DoubleVector s21 = DoubleVector.zero(DOUBLES);
    DoubleVector s30 = DoubleVector.zero(DOUBLES);
    DoubleVector s31 = DoubleVector.zero(DOUBLES);
    DoubleVector s40 = DoubleVector.zero(DOUBLES);
    DoubleVector s41 = DoubleVector.zero(DOUBLES);
    DoubleVector s50 = DoubleVector.zero(DOUBLES);
    DoubleVector s51 = DoubleVector.zero(DOUBLES);
    if (add) {
      s00 = DoubleVector.fromArray(DOUBLES, out, t0);
      s01 = DoubleVector.fromArray(DOUBLES, out, t0 + LANES);
      s10 = DoubleVector.fromArray(DOUBLES, out, t1);
      s11 = DoubleVector.fromArray(DOUBLES, out, t1 + LANES);
      s20 = DoubleVector.fromArray(DOUBLES, out, t2);
      s21 = DoubleVector.fromArray(DOUBLES, out, t2 + LANES);
      s30 = DoubleVector.fromArray(DOUBLES, out, t3);
      s31 = DoubleVector.fromArray(DOUBLES, out, t3 + LANES);
      s40 = DoubleVector.fromArray(DOUBLES, out, t4);
      s41 = DoubleVector.fromArray(DOUBLES, out, t4 + LANES);
      s50 = DoubleVector.fromArray(DOUBLES, out, t5);
      s51 = DoubleVector.fromArray(DOUBLES, out, t5 + LANES);
    }
    int p = bOffset;
    for (int k = 0; k < inner; k++) {
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, p);
      DoubleVector b1 = DoubleVector.fromArray(DOUBLES, b, p + LANES);
      DoubleVector f0 = DoubleVector.broadcast(DOUBLES, a[a0]);
      s00 = f0.fma(b0, s00);
      s01 = f0.fma(b1, s01);
      DoubleVector f1 = DoubleVector.broadcast(DOUBLES, a[a1]);
      s10 = f1.fma(b0, s10);
      s11 = f1.fma(b1, s11);
      DoubleVector f2 = DoubleVector.broadcast(DOUBLES, a[a2]);
      s20 = f2.fma(b0, s20);
      s21 = f2.fma(b1, s21);
      DoubleVector f3 = DoubleVector.broadcast(DOUBLES, a[a3]);
      s30 = f3.fma(b0, s30);
      s31 = f3.fma(b1, s31);
      DoubleVector f4 = DoubleVector.broadcast(DOUBLES, a[a4]);
      s40 = f4.fma(b0, s40);
      s41 = f4.fma(b1, s41);
      DoubleVector f5 = DoubleVector.broadcast(DOUBLES, a[a5]);
      s50 = f5.fma(b0, s50);
      s51 = f5.fma(b1, s51);
      a0 += aColumn;
      a1 += aColumn;
      a2 += aColumn;
      a3 += aColumn;
      a4 += aColumn;
      a5 += aColumn;
      p += bStride;
    }
    s00.intoArray(out, t0);
    s01.intoArray(out, t0 + LANES);
    s10.intoArray(out, t1);
    s11.intoArray(out, t1 + LANES);
    s20.intoArray(out, t2);
    s21.intoArray(out, t2 + LANES);
    s30.intoArray(out, t3);
    s31.intoArray(out, t3 + LANES);
    s40.intoArray(out, t4);
    s41.intoArray(out, t4 + LANES);
    s50.intoArray(out, t5);
    s51.intoArray(out, t5 + LANES);
  }

  private static void oneRow(
      double[] a,
      int aOffset,
      int aColumn,
      double[] b,
      int bOffset,
      int bStride,
      double[] out,
      int outOffset,
      int inner,
      boolean add) {
    int a0 = aOffset;
    int t0 = outOffset;
    DoubleVector s00 = DoubleVector.zero(DOUBLES);
    DoubleVector s01 = DoubleVector.zero(DOUBLES);
    if (add) {
      s00 = DoubleVector.fromArray(DOUBLES, out, t0);
      s01 = DoubleVector.fromArray(DOUBLES, out, t0 + LANES);
    }
    int p = bOffset;
    for (int k = 0; k < inner; k++) {
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, p);
      DoubleVector b1 = DoubleVector.fromArray(DOUBLES, b, p + LANES);
      DoubleVector f0 = DoubleVector.broadcast(DOUBLES, a[a0]);
      s00 = f0.fma(b0, s00);
      s01 = f0.fma(b1, s01);
      a0 += aColumn;
      p += bStride;
    }
    s00.intoArray(out, t0);
    s01.intoArray(out, t0 + LANES);
  }

  private static void sixRowsOfVector(
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
      int inner,
      boolean add) {
    int a0 = aOffset;
    int a1 = aOffset + aRow;
    int a2 = aOffset + 2 * aRow;
    int a3 = aOffset + 3 * aRow;
    int a4 = aOffset + 4 * aRow;
    int a5 = aOffset + 5 * aRow;
    int t0 = outOffset;
    int t1 = outOffset + outStride;
    int t2 = outOffset + 2 * outStride;
    int t3 = outOffset + 3 * outStride;
    int t4 = outOffset + 4 * outStride;
    int t5 = outOffset + 5 * outStride;
    DoubleVector s00 = DoubleVector.zero(DOUBLES);
    DoubleVector s10 = DoubleVector.zero(DOUBLES);
    DoubleVector s20 = DoubleVector.zero(DOUBLES);
    DoubleVector s30 = DoubleVector.zero(DOUBLES);
    DoubleVector s40 = DoubleVector.zero(DOUBLES);
    DoubleVector s50 = DoubleVector.zero(DOUBLES);
    if (add) {
      s00 = DoubleVector.fromArray(DOUBLES, out, t0);
      s10 = DoubleVector.fromArray(DOUBLES, out, t1);
      s20 = DoubleVector.fromArray(DOUBLES, out, t2);
      s30 = DoubleVector.fromArray(DOUBLES, out, t3);
      s40 = DoubleVector.fromArray(DOUBLES, out, t4);
      s50 = DoubleVector.fromArray(DOUBLES, out, t5);
    }
    int p = bOffset;
    for (int k = 0; k < inner; k++) {
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, p);
      DoubleVector f0 = DoubleVector.broadcast(DOUBLES, a[a0]);
      s00 = f0.fma(b0, s00);
      DoubleVector f1 = DoubleVector.broadcast(DOUBLES, a[a1]);
      s10 = f1.fma(b0, s10);
      DoubleVector f2 = DoubleVector.broadcast(DOUBLES, a[a2]);
      s20 = f2.fma(b0, s20);
      DoubleVector f3 = DoubleVector.broadcast(DOUBLES, a[a3]);
      s30 = f3.fma(b0, s30);
      DoubleVector f4 = DoubleVector.broadcast(DOUBLES, a[a4]);
      s40 = f4.fma(b0, s40);
      DoubleVector f5 = DoubleVector.broadcast(DOUBLES, a[a5]);
      s50 = f5.fma(b0, s50);
      a0 += aColumn;
      a1 += aColumn;
      a2 += aColumn;
      a3 += aColumn;
      a4 += aColumn;
      a5 += aColumn;
      p += bStride;
    }
    s00.intoArray(out, t0);
    s10.intoArray(out, t1);
    s20.intoArray(out, t2);
    s30.intoArray(out, t3);
    s40.intoArray(out, t4);
    s50.intoArray(out, t5);
  }

  private static void oneRowOfVector(
      double[] a,
      int aOffset,
      int aColumn,
      double[] b,
      int bOffset,
      int bStride,
      double[] out,
      int outOffset,
      int inner,
      boolean add) {
    int a0 = aOffset;
    int t0 = outOffset;
    DoubleVector s00 = DoubleVector.zero(DOUBLES);
    if (add) {
      s00 = DoubleVector.fromArray(DOUBLES, out, t0);
    }
    int p = bOffset;
    for (int k = 0; k < inner; k++) {
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, p);
      DoubleVector f0 = DoubleVector.broadcast(DOUBLES, a[a0]);
      s00 = f0.fma(b0, s00);
      a0 += aColumn;
      p += bStride;
    }
    s00.intoArray(out, t0);
  }
}
