package kronwood.state;

import java.util.Arrays;
import java.util.List;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.MatrixProducts;
import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;

/** Reads the inputs of a block from the tensors of one panel of units. */
final class TensorReads {
  private static final int PANEL = Kernels.PANEL;

  /** Numbers of contracted tensors that are worked on at a time, to stay in a core's cache. */
  private static final int AT_ONCE = 1 << 16;

  /** Rows of a tile of a product of matrices. */
  private static final int TILE = 6;

  /** Numbers of each tensor that are turned into a panel before the next ones. */
  private static final int RUN = 64;

  private final TensorSides sides;
  private final TensorBlock inputs;
  private final RealArray secondRows;
  private final int[] rowOffsets;
  private final int[] outOffsets;
  private final boolean several;

  /**
   * @param stride numbers between the results of one input and those of the next
   */
  TensorReads(TensorSides sides, TensorBlock inputs, int stride) {
    this.sides = sides;
    this.inputs = inputs;
    this.secondRows = inputs.weightedSecondRows();
    int terms = inputs.terms().count();
    this.several = terms > 1;
    int count = inputs.count(inputs.second());
    int length = sides.rank(inputs.second());
    boolean weighted = secondRows.length() > count * length;
    this.rowOffsets = new int[inputs.positions()];
    this.outOffsets = new int[inputs.positions()];
    for (int i = 0; i < rowOffsets.length; i++) {
      int position = inputs.ordered(i);
      int copy = weighted ? position % terms : 0;
      rowOffsets[i] = (copy * count + inputs.row(inputs.second(), position)) * length;
      outOffsets[i] = position / terms * stride;
    }
  }

  /** {@code out[outOffset + r]} takes the inner products of the panel's units, sums of summands. */
  void read(List<RealArray[]> summands, int panel, RealArray out) {
    if (several) {
      clear(panel, out);
    }
    int first = inputs.first();
    int inner = sides.rank(first);
    int second = sides.rank(inputs.second());
    int columns = second * PANEL;
    RealArray tensors = panel(summands, panel);
    int rows = inputs.count(first);
    int atOnce = Math.clamp((long) AT_ONCE / columns / TILE * TILE, TILE, Math.max(TILE, rows));
    RealArray contracted = out.precision().array(Math.multiplyExact(atOnce, columns));
    RealArray firstRows = inputs.rows(first);
    for (int from = 0; from < rows; from += atOnce) {
      int to = Math.min(rows, from + atOnce);
      MatrixProducts.times(
          firstRows,
          from * inner,
          inner,
          1,
          tensors,
          columns,
          contracted,
          0,
          columns,
          to - from,
          inner,
          columns);
      for (int f = from; f < to; f++) {
        MatrixProducts.timesPanel(
            secondRows,
            rowOffsets,
            contracted,
            (f - from) * columns,
            second,
            out,
            outOffsets,
            panel * PANEL,
            inputs.begin(f),
            inputs.begin(f + 1),
            several);
      }
    }
  }

  private void clear(int panel, RealArray out) {
    for (int offset : outOffsets) {
      int from = offset + panel * PANEL;
      switch (out) {
        case FloatArray(float[] numbers) -> Arrays.fill(numbers, from, from + PANEL, 0);
        case DoubleArray(double[] numbers) -> Arrays.fill(numbers, from, from + PANEL, 0);
      }
    }
  }

  /**
   * The sums of the tensors of a panel's units side by side, the numbers of the first side
   * outermost.
   */
  private RealArray panel(List<RealArray[]> summands, int panel) {
    int left = sides.rank(TensorSides.LEFT);
    int right = sides.rank(TensorSides.RIGHT);
    boolean turned = inputs.first() == TensorSides.RIGHT;
    int leftStride = turned ? PANEL : right * PANEL;
    int rightStride = turned ? left * PANEL : PANEL;
    RealArray made = secondRows.precision().array(sides.size() * PANEL);
    int end = Math.min(summands.getFirst().length, (panel + 1) * PANEL);
    for (int a = 0; a < left; a++) {
      for (int from = 0; from < right; from += RUN) {
        int to = Math.min(right, from + RUN);
        for (RealArray[] tensors : summands) {
          for (int r = panel * PANEL; r < end; r++) {
            int target = a * leftStride + from * rightStride + r - panel * PANEL;
            add(tensors[r], a * right + from, to - from, made, target, rightStride);
          }
        }
      }
    }
    return made;
  }

  private static void add(
      RealArray source, int from, int count, RealArray target, int to, int stride) {
    switch (source) {
      case FloatArray(float[] numbers) -> {
        float[] out = ((FloatArray) target).values();
        for (int i = 0; i < count; i++) {
          out[to + i * stride] += numbers[from + i];
        }
      }
      case DoubleArray(double[] numbers) -> {
        double[] out = ((DoubleArray) target).values();
        for (int i = 0; i < count; i++) {
          out[to + i * stride] += numbers[from + i];
        }
      }
    }
  }
}
