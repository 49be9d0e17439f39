package kronwood.state;

import java.util.Arrays;
import kronwood.input.Terms;
import kronwood.math.kernel.Kernels;

/**
 * Log entries of the neurons of one panel, listed by the column of the states they change; within a
 * column neuron by neuron, in the order they came. Of inputs that are sums each term is an entry.
 */
final class PanelEntries {
  private final int[] first;
  private final int[] next;
  private final int[] position;
  private final byte[] lane;
  private final double[] coefficient;

  private PanelEntries(int columns, int entries) {
    this.first = new int[columns];
    this.next = new int[entries];
    this.position = new int[entries];
    this.lane = new byte[entries];
    this.coefficient = new double[entries];
    Arrays.fill(first, -1);
  }

  static PanelEntries of(CoefficientLog log, int part, int firstNeuron, WrittenInputs written) {
    int end = Math.min(log.neurons(), firstNeuron + Kernels.PANEL);
    int size = 0;
    for (int r = firstNeuron; r < end; r++) {
      size += log.length(r);
    }
    Terms terms = written.terms();
    PanelEntries entries =
        new PanelEntries(size == 0 ? 0 : written.columns(), size * terms.count());
    int i = 0;
    // Backwards, as each goes to the head of its list.
    for (int r = end - 1; r >= firstNeuron; r--) {
      for (int e = log.length(r) - 1; e >= 0; e--) {
        for (int t = terms.count() - 1; t >= 0; t--) {
          int position = terms.index(log.position(r, e), t);
          int column = written.columnOf(position);
          entries.position[i] = position;
          entries.coefficient[i] = terms.weight(t) * log.coefficient(part, r, e);
          entries.lane[i] = (byte) (r - firstNeuron);
          entries.next[i] = entries.first[column];
          entries.first[column] = i++;
        }
      }
    }
    return entries;
  }

  /** Number of columns, 0 if there are no entries. */
  int columns() {
    return first.length;
  }

  /** First entry of a column, −1 if it has none. */
  int first(int column) {
    return first[column];
  }

  /** The entry after entry {@code e} in its column, −1 if it is the last. */
  int next(int e) {
    return next[e];
  }

  /** Position of the entry's term among those of the block. */
  int position(int e) {
    return position[e];
  }

  /** The entry's neuron in its panel. */
  int lane(int e) {
    return lane[e];
  }

  double coefficient(int e) {
    return coefficient[e];
  }

  /** The entries of a column in an array. */
  ColumnEntries ofColumn(int column, WrittenInputs written) {
    int size = 0;
    for (int e = first[column]; e >= 0; e = next[e]) {
      size++;
    }
    int[] listed = new int[size];
    int i = 0;
    for (int e = first[column]; e >= 0; e = next[e]) {
      listed[i++] = e;
    }
    return new ColumnEntries(this, listed, written);
  }
}
