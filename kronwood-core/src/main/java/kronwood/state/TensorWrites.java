package kronwood.state;

import java.util.Arrays;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.MatrixProducts;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;

/**
 * Adds the log of a block to the tensors of single units: of those inputs that share their first
 * row, the second rows are summed; then come the products of first rows and sums.
 *
 * <p>Holds arrays to work in, so each thread has one of its own.
 */
final class TensorWrites {
  private final Kernels kernels = Kernels.active();
  private final TensorSides sides;
  private final TensorBlock inputs;
  private final Precision precision;
  private final int left;
  private final int right;

  /** Numbers of a right row with zeros at the end, to make whole vectors. */
  private final int padded;

  /** For each first row its place among those of the unit, or −1. */
  private final int[] places;

  private final int[] placed;
  private RealArray leftRows;
  private RealArray rightRows;
  private final RealArray change;

  TensorWrites(TensorSides sides, TensorBlock inputs, Precision precision) {
    this.sides = sides;
    this.inputs = inputs;
    this.precision = precision;
    this.left = sides.rank(TensorSides.LEFT);
    this.right = sides.rank(TensorSides.RIGHT);
    this.padded = Math.ceilDiv(right, Kernels.PANEL) * Kernels.PANEL;
    this.places = new int[inputs.count(inputs.first())];
    Arrays.fill(places, -1);
    this.placed = new int[places.length];
    this.leftRows = precision.array(0);
    this.rightRows = precision.array(0);
    this.change = precision.array(Math.multiplyExact(left, padded));
  }

  /** {@code tensor += Σ_j c_{unit,j} x_j} of one part of the log. */
  void add(CoefficientLog log, int part, int unit, RealArray tensor) {
    int length = log.length(unit);
    if (length == 0) {
      return;
    }
    int rows = place(log.positions(unit), length);
    sumSecondRows(log, part, unit, rows);
    copyFirstRows(rows);
    MatrixProducts.times(
        leftRows, 0, 1, left, rightRows, padded, change, 0, padded, left, rows, padded);
    addChange(tensor);
    for (int i = 0; i < rows; i++) {
      places[placed[i]] = -1;
    }
  }

  /** Numbers the first rows of the inputs, in the order they come, and returns how many. */
  private int place(int[] positions, int length) {
    int first = inputs.first();
    int terms = inputs.terms().count();
    int rows = 0;
    for (int e = 0; e < length; e++) {
      for (int t = 0; t < terms; t++) {
        int row = inputs.row(first, positions[e] * terms + t);
        if (places[row] < 0) {
          places[row] = rows;
          placed[rows++] = row;
        }
      }
    }
    if (leftRows.length() < rows * left) {
      leftRows = precision.array(2 * rows * left);
    }
    if (rightRows.length() < rows * padded) {
      rightRows = precision.array(2 * rows * padded);
    }
    return rows;
  }

  private void sumSecondRows(CoefficientLog log, int part, int unit, int rows) {
    int first = inputs.first();
    int second = inputs.second();
    int rank = sides.rank(second);
    int terms = inputs.terms().count();
    RealArray sums = second == TensorSides.LEFT ? leftRows : rightRows;
    int stride = second == TensorSides.LEFT ? left : padded;
    clear(sums, rows * stride);
    int[] positions = log.positions(unit);
    for (int e = 0; e < log.length(unit); e++) {
      for (int t = 0; t < terms; t++) {
        int position = positions[e] * terms + t;
        double c = inputs.terms().weight(t) * log.coefficient(part, unit, e);
        int from = inputs.row(second, position) * rank;
        int to = places[inputs.row(first, position)] * stride;
        switch (sums) {
          case FloatArray(float[] out) -> {
            float[] row = ((FloatArray) inputs.rows(second)).values();
            kernels.axpy((float) c, row, from, out, to, rank);
          }
          case DoubleArray(double[] out) -> {
            double[] row = ((DoubleArray) inputs.rows(second)).values();
            kernels.axpy(c, row, from, out, to, rank);
          }
        }
      }
    }
  }

  private void copyFirstRows(int rows) {
    int first = inputs.first();
    int rank = sides.rank(first);
    RealArray copies = first == TensorSides.LEFT ? leftRows : rightRows;
    int stride = first == TensorSides.LEFT ? left : padded;
    clear(copies, rows * stride);
    for (int i = 0; i < rows; i++) {
      int from = placed[i] * rank;
      switch (copies) {
        case FloatArray(float[] out) -> {
          float[] row = ((FloatArray) inputs.rows(first)).values();
          System.arraycopy(row, from, out, i * stride, rank);
        }
        case DoubleArray(double[] out) -> {
          double[] row = ((DoubleArray) inputs.rows(first)).values();
          System.arraycopy(row, from, out, i * stride, rank);
        }
      }
    }
  }

  private static void clear(RealArray array, int count) {
    switch (array) {
      case FloatArray(float[] numbers) -> Arrays.fill(numbers, 0, count, 0);
      case DoubleArray(double[] numbers) -> Arrays.fill(numbers, 0, count, 0);
    }
  }

  private void addChange(RealArray tensor) {
    for (int a = 0; a < left; a++) {
      int to = a * right;
      int from = a * padded;
      switch (tensor) {
        case FloatArray(float[] out) -> {
          float[] numbers = ((FloatArray) change).values();
          for (int b = 0; b < right; b++) {
            out[to + b] += numbers[from + b];
          }
        }
        case DoubleArray(double[] out) -> {
          double[] numbers = ((DoubleArray) change).values();
          for (int b = 0; b < right; b++) {
            out[to + b] += numbers[from + b];
          }
        }
      }
    }
  }
}
