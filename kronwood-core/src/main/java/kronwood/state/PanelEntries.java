package kronwood.state;

import java.util.Arrays;
import kronwood.input.Terms;
import kronwood.math.kernel.Kernels;

/**
 * Log entries of the neurons of one panel, sorted by the column of the states they change, then by
 * neuron, then in the order they came. Of inputs that are sums each term is an entry.
 *
 * <p>Memory: 12 bytes an entry, 64 a column.
 */
final class PanelEntries {
  private static final int PANEL = Kernels.PANEL;

  /** Where the list of a column and neuron begins: at index column · PANEL + lane. */
  private final int[] begin;

  private final int[] positions;
  private final double[] coefficients;

  private PanelEntries(int[] begin, int entries) {
    this.begin = begin;
    this.positions = new int[entries];
    this.coefficients = new double[entries];
  }

  static PanelEntries of(CoefficientLog log, int part, int firstNeuron, WrittenInputs written) {
    int end = Math.min(log.neurons(), firstNeuron + PANEL);
    Terms terms = written.terms();
    int[] begin = new int[written.columns() * PANEL + 1];
    for (int r = firstNeuron; r < end; r++) {
      int[] logged = log.positions(r);
      for (int e = 0; e < log.length(r); e++) {
        for (int t = 0; t < terms.count(); t++) {
          int column = written.columnOf(terms.index(logged[e], t));
          begin[column * PANEL + r - firstNeuron + 1]++;
        }
      }
    }
    for (int i = 1; i < begin.length; i++) {
      begin[i] += begin[i - 1];
    }
    PanelEntries entries = new PanelEntries(begin, begin[begin.length - 1]);
    int[] next = Arrays.copyOf(begin, begin.length - 1);
    for (int r = firstNeuron; r < end; r++) {
      int[] logged = log.positions(r);
      for (int e = 0; e < log.length(r); e++) {
        for (int t = 0; t < terms.count(); t++) {
          int position = terms.index(logged[e], t);
          int i = next[written.columnOf(position) * PANEL + r - firstNeuron]++;
          entries.positions[i] = position;
          entries.coefficients[i] = terms.weight(t) * log.coefficient(part, r, e);
        }
      }
    }
    return entries;
  }

  /** Number of entries. */
  int size() {
    return positions.length;
  }

  /** Position of the entry's term among those of the block. */
  int position(int e) {
    return positions[e];
  }

  double coefficient(int e) {
    return coefficients[e];
  }

  boolean isEmpty(int column) {
    return begin[column * PANEL] == begin[(column + 1) * PANEL];
  }

  /**
   * Bounds of the lists of a column's neurons: list {@code lane} is from {@code [lane]} to {@code
   * [PANEL + lane]}.
   */
  private int[] bounds(int column) {
    int[] bounds = new int[2 * PANEL];
    System.arraycopy(begin, column * PANEL, bounds, 0, PANEL);
    System.arraycopy(begin, column * PANEL + 1, bounds, PANEL, PANEL);
    return bounds;
  }

  /**
   * The same lists in pieces: piece p of list {@code lane} is from {@code [p · PANEL + lane]} to
   * {@code [(p + 1) · PANEL + lane]}. All pieces p together are of about {@code length} positions,
   * as each neuron logs inputs in the order of their positions.
   */
  int[] pieces(int column, int positions, int length) {
    int[] whole = bounds(column);
    int pieces = Math.max(1, Math.ceilDiv(positions, length));
    int[] bounds = Arrays.copyOf(whole, (pieces + 1) * PANEL);
    for (int lane = 0; lane < PANEL; lane++) {
      int e = whole[lane];
      for (int p = 1; p < pieces; p++) {
        while (e < whole[PANEL + lane] && this.positions[e] < (long) p * length) {
          e++;
        }
        bounds[p * PANEL + lane] = e;
      }
      bounds[pieces * PANEL + lane] = whole[PANEL + lane];
    }
    return bounds;
  }
}
