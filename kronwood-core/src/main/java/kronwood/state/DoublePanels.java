package kronwood.state;

import java.util.Arrays;
import kronwood.math.DoubleArray;
import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;

/** {@link StatePanels} in double precision. */
final class DoublePanels implements StatePanels {
  private static final int PANEL = Kernels.PANEL;

  /** Numbers of a row that are added for all neurons before the next ones. */
  private static final int STRIP = 64;

  private final Kernels kernels = Kernels.active();
  private final StateShape shape;
  private final double[][] panels;

  /** States that are all zero. */
  DoublePanels(StateShape shape, int panels) {
    this.shape = shape;
    this.panels = new double[panels][Math.multiplyExact(shape.size(), PANEL)];
  }

  @Override
  public void refresh(
      int panel,
      CoefficientLog log,
      int part,
      WrittenInputs written,
      ReadInputs[] read,
      RealArray out) {
    PanelEntries entries = PanelEntries.of(log, part, panel * PANEL, written);
    int run = written.isByColumn() ? 0 : shape.tile() * shape.weightSize();
    double[] sums = new double[PANEL * run];
    DoubleColumn[] columns = written.isByColumn() ? columns(entries, written) : new DoubleColumn[0];
    int[] next = new int[read.length];
    double[] target = ((DoubleArray) out).values();
    if (read.length > 1) {
      clear(panel, read[0], target);
    }
    int tile = written.isByColumn() ? shape.tileOfColumns() : shape.tile();
    for (int from = 0; from < shape.valueSize(); from += tile) {
      int to = Math.min(shape.valueSize(), from + tile);
      for (int c = 0; c < entries.columns(); c++) {
        if (written.isByColumn()) {
          columns[c].addTo(panels[panel], from, to, written.column(c));
        } else {
          sum(entries, c, written, from, to, sums);
          addSums(panels[panel], sums, from, to, written.column(c));
        }
      }
      for (int t = 0; t < read.length; t++) {
        next[t] = read(panel, read[t], next[t], to, target, read.length > 1);
      }
    }
  }

  private DoubleColumn[] columns(PanelEntries entries, WrittenInputs written) {
    int[] slots = new int[written.positions()];
    Arrays.fill(slots, -1);
    DoubleColumn[] columns = new DoubleColumn[entries.columns()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = new DoubleColumn(shape, entries, c, written, slots);
    }
    return columns;
  }

  /** Sums the entries of one column for the VALUE entries [from, to), neuron by neuron. */
  private void sum(
      PanelEntries entries, int column, WrittenInputs written, int from, int to, double[] sums) {
    int weights = shape.weightSize();
    int run = (to - from) * weights;
    Arrays.fill(sums, 0, PANEL * run, 0);
    double[] values = ((DoubleArray) written.values()).values();
    double[] coordinates = ((DoubleArray) written.weights()).values();
    ColumnEntries listed = entries.ofColumn(column, written);
    int size = listed.size();
    int[] at = new int[size];
    double[] factors = new double[size];
    if (shape.weightAxes().isEmpty()) {
      for (int e = 0; e < size; e++) {
        at[e] = listed.valueRow(e) * shape.valueSize() + from;
        factors[e] = listed.coefficient(e);
      }
      sum(listed, values, at, factors, sums, 0, run, run);
      return;
    }
    for (int v = from; v < to; v++) {
      for (int e = 0; e < size; e++) {
        at[e] = listed.weightRow(e) * weights;
        double c = listed.coefficient(e);
        factors[e] = c * values[listed.valueRow(e) * shape.valueSize() + v];
      }
      sum(listed, coordinates, at, factors, sums, (v - from) * weights, weights, run);
    }
  }

  /** Sums a strip for all neurons before the next: what it reads stays in the cache. */
  private void sum(
      ColumnEntries listed,
      double[] rows,
      int[] at,
      double[] factors,
      double[] sums,
      int offset,
      int length,
      int run) {
    for (int from = 0; from < length; from += STRIP) {
      int to = Math.min(length, from + STRIP);
      for (int lane = 0; lane < PANEL; lane++) {
        int first = listed.first(lane);
        int last = listed.first(lane + 1);
        kernels.addRows(rows, at, factors, first, last, sums, lane * run + offset, from, to);
      }
    }
  }

  /** Turns the sums of a column, one run per neuron, into the panel's order and adds them. */
  private void addSums(double[] state, double[] sums, int from, int to, int column) {
    int weights = shape.weightSize();
    int run = (to - from) * weights;
    int stride = shape.innerSize() * PANEL;
    int row = from * stride + column * weights * PANEL;
    for (int start = 0; start < run; start += weights, row += stride) {
      int target = row;
      for (int i = start; i < start + weights; i++) {
        for (int lane = 0; lane < PANEL; lane++) {
          state[target + lane] += sums[lane * run + i];
        }
        target += PANEL;
      }
    }
  }

  private static void clear(int panel, ReadInputs read, double[] out) {
    for (int offset : read.outOffsets()) {
      Arrays.fill(out, offset + panel * PANEL, offset + (panel + 1) * PANEL, 0);
    }
  }

  /** Reads the inputs of VALUE entries below {@code to}, from the {@code next}-th on. */
  private int read(int panel, ReadInputs read, int next, int to, double[] out, boolean further) {
    double[] rows = ((DoubleArray) read.rows()).values();
    int inner = shape.innerSize();
    int start = next;
    while (start < read.size() && read.value(start) < to) {
      int value = read.value(start);
      int end = start + 1;
      while (end < read.size() && read.value(end) == value) {
        end++;
      }
      for (int c = 0; c < inner; c += COLUMNS_AT_ONCE) {
        kernels.timesPanel(
            rows,
            read.rowOffsets(),
            c,
            panels[panel],
            (value * inner + c) * PANEL,
            Math.min(COLUMNS_AT_ONCE, inner - c),
            out,
            read.outOffsets(),
            panel * PANEL,
            start,
            end,
            further || c > 0);
      }
      start = end;
    }
    return start;
  }

  @Override
  public void release() {
    Arrays.fill(panels, new double[0]);
  }

  @Override
  public RealArray panel(int panel) {
    return new DoubleArray(panels[panel]);
  }
}
