package kronwood.data;

import kronwood.fault.InputException;

/**
 * Feature vectors of which only the non-zero values are stored, row by row (compressed sparse
 * rows).
 *
 * <p>Memory: 8 bytes a stored value and 4 bytes an entity.
 */
public final class SparseFeatures implements Features {
  private final int columns;
  private final int[] rowStart;
  private final int[] column;
  private final float[] value;

  private SparseFeatures(int columns, int[] rowStart, int[] column, float[] value) {
    this.columns = columns;
    this.rowStart = rowStart;
    this.column = column;
    this.value = value;
  }

  /**
   * Feature vectors from compressed sparse rows; the arrays are copied.
   *
   * @param columns length of each feature vector
   * @param rowStart length entities + 1, non-decreasing from 0; entity {@code e} owns the stored
   *     values {@code rowStart[e] … rowStart[e + 1] − 1}
   * @param column column of each stored value, strictly increasing within an entity
   * @param value the stored values, finite
   * @throws InputException if any of this does not hold
   */
  public static SparseFeatures of(int columns, int[] rowStart, int[] column, float[] value) {
    if (columns < 1) {
      throw new InputException("features need at least one column, found " + columns);
    }
    if (rowStart.length == 0 || rowStart[0] != 0) {
      throw new InputException("row starts must begin with 0");
    }
    if (column.length != value.length || rowStart[rowStart.length - 1] != value.length) {
      throw new InputException(
          "sparse features do not fit together: "
              + column.length
              + " columns, "
              + value.length
              + " values, last row ends at "
              + rowStart[rowStart.length - 1]);
    }
    for (int e = 0; e + 1 < rowStart.length; e++) {
      if (rowStart[e + 1] < rowStart[e]) {
        throw new InputException("row starts decrease at entity " + (e + 1));
      }
      if (rowStart[e + 1] > value.length) {
        throw new InputException(
            "entity "
                + (e + 1)
                + " ends at stored value "
                + rowStart[e + 1]
                + ", there are "
                + value.length);
      }
      for (int i = rowStart[e]; i < rowStart[e + 1]; i++) {
        checkStored(columns, e, column[i], i == rowStart[e] ? -1 : column[i - 1], value[i]);
      }
    }
    return new SparseFeatures(columns, rowStart.clone(), column.clone(), value.clone());
  }

  private static void checkStored(int columns, int entity, int column, int previous, float value) {
    if (column <= previous || column >= columns) {
      throw new InputException(
          "entity "
              + (entity + 1)
              + ": column "
              + column
              + " after "
              + previous
              + ", expected increasing columns below "
              + columns);
    }
    if (!Float.isFinite(value)) {
      throw new InputException(
          "feature "
              + (column + 1)
              + " of entity "
              + (entity + 1)
              + " is "
              + value
              + ", expected a finite number");
    }
  }

  @Override
  public int entities() {
    return rowStart.length - 1;
  }

  @Override
  public int columns() {
    return columns;
  }

  /** Number of stored values. */
  public int storedValues() {
    return value.length;
  }

  @Override
  public double dot(int entity, double[] vector) {
    double sum = 0;
    for (int i = rowStart[entity]; i < rowStart[entity + 1]; i++) {
      sum += value[i] * vector[column[i]];
    }
    return sum;
  }

  @Override
  public void addTo(int entity, double alpha, double[] vector) {
    for (int i = rowStart[entity]; i < rowStart[entity + 1]; i++) {
      vector[column[i]] += alpha * value[i];
    }
  }

  @Override
  public double minimum(int entity, double[] vector) {
    double sum = 0;
    for (int i = rowStart[entity]; i < rowStart[entity + 1]; i++) {
      sum += Math.min(value[i], vector[column[i]]);
    }
    return sum;
  }

  @Override
  public double squaredNorm(int entity) {
    double sum = 0;
    for (int i = rowStart[entity]; i < rowStart[entity + 1]; i++) {
      sum += (double) value[i] * value[i];
    }
    return sum;
  }

  @Override
  public SparseFeatures select(int[] selected) {
    int[] starts = new int[selected.length + 1];
    for (int i = 0; i < selected.length; i++) {
      int stored = rowStart[selected[i] + 1] - rowStart[selected[i]];
      starts[i + 1] = Math.addExact(starts[i], stored);
    }
    int[] columnsOut = new int[starts[selected.length]];
    float[] valuesOut = new float[starts[selected.length]];
    for (int i = 0; i < selected.length; i++) {
      int from = rowStart[selected[i]];
      int length = starts[i + 1] - starts[i];
      System.arraycopy(column, from, columnsOut, starts[i], length);
      System.arraycopy(value, from, valuesOut, starts[i], length);
    }
    return new SparseFeatures(columns, starts, columnsOut, valuesOut);
  }

  /** Row starts as a new array, length entities + 1. */
  public int[] rowStarts() {
    return rowStart.clone();
  }

  /** Column of each stored value, as a new array. */
  public int[] storedColumns() {
    return column.clone();
  }

  /** The stored values, as a new array. */
  public float[] stored() {
    return value.clone();
  }
}
