package kronwood.math.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products with panels in double precision, on the Vector API; see {@link VectorKernels} for the
 * rules.
 */
final class VectorDoublePanels {
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = DOUBLES.length();
  private static final int PANEL = Kernels.PANEL;

  private VectorDoublePanels() {}

  /** Whether a panel is a whole number of vectors. */
  static boolean fits() {
    return PANEL % LANES == 0;
  }

  static void times(
      double[] rows,
      int[] rowOffsets,
      int rowShift,
      double[] panel,
      int panelOffset,
      int columns,
      double[] out,
      int[] outOffsets,
      int outShift,
      int first,
      int last,
      boolean add) {
    if (!fits()) {
      ScalarPanels.times(
          rows,
          rowOffsets,
          rowShift,
          panel,
          panelOffset,
          columns,
          out,
          outOffsets,
          outShift,
          first,
          last,
          add);
      return;
    }
    for (int lane = 0; lane < PANEL; lane += LANES) {
      int s = first;
      for (; s <= last - 4; s += 4) {
        timesFour(
            rows,
            rowOffsets,
            rowShift,
            panel,
            panelOffset,
            columns,
            out,
            outOffsets,
            outShift,
            s,
            lane,
            add);
      }
      for (; s < last; s++) {
        timesOne(
            rows,
            rowOffsets,
            rowShift,
            panel,
            panelOffset,
            columns,
            out,
            outOffsets,
            outShift,
            s,
            lane,
            add);
      }
    }
  }

  private static void timesFour(
      double[] rows,
      int[] rowOffsets,
      int rowShift,
      double[] panel,
      int panelOffset,
      int columns,
      double[] out,
      int[] outOffsets,
      int outShift,
      int s,
      int lane,
      boolean add) {
    int r0 = rowOffsets[s + 0] + rowShift;
    int r1 = rowOffsets[s + 1] + rowShift;
    int r2 = rowOffsets[s + 2] + rowShift;
    int r3 = rowOffsets[s + 3] + rowShift;
    DoubleVector e0 = DoubleVector.zero(DOUBLES);
    DoubleVector o0 = DoubleVector.zero(DOUBLES);
    DoubleVector e1 = DoubleVector.zero(DOUBLES);
    DoubleVector o1 = DoubleVector.zero(DOUBLES);
    DoubleVector e2 = DoubleVector.zero(DOUBLES);
    DoubleVector o2 = DoubleVector.zero(DOUBLES);
    DoubleVector e3 = DoubleVector.zero(DOUBLES);
    DoubleVector o3 = DoubleVector.zero(DOUBLES);
    int p = panelOffset + lane;
    int c = 0;
    for (; c <= columns - 2; c += 2) {
      DoubleVector even = DoubleVector.fromArray(DOUBLES, panel, p);
      DoubleVector odd = DoubleVector.fromArray(DOUBLES, panel, p + PANEL);
      e0 = DoubleVector.broadcast(DOUBLES, rows[r0 + c]).fma(even, e0);
      e1 = DoubleVector.broadcast(DOUBLES, rows[r1 + c]).fma(even, e1);
      e2 = DoubleVector.broadcast(DOUBLES, rows[r2 + c]).fma(even, e2);
      e3 = DoubleVector.broadcast(DOUBLES, rows[r3 + c]).fma(even, e3);
      o0 = DoubleVector.broadcast(DOUBLES, rows[r0 + c + 1]).fma(odd, o0);
      o1 = DoubleVector.broadcast(DOUBLES, rows[r1 + c + 1]).fma(odd, o1);
      o2 = DoubleVector.broadcast(DOUBLES, rows[r2 + c + 1]).fma(odd, o2);
      o3 = DoubleVector.broadcast(DOUBLES, rows[r3 + c + 1]).fma(odd, o3);
      p += 2 * PANEL;
    }
    if (c < columns) {
      DoubleVector even = DoubleVector.fromArray(DOUBLES, panel, p);
      e0 = DoubleVector.broadcast(DOUBLES, rows[r0 + c]).fma(even, e0);
      e1 = DoubleVector.broadcast(DOUBLES, rows[r1 + c]).fma(even, e1);
      e2 = DoubleVector.broadcast(DOUBLES, rows[r2 + c]).fma(even, e2);
      e3 = DoubleVector.broadcast(DOUBLES, rows[r3 + c]).fma(even, e3);
    }
    DoubleVector sum0 = e0.add(o0);
    int t0 = outOffsets[s + 0] + outShift + lane;
    if (add) {
      sum0.add(DoubleVector.fromArray(DOUBLES, out, t0)).intoArray(out, t0);
    } else {
      sum0.intoArray(out, t0);
    }
    DoubleVector sum1 = e1.add(o1);
    int t1 = outOffsets[s + 1] + outShift + lane;
    if (add) {
      sum1.add(DoubleVector.fromArray(DOUBLES, out, t1)).intoArray(out, t1);
    } else {
      sum1.intoArray(out, t1);
    }
    DoubleVector sum2 = e2.add(o2);
    int t2 = outOffsets[s + 2] + outShift + lane;
    if (add) {
      sum2.add(DoubleVector.fromArray(DOUBLES, out, t2)).intoArray(out, t2);
    } else {
      sum2.intoArray(out, t2);
    }
    DoubleVector sum3 = e3.add(o3);
    int t3 = outOffsets[s + 3] + outShift + lane;
    if (add) {
      sum3.add(DoubleVector.fromArray(DOUBLES, out, t3)).intoArray(out, t3);
    } else {
      sum3.intoArray(out, t3);
    }
  }

  private static void timesOne(
      double[] rows,
      int[] rowOffsets,
      int rowShift,
      double[] panel,
      int panelOffset,
      int columns,
      double[] out,
      int[] outOffsets,
      int outShift,
      int s,
      int lane,
      boolean add) {
    int r0 = rowOffsets[s + 0] + rowShift;
    DoubleVector e0 = DoubleVector.zero(DOUBLES);
    DoubleVector o0 = DoubleVector.zero(DOUBLES);
    int p = panelOffset + lane;
    int c = 0;
    for (; c <= columns - 2; c += 2) {
      DoubleVector even = DoubleVector.fromArray(DOUBLES, panel, p);
      DoubleVector odd = DoubleVector.fromArray(DOUBLES, panel, p + PANEL);
      e0 = DoubleVector.broadcast(DOUBLES, rows[r0 + c]).fma(even, e0);
      o0 = DoubleVector.broadcast(DOUBLES, rows[r0 + c + 1]).fma(odd, o0);
      p += 2 * PANEL;
    }
    if (c < columns) {
      DoubleVector even = DoubleVector.fromArray(DOUBLES, panel, p);
      e0 = DoubleVector.broadcast(DOUBLES, rows[r0 + c]).fma(even, e0);
    }
    DoubleVector sum0 = e0.add(o0);
    int t0 = outOffsets[s + 0] + outShift + lane;
    if (add) {
      sum0.add(DoubleVector.fromArray(DOUBLES, out, t0)).intoArray(out, t0);
    } else {
      sum0.intoArray(out, t0);
    }
  }
}
