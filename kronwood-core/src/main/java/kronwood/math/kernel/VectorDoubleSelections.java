package kronwood.math.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of selected elements of rows with panels, on the Vector API; see {@link VectorKernels}
 * for the rules.
 */
final class VectorDoubleSelections {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();
  private static final int PANEL = Kernels.PANEL;

  private VectorDoubleSelections() {}

  static void addTimes(
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
      ScalarPanels.addTimes(
          rows, rowOffsets, at, panel, columns, out, outOffsets, outShift, first, last);
      return;
    }
    for (int lane = 0; lane < PANEL; lane += LANES) {
      int s = first;
      for (; s <= last - 4; s += 4) {
        addTimesFour(rows, rowOffsets, at, panel, columns, out, outOffsets, outShift, s, lane);
      }
      for (; s < last; s++) {
        addTimesOne(rows, rowOffsets, at, panel, columns, out, outOffsets, outShift, s, lane);
      }
    }
  }

  private static void addTimesFour(
      double[] rows,
      int[] rowOffsets,
      int[] at,
      double[] panel,
      int columns,
      double[] out,
      int[] outOffsets,
      int outShift,
      int s,
      int lane) {
    int r0 = rowOffsets[s + 0];
    int r1 = rowOffsets[s + 1];
    int r2 = rowOffsets[s + 2];
    int r3 = rowOffsets[s + 3];
    DoubleVector e0 = DoubleVector.zero(DOUBLES);
    DoubleVector o0 = DoubleVector.zero(DOUBLES);
    DoubleVector e1 = DoubleVector.zero(DOUBLES);
    DoubleVector o1 = DoubleVector.zero(DOUBLES);
    DoubleVector e2 = DoubleVector.zero(DOUBLES);
    DoubleVector o2 = DoubleVector.zero(DOUBLES);
    DoubleVector e3 = DoubleVector.zero(DOUBLES);
    DoubleVector o3 = DoubleVector.zero(DOUBLES);
    int p = lane;
    int c = 0;
    for (; c <= columns - 2; c += 2) {
      int a = at[c];
      int b = at[c + 1];
      DoubleVector even = DoubleVector.fromArray(DOUBLES, panel, p);
      DoubleVector odd = DoubleVector.fromArray(DOUBLES, panel, p + PANEL);
      e0 = DoubleVector.broadcast(DOUBLES, rows[r0 + a]).fma(even, e0);
      e1 = DoubleVector.broadcast(DOUBLES, rows[r1 + a]).fma(even, e1);
      e2 = DoubleVector.broadcast(DOUBLES, rows[r2 + a]).fma(even, e2);
      e3 = DoubleVector.broadcast(DOUBLES, rows[r3 + a]).fma(even, e3);
      o0 = DoubleVector.broadcast(DOUBLES, rows[r0 + b]).fma(odd, o0);
      o1 = DoubleVector.broadcast(DOUBLES, rows[r1 + b]).fma(odd, o1);
      o2 = DoubleVector.broadcast(DOUBLES, rows[r2 + b]).fma(odd, o2);
      o3 = DoubleVector.broadcast(DOUBLES, rows[r3 + b]).fma(odd, o3);
      p += 2 * PANEL;
    }
    if (c < columns) {
      int a = at[c];
      DoubleVector even = DoubleVector.fromArray(DOUBLES, panel, p);
      e0 = DoubleVector.broadcast(DOUBLES, rows[r0 + a]).fma(even, e0);
      e1 = DoubleVector.broadcast(DOUBLES, rows[r1 + a]).fma(even, e1);
      e2 = DoubleVector.broadcast(DOUBLES, rows[r2 + a]).fma(even, e2);
      e3 = DoubleVector.broadcast(DOUBLES, rows[r3 + a]).fma(even, e3);
    }
    int t0 = outOffsets[s + 0] + outShift + lane;
    e0.add(o0).add(DoubleVector.fromArray(DOUBLES, out, t0)).intoArray(out, t0);
    int t1 = outOffsets[s + 1] + outShift + lane;
    e1.add(o1).add(DoubleVector.fromArray(DOUBLES, out, t1)).intoArray(out, t1);
    int t2 = outOffsets[s + 2] + outShift + lane;
    e2.add(o2).add(DoubleVector.fromArray(DOUBLES, out, t2)).intoArray(out, t2);
    int t3 = outOffsets[s + 3] + outShift + lane;
    e3.add(o3).add(DoubleVector.fromArray(DOUBLES, out, t3)).intoArray(out, t3);
  }

  private static void addTimesOne(
      double[] rows,
      int[] rowOffsets,
      int[] at,
      double[] panel,
      int columns,
      double[] out,
      int[] outOffsets,
      int outShift,
      int s,
      int lane) {
    int r0 = rowOffsets[s + 0];
    DoubleVector e0 = DoubleVector.zero(DOUBLES);
    DoubleVector o0 = DoubleVector.zero(DOUBLES);
    int p = lane;
    int c = 0;
    for (; c <= columns - 2; c += 2) {
      int a = at[c];
      int b = at[c + 1];
      DoubleVector even = DoubleVector.fromArray(DOUBLES, panel, p);
      DoubleVector odd = DoubleVector.fromArray(DOUBLES, panel, p + PANEL);
      e0 = DoubleVector.broadcast(DOUBLES, rows[r0 + a]).fma(even, e0);
      o0 = DoubleVector.broadcast(DOUBLES, rows[r0 + b]).fma(odd, o0);
      p += 2 * PANEL;
    }
    if (c < columns) {
      int a = at[c];
      DoubleVector even = DoubleVector.fromArray(DOUBLES, panel, p);
      e0 = DoubleVector.broadcast(DOUBLES, rows[r0 + a]).fma(even, e0);
    }
    int t0 = outOffsets[s + 0] + outShift + lane;
    e0.add(o0).add(DoubleVector.fromArray(DOUBLES, out, t0)).intoArray(out, t0);
  }
}
