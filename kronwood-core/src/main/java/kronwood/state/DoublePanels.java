package kronwood.state;

import java.util.Arrays;
import kronwood.math.DoubleArray;
import kronwood.math.Kernels;
import kronwood.math.RealArray;

/** {@link StatePanels} in double precision. */
final class DoublePanels implements StatePanels {
  private static final int PANEL = Kernels.PANEL;

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
    double[] sums = new double[PANEL * shape.tile() * shape.weightSize()];
    Column[] columns = written.isByColumn() ? columns(entries, written) : new Column[0];
    int[] next = new int[read.length];
    double[] target = ((DoubleArray) out).values();
    if (read.length > 1) {
      clear(panel, read[0], target);
    }
    for (int from = 0; from < shape.valueSize(); from += shape.tile()) {
      int to = Math.min(shape.valueSize(), from + shape.tile());
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

  private Column[] columns(PanelEntries entries, WrittenInputs written) {
    int[] slots = new int[written.positions()];
    Arrays.fill(slots, -1);
    Column[] columns = new Column[entries.columns()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = new Column(entries, c, written, slots);
    }
    return columns;
  }

  /**
   * The entries of one column as a matrix: a row for each input, with the coefficients of all
   * neurons of the panel, most of them 0. For columns of few inputs, where turning sums around
   * would cost more than the zeros.
   */
  private final class Column {
    private final WrittenInputs written;
    private final int size;
    private final int[] valueAt;
    private final int[] weightAt;
    private final double[] coefficients;
    private double[] scaled = new double[0];

    /**
     * @param slots for each position in the block a number below 0; so again afterwards
     */
    Column(PanelEntries entries, int column, WrittenInputs written, int[] slots) {
      this.written = written;
      int count = 0;
      for (int e = entries.first(column); e >= 0; e = entries.next(e)) {
        if (slots[entries.position(e)] < 0) {
          slots[entries.position(e)] = count++;
        }
      }
      this.size = count;
      this.valueAt = new int[count];
      this.weightAt = new int[count];
      this.coefficients = new double[count * PANEL];
      for (int e = entries.first(column); e >= 0; e = entries.next(e)) {
        int position = entries.position(e);
        int slot = slots[position];
        valueAt[slot] = written.valueRow(position);
        weightAt[slot] = written.weightRow(position);
        coefficients[slot * PANEL + entries.lane(e)] += entries.coefficient(e);
      }
      for (int e = entries.first(column); e >= 0; e = entries.next(e)) {
        slots[entries.position(e)] = -1;
      }
    }

    void addTo(double[] state, int from, int to, int column) {
      if (size == 0) {
        return;
      }
      double[] values = ((DoubleArray) written.values()).values();
      int weights = shape.weightSize();
      int shift = column * weights * PANEL;
      if (shape.weightAxes().isEmpty()) {
        kernels.addTimesPanel(
            values,
            written.valueOffsets(),
            valueAt,
            coefficients,
            size,
            state,
            written.valueTargets(),
            shift,
            from,
            to);
        return;
      }
      double[] coordinates = ((DoubleArray) written.weights()).values();
      for (int v = from; v < to; v++) {
        kernels.addTimesPanel(
            coordinates,
            written.weightOffsets(),
            weightAt,
            scaled(values, written.valueOffsets()[v]),
            size,
            state,
            written.weightTargets(),
            written.valueTargets()[v] + shift,
            0,
            weights);
      }
    }

    /** The coefficients times what their inputs write at one VALUE entry. */
    private double[] scaled(double[] values, int row) {
      if (shape.valueAxes().isEmpty()) {
        return coefficients;
      }
      if (scaled.length < size * PANEL) {
        scaled = new double[coefficients.length];
      }
      for (int slot = 0; slot < size; slot++) {
        double value = values[row + valueAt[slot]];
        for (int i = slot * PANEL; i < (slot + 1) * PANEL; i++) {
          scaled[i] = value * coefficients[i];
        }
      }
      return scaled;
    }
  }

  /** Sums the entries of one column for the VALUE entries [from, to), neuron by neuron. */
  private void sum(
      PanelEntries entries, int column, WrittenInputs written, int from, int to, double[] sums) {
    int run = (to - from) * shape.weightSize();
    Arrays.fill(sums, 0, PANEL * run, 0);
    for (int e = entries.first(column); e >= 0; e = entries.next(e)) {
      addEntry(entries, e, written, from, to, sums, entries.lane(e) * run);
    }
  }

  private void addEntry(
      PanelEntries entries, int e, WrittenInputs written, int from, int to, double[] sums, int at) {
    int position = entries.position(e);
    double[] values = ((DoubleArray) written.values()).values();
    int value = written.valueRow(position) * shape.valueSize();
    double c = entries.coefficient(e);
    int weights = shape.weightSize();
    if (shape.weightAxes().isEmpty()) {
      kernels.axpy(c, values, value + from, sums, at, to - from);
      return;
    }
    double[] coordinates = ((DoubleArray) written.weights()).values();
    int coordinate = written.weightRow(position) * weights;
    for (int v = from; v < to; v++) {
      kernels.axpy(c * values[value + v], coordinates, coordinate, sums, at, weights);
      at += weights;
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
