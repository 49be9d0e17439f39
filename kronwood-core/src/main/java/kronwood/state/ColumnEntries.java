package kronwood.state;

import kronwood.math.kernel.Kernels;

/** The log entries of one column of a panel, neuron by neuron, in the order they came. */
final class ColumnEntries {
  private final PanelEntries entries;
  private final WrittenInputs written;
  private final int[] listed;
  private final int[] first = new int[Kernels.PANEL + 1];

  /**
   * @param listed numbers of the entries, neurons increasing
   */
  ColumnEntries(PanelEntries entries, int[] listed, WrittenInputs written) {
    this.entries = entries;
    this.written = written;
    this.listed = listed;
    for (int e : listed) {
      first[entries.lane(e) + 1]++;
    }
    for (int lane = 0; lane < Kernels.PANEL; lane++) {
      first[lane + 1] += first[lane];
    }
  }

  int size() {
    return listed.length;
  }

  /** First entry of a neuron of the panel, and end of those of the neuron before it. */
  int first(int lane) {
    return first[lane];
  }

  double coefficient(int i) {
    return entries.coefficient(listed[i]);
  }

  /** The row of {@link WrittenInputs#values} that an entry writes with. */
  int valueRow(int i) {
    return written.valueRow(entries.position(listed[i]));
  }

  /** The row of {@link WrittenInputs#weights} that an entry writes with. */
  int weightRow(int i) {
    return written.weightRow(entries.position(listed[i]));
  }
}
