package kronwood.state;

import kronwood.math.DoubleArray;
import kronwood.math.kernel.Kernels;

/**
 * The log entries of one column of a panel as a sparse matrix in double precision: a row for each
 * input, of which those parts are kept in which a neuron has a coefficient. Most have none: with a
 * twelfth of the neurons firing, half of the parts of eight neurons.
 */
final class DoubleColumn {
  private static final int PANEL = Kernels.PANEL;

  private final Kernels kernels = Kernels.active();
  private final int part = kernels.partOfDoublePanel();
  private final StateShape shape;
  private final WrittenInputs written;

  /** Where the parts of each place in the panel begin: those of even rows, then of odd ones. */
  private final int[] begin;

  private final int[] middle;
  private final int[] valueAt;
  private final int[] weightAt;
  private final double[] coefficients;
  private double[] scaled = new double[0];

  /**
   * @param slots for each position in the block a number below 0; so again afterwards
   */
  DoubleColumn(
      StateShape shape, PanelEntries entries, int column, WrittenInputs written, int[] slots) {
    this.shape = shape;
    this.written = written;
    int rows = 0;
    for (int e = entries.first(column); e >= 0; e = entries.next(e)) {
      if (slots[entries.position(e)] < 0) {
        slots[entries.position(e)] = rows++;
      }
    }
    int[] positions = new int[rows];
    double[] matrix = new double[rows * PANEL];
    for (int e = entries.first(column); e >= 0; e = entries.next(e)) {
      int slot = slots[entries.position(e)];
      positions[slot] = entries.position(e);
      matrix[slot * PANEL + entries.lane(e)] += entries.coefficient(e);
    }
    for (int position : positions) {
      slots[position] = -1;
    }
    int places = PANEL / part;
    this.begin = new int[places + 1];
    this.middle = new int[places];
    int[] at = new int[rows * places];
    int kept = 0;
    for (int place = 0; place < places; place++) {
      for (int parity = 0; parity < 2; parity++) {
        for (int slot = parity; slot < rows; slot += 2) {
          int from = slot * PANEL + place * part;
          if (!isZero(matrix, from, part)) {
            at[kept++] = from;
          }
        }
        if (parity == 0) {
          middle[place] = kept;
        }
      }
      begin[place + 1] = kept;
    }
    this.valueAt = new int[kept];
    this.weightAt = new int[kept];
    this.coefficients = new double[kept * part];
    for (int k = 0; k < kept; k++) {
      int position = positions[at[k] / PANEL];
      valueAt[k] = written.valueRow(position) * shape.valueSize();
      weightAt[k] = written.weightRow(position) * shape.weightSize();
      System.arraycopy(matrix, at[k], coefficients, k * part, part);
    }
  }

  private static boolean isZero(double[] numbers, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (numbers[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Adds what the inputs write at the VALUE entries [from, to).
   *
   * @param column the entry along the COEFFICIENT axes
   */
  void addTo(double[] state, int from, int to, int column) {
    double[] values = ((DoubleArray) written.values()).values();
    int weights = shape.weightSize();
    int stride = shape.innerSize() * PANEL;
    int shift = column * weights * PANEL;
    if (shape.weightAxes().isEmpty()) {
      add(values, valueAt, coefficients, state, shift, stride, from, to);
      return;
    }
    double[] coordinates = ((DoubleArray) written.weights()).values();
    for (int v = from; v < to; v++) {
      double[] factors = shape.valueAxes().isEmpty() ? coefficients : scaled(values, v);
      add(coordinates, weightAt, factors, state, v * stride + shift, PANEL, 0, weights);
    }
  }

  private void add(
      double[] rows,
      int[] at,
      double[] factors,
      double[] state,
      int to,
      int stride,
      int from,
      int end) {
    for (int place = 0; place < middle.length; place++) {
      if (begin[place] < begin[place + 1]) {
        kernels.addTimesParts(
            rows,
            at,
            factors,
            begin[place],
            middle[place],
            begin[place + 1],
            state,
            to + place * part,
            stride,
            from,
            end);
      }
    }
  }

  /** The coefficients times what their inputs write at one VALUE entry. */
  private double[] scaled(double[] values, int entry) {
    if (scaled.length < coefficients.length) {
      scaled = new double[coefficients.length];
    }
    for (int k = 0; k < valueAt.length; k++) {
      double value = values[valueAt[k] + entry];
      for (int i = k * part; i < (k + 1) * part; i++) {
        scaled[i] = value * coefficients[i];
      }
    }
    return scaled;
  }
}
