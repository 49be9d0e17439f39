package kronwood.state;

import kronwood.math.DoubleArray;
import kronwood.math.kernel.Kernels;

/**
 * Adds a log to the states of the neurons of one panel, in double precision. Each neuron's entries
 * of a column are summed along a strip of what they write; then the strips of the panel's neurons
 * are turned around and added to the states. So the work is that of what fires: Π update_k an
 * entry, and one addition a number of a state.
 */
final class DoubleWrites {
  private static final int PANEL = Kernels.PANEL;
  private static final int STRIP = Kernels.STRIP;

  /** Rows whose strips stay in a core's cache while lists are summed piece by piece. */
  private static final int ROWS = 1024;

  private final Kernels kernels = Kernels.active();
  private final StateShape shape;
  private final WrittenInputs written;
  private final PanelEntries entries;
  private final RowStrips rows;
  private final int[] at;
  private final double[] coefficients;
  private final int[][] bounds;
  private final double[] scaled;
  private final double[] sums = new double[PANEL * STRIP];
  private final double[] work = new double[PANEL * STRIP];

  DoubleWrites(StateShape shape, PanelEntries entries, WrittenInputs written) {
    this.shape = shape;
    this.written = written;
    this.entries = entries;
    boolean byWeight = !shape.weightAxes().isEmpty();
    this.rows = byWeight ? written.weights() : written.values();
    this.at = new int[entries.size()];
    this.coefficients = new double[entries.size()];
    for (int e = 0; e < at.length; e++) {
      int position = entries.position(e);
      at[e] = rows.at(byWeight ? written.weightRow(position) : written.valueRow(position));
      coefficients[e] = entries.coefficient(e);
    }
    this.scaled = byWeight && !shape.valueAxes().isEmpty() ? new double[at.length] : coefficients;
    int columns = written.columns();
    this.bounds = new int[columns][];
    for (int column = 0; column < columns; column++) {
      bounds[column] = entries.pieces(column, written.positions(), ROWS * columns);
    }
  }

  /** Adds what the entries write at the VALUE entries [from, to), at most a strip of them. */
  void addTo(double[] state, int from, int to) {
    int weights = shape.weightSize();
    int stride = shape.innerSize() * PANEL;
    if (shape.weightAxes().isEmpty()) {
      for (int c = 0; c < bounds.length; c++) {
        add(c, from, state, from * stride + written.column(c) * PANEL, stride, to - from);
      }
      return;
    }
    for (int v = from; v < to; v++) {
      scale(v);
      for (int c = 0; c < bounds.length; c++) {
        int target = v * stride + written.column(c) * weights * PANEL;
        for (int i = 0; i < weights; i += STRIP) {
          add(c, i, state, target + i * PANEL, PANEL, Math.min(STRIP, weights - i));
        }
      }
    }
  }

  private void add(int column, int number, double[] state, int target, int stride, int count) {
    if (entries.isEmpty(column)) {
      return;
    }
    double[] numbers = ((DoubleArray) rows.numbers()).values();
    int[] of = bounds[column];
    int shift = rows.shift(number);
    for (int p = 0; p < of.length - PANEL; p += PANEL) {
      kernels.sumStrips(numbers, shift, at, scaled, of, p, p + PANEL, count, p > 0, sums);
    }
    kernels.addTurned(sums, work, count, state, target, stride);
  }

  /** Multiplies the coefficients with what their inputs write at a VALUE entry. */
  private void scale(int entry) {
    if (shape.valueAxes().isEmpty()) {
      return;
    }
    RowStrips values = written.values();
    double[] numbers = ((DoubleArray) values.numbers()).values();
    int shift = values.shift(entry) + entry % STRIP;
    for (int e = 0; e < scaled.length; e++) {
      double value = numbers[shift + values.at(written.valueRow(entries.position(e)))];
      scaled[e] = value * coefficients[e];
    }
  }
}
