package kronwood.math.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices in single precision, on the Vector API; see {@link VectorKernels} for the
 * rules.
 *
 * <p>Six rows times two vectors at a time: their twelve sums stay in registers, and hide the time
 * that a multiplication takes. Such a tile takes 256 products a sum before the next tile, so that
 * what it reads of the second matrix stays in the nearest cache.
 */
final class VectorFloatProducts {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int ROWS = 6;
  private static final int INNER = 256;

  private VectorFloatProducts() {}

  static void times(
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
          float sum = further ? out[to] : 0;
          for (int e = 0; e < some; e++) {
            float factor = a[from + i * aRow + e * aColumn];
            sum = Math.fma(factor, b[row + e * bStride + j], sum);
          }
          out[to] = sum;
        }
      }
      k += some;
    } while (k < inner);
  }

  private static void sixRows(
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
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s01 = FloatVector.zero(FLOATS);
    FloatVector s10 = FloatVector.zero(FLOATS);
    FloatVector s11 = FloatVector.zero(FLOATS);
    FloatVector s20 = FloatVector.zero(FLOATS);
    FloatVector s21 = FloatVector.zero(FLOATS);
    FloatVector s30 = FloatVector.zero(FLOATS);
    FloatVector s31 = FloatVector.zero(FLOATS);
    FloatVector s40 = FloatVector.zero(FLOATS);
    FloatVector s41 = FloatVector.zero(FLOATS);
    FloatVector s50 = FloatVector.zero(FLOATS);
    FloatVector s51 = FloatVector.zero(FLOATS);
    if (add) {
      s00 = FloatVector.fromArray(FLOATS, out, t0);
      s01 = FloatVector.fromArray(FLOATS, out, t0 + LANES);
      s10 = FloatVector.fromArray(FLOATS, out, t1);
      s11 = FloatVector.fromArray(FLOATS, out, t1 + LANES);
      s20 = FloatVector.fromArray(FLOATS, out, t2);
      s21 = FloatVector.fromArray(FLOATS, out, t2 + LANES);
      s30 = FloatVector.fromArray(FLOATS, out, t3);
      s31 = FloatVector.fromArray(FLOATS, out, t3 + LANES);
      s40 = FloatVector.fromArray(FLOATS, out, t4);
      s41 = FloatVector.fromArray(FLOATS, out, t4 + LANES);
      s50 = FloatVector.fromArray(FLOATS, out, t5);
      s51 = FloatVector.fromArray(FLOATS, out, t5 + LANES);
    }
    int p = bOffset;
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, p);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, p + LANES);
      FloatVector f0 = FloatVector.broadcast(FLOATS, a[a0]);
      s00 = f0.fma(b0, s00);
      s01 = f0.fma(b1, s01);
      FloatVector f1 = FloatVector.broadcast(FLOATS, a[a1]);
      s10 = f1.fma(b0, s10);
      s11 = f1.fma(b1, s11);
      FloatVector f2 = FloatVector.broadcast(FLOATS, a[a2]);
      s20 = f2.fma(b0, s20);
      s21 = f2.fma(b1, s21);
      FloatVector f3 = FloatVector.broadcast(FLOATS, a[a3]);
      s30 = f3.fma(b0, s30);
      s31 = f3.fma(b1, s31);
      FloatVector f4 = FloatVector.broadcast(FLOATS, a[a4]);
      s40 = f4.fma(b0, s40);
      s41 = f4.fma(b1, s41);
      FloatVector f5 = FloatVector.broadcast(FLOATS, a[a5]);
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
      float[] a,
      int aOffset,
      int aColumn,
      float[] b,
      int bOffset,
      int bStride,
      float[] out,
      int outOffset,
      int inner,
      boolean add) {
    int a0 = aOffset;
    int t0 = outOffset;
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s01 = FloatVector.zero(FLOATS);
    if (add) {
      s00 = FloatVector.fromArray(FLOATS, out, t0);
      s01 = FloatVector.fromArray(FLOATS, out, t0 + LANES);
    }
    int p = bOffset;
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, p);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, p + LANES);
      FloatVector f0 = FloatVector.broadcast(FLOATS, a[a0]);
      s00 = f0.fma(b0, s00);
      s01 = f0.fma(b1, s01);
      a0 += aColumn;
      p += bStride;
    }
    s00.intoArray(out, t0);
    s01.intoArray(out, t0 + LANES);
  }

  private static void sixRowsOfVector(
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
    FloatVector s00 = FloatVector.zero(FLOATS);
    FloatVector s10 = FloatVector.zero(FLOATS);
    FloatVector s20 = FloatVector.zero(FLOATS);
    FloatVector s30 = FloatVector.zero(FLOATS);
    FloatVector s40 = FloatVector.zero(FLOATS);
    FloatVector s50 = FloatVector.zero(FLOATS);
    if (add) {
      s00 = FloatVector.fromArray(FLOATS, out, t0);
      s10 = FloatVector.fromArray(FLOATS, out, t1);
      s20 = FloatVector.fromArray(FLOATS, out, t2);
      s30 = FloatVector.fromArray(FLOATS, out, t3);
      s40 = FloatVector.fromArray(FLOATS, out, t4);
      s50 = FloatVector.fromArray(FLOATS, out, t5);
    }
    int p = bOffset;
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, p);
      FloatVector f0 = FloatVector.broadcast(FLOATS, a[a0]);
      s00 = f0.fma(b0, s00);
      FloatVector f1 = FloatVector.broadcast(FLOATS, a[a1]);
      s10 = f1.fma(b0, s10);
      FloatVector f2 = FloatVector.broadcast(FLOATS, a[a2]);
      s20 = f2.fma(b0, s20);
      FloatVector f3 = FloatVector.broadcast(FLOATS, a[a3]);
      s30 = f3.fma(b0, s30);
      FloatVector f4 = FloatVector.broadcast(FLOATS, a[a4]);
      s40 = f4.fma(b0, s40);
      FloatVector f5 = FloatVector.broadcast(FLOATS, a[a5]);
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
      float[] a,
      int aOffset,
      int aColumn,
      float[] b,
      int bOffset,
      int bStride,
      float[] out,
      int outOffset,
      int inner,
      boolean add) {
    int a0 = aOffset;
    int t0 = outOffset;
    FloatVector s00 = FloatVector.zero(FLOATS);
    if (add) {
      s00 = FloatVector.fromArray(FLOATS, out, t0);
    }
    int p = bOffset;
    for (int k = 0; k < inner; k++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, p);
      FloatVector f0 = FloatVector.broadcast(FLOATS, a[a0]);
      s00 = f0.fma(b0, s00);
      a0 += aColumn;
      p += bStride;
    }
    s00.intoArray(out, t0);
  }
}
