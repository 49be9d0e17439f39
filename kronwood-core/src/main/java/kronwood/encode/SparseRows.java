package kronwood.encode;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import kronwood.data.SparseFeatures;

/** Sparse feature vectors being collected row by row. For encoders. */
public final class SparseRows {
  private final int columns;
  private int[] rowStart;
  private int rows;
  private int[] column = new int[1024];
  private float[] value = new float[1024];

  /** Begins with no rows of vectors of length {@code columns}. */
  public SparseRows(int columns, int expectedRows) {
    this.columns = columns;
    this.rowStart = new int[expectedRows + 1];
  }

  /** Adds a row. */
  public void add(SortedMap<Integer, Double> values) {
    int stored = rowStart[rows];
    int needed = Math.addExact(stored, values.size());
    if (needed > column.length) {
      int room = Math.max(needed, 2 * column.length);
      column = Arrays.copyOf(column, room);
      value = Arrays.copyOf(value, room);
    }
    for (Map.Entry<Integer, Double> entry : values.entrySet()) {
      column[stored] = entry.getKey();
      value[stored++] = entry.getValue().floatValue();
    }
    rows++;
    if (rows == rowStart.length) {
      rowStart = Arrays.copyOf(rowStart, 2 * rows + 1);
    }
    rowStart[rows] = stored;
  }

  /** All rows. */
  public SparseFeatures finish() {
    int stored = rowStart[rows];
    return SparseFeatures.of(
        Math.max(1, columns),
        Arrays.copyOf(rowStart, rows + 1),
        Arrays.copyOf(column, stored),
        Arrays.copyOf(value, stored));
  }
}
