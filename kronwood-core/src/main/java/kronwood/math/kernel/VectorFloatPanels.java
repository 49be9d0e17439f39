package kronwood.math.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products with panels in single precision, on the Vector API; see {@link VectorKernels} for the
 * rules.
 */
final class VectorFloatPanels {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int PANEL = Kernels.PANEL;

  private VectorFloatPanels() {}

  /** Whether a panel is a whole number of vectors. */
  static boolean fits() {
    return PANEL % LANES == 0;
  }

  static void times(
      float[] rows,
      int[] rowOffsets,
      int rowShift,
      float[] panel,
      int panelOffset,
      int columns,
      float[] out,
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
      float[] rows,
      int[] rowOffsets,
      int rowShift,
      float[] panel,
      int panelOffset,
      int columns,
      float[] out,
      int[] outOffsets,
      int outShift,
      int s,
      int lane,
      boolean add) {
    int r0 = rowOffsets[s + 0] + rowShift;
    int r1 = rowOffsets[s + 1] + rowShift;
    int r2 = rowOffsets[s + 2] + rowShift;
    int r3 = rowOffsets[s + 3] + rowShift;
    FloatVector e0 = FloatVector.zero(FLOATS);
    FloatVector o0 = FloatVector.zero(FLOATS);
    FloatVector e1 = FloatVector.zero(FLOATS);
    FloatVector o1 = FloatVector.zero(FLOATS);
    FloatVector e2 = FloatVector.zero(FLOATS);
    FloatVector o2 = FloatVector.zero(FLOATS);
    FloatVector e3 = FloatVector.zero(FLOATS);
    FloatVector o3 = FloatVector.zero(FLOATS);
    int p = panelOffset + lane;
    int c = 0;
    for (; c <= columns - 2; c += 2) {
      FloatVector even = FloatVector.fromArray(FLOATS, panel, p);
      FloatVector odd = FloatVector.fromArray(FLOATS, panel, p + PANEL);
      e0 = FloatVector.broadcast(FLOATS, rows[r0 + c]).fma(even, e0);
      e1 = FloatVector.broadcast(FLOATS, rows[r1 + c]).fma(even, e1);
      e2 = FloatVector.broadcast(FLOATS, rows[r2 + c]).fma(even, e2);
      e3 = FloatVector.broadcast(FLOATS, rows[r3 + c]).fma(even, e3);
      o0 = FloatVector.broadcast(FLOATS, rows[r0 + c + 1]).fma(odd, o0);
      o1 = FloatVector.broadcast(FLOATS, rows[r1 + c + 1]).fma(odd, o1);
      o2 = FloatVector.broadcast(FLOATS, rows[r2 + c + 1]).fma(odd, o2);
      o3 = FloatVector.broadcast(FLOATS, rows[r3 + c + 1]).fma(odd, o3);
      p += 2 * PANEL;
    }
    if (c < columns) {
      FloatVector even = FloatVector.fromArray(FLOATS, panel, p);
      e0 = FloatVector.broadcast(FLOATS, rows[r0 + c]).fma(even, e0);
      e1 = FloatVector.broadcast(FLOATS, rows[r1 + c]).fma(even, e1);
      e2 = FloatVector.broadcast(FLOATS, rows[r2 + c]).fma(even, e2);
      e3 = FloatVector.broadcast(FLOATS, rows[r3 + c]).fma(even, e3);
    }
    FloatVector sum0 = e0.add(o0);
    int t0 = outOffsets[s + 0] + outShift + lane;
    if (add) {
      sum0.add(FloatVector.fromArray(FLOATS, out, t0)).intoArray(out, t0);
    } else {
      sum0.intoArray(out, t0);
    }
    FloatVector sum1 = e1.add(o1);
    int t1 = outOffsets[s + 1] + outShift + lane;
    if (add) {
      sum1.add(FloatVector.fromArray(FLOATS, out, t1)).intoArray(out, t1);
    } else {
      sum1.intoArray(out, t1);
    }
    FloatVector sum2 = e2.add(o2);
    int t2 = outOffsets[s + 2] + outShift + lane;
    if (add) {
      sum2.add(FloatVector.fromArray(FLOATS, out, t2)).intoArray(out, t2);
    } else {
      sum2.intoArray(out, t2);
    }
    FloatVector sum3 = e3.add(o3);
    int t3 = outOffsets[s + 3] + outShift + lane;
    if (add) {
      sum3.add(FloatVector.fromArray(FLOATS, out, t3)).intoArray(out, t3);
    } else {
      sum3.intoArray(out, t3);
    }
  }

  private static void timesOne(
      float[] rows,
      int[] rowOffsets,
      int rowShift,
      float[] panel,
      int panelOffset,
      int columns,
      float[] out,
      int[] outOffsets,
      int outShift,
      int s,
      int lane,
      boolean add) {
    int r0 = rowOffsets[s + 0] + rowShift;
    FloatVector e0 = FloatVector.zero(FLOATS);
    FloatVector o0 = FloatVector.zero(FLOATS);
    int p = panelOffset + lane;
    int c = 0;
    for (; c <= columns - 2; c += 2) {
      FloatVector even = FloatVector.fromArray(FLOATS, panel, p);
      FloatVector odd = FloatVector.fromArray(FLOATS, panel, p + PANEL);
      e0 = FloatVector.broadcast(FLOATS, rows[r0 + c]).fma(even, e0);
      o0 = FloatVector.broadcast(FLOATS, rows[r0 + c + 1]).fma(odd, o0);
      p += 2 * PANEL;
    }
    if (c < columns) {
      FloatVector even = FloatVector.fromArray(FLOATS, panel, p);
      e0 = FloatVector.broadcast(FLOATS, rows[r0 + c]).fma(even, e0);
    }
    FloatVector sum0 = e0.add(o0);
    int t0 = outOffsets[s + 0] + outShift + lane;
    if (add) {
      sum0.add(FloatVector.fromArray(FLOATS, out, t0)).intoArray(out, t0);
    } else {
      sum0.intoArray(out, t0);
    }
  }
}
