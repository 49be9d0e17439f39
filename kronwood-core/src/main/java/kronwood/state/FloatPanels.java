package kronwood.state;

import java.util.Arrays;
import kronwood.math.FloatArray;
import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;

/** {@link StatePanels} in single precision. */
final class FloatPanels implements StatePanels {
  private static final int PANEL = Kernels.PANEL;

  private final Kernels kernels = Kernels.active();
  private final StateShape shape;
  private final float[][] panels;

  /** States that are all zero. */
  FloatPanels(StateShape shape, int panels) {
    this.shape = shape;
    this.panels = new float[panels][Math.multiplyExact(shape.size(), PANEL)];
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
    FloatWrites writes = new FloatWrites(shape, entries, written);
    int[] next = new int[read.length];
    float[] target = ((FloatArray) out).values();
    if (read.length > 1) {
      clear(panel, read[0], target);
    }
    int tile = shape.tile();
    for (int from = 0; from < shape.valueSize(); from += tile) {
      int to = Math.min(shape.valueSize(), from + tile);
      writes.addTo(panels[panel], from, to);
      for (int t = 0; t < read.length; t++) {
        next[t] = read(panel, read[t], next[t], to, target, read.length > 1);
      }
    }
  }

  private static void clear(int panel, ReadInputs read, float[] out) {
    for (int offset : read.outOffsets()) {
      Arrays.fill(out, offset + panel * PANEL, offset + (panel + 1) * PANEL, 0);
    }
  }

  /** Reads the inputs of VALUE entries below {@code to}, from the {@code next}-th on. */
  private int read(int panel, ReadInputs read, int next, int to, float[] out, boolean further) {
    float[] rows = ((FloatArray) read.rows()).values();
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
    Arrays.fill(panels, new float[0]);
  }

  @Override
  public RealArray panel(int panel) {
    return new FloatArray(panels[panel]);
  }
}
