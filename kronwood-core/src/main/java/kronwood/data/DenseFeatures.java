package kronwood.data;

import java.util.Arrays;
import kronwood.fault.InputException;

/**
 * Feature vectors stored in full: {@code entities × columns} float values, row-major.
 *
 * <p>Memory: 4 · entities · columns bytes.
 */
public final class DenseFeatures implements Features {
  private final int entities;
  private final int columns;
  private final float[] values;

  private DenseFeatures(int entities, int columns, float[] values) {
    this.entities = entities;
    this.columns = columns;
    this.values = values;
  }

  /**
   * Feature vectors from a row-major array, which is copied.
   *
   * @param values feature {@code c} of entity {@code e} at {@code e * columns + c}
   * @throws InputException if the shape does not fit or a value is not finite; the message names
   *     entity and column, counted from 1
   */
  public static DenseFeatures of(int entities, int columns, float[] values) {
    if (entities < 0 || columns < 1) {
      throw new InputException(
          "features need at least one column, found " + entities + " × " + columns);
    }
    if (values.length != (long) entities * columns) {
      throw new InputException(
          "features of shape "
              + entities
              + " × "
              + columns
              + " need "
              + (long) entities * columns
              + " values, found "
              + values.length);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InputException(
            "feature "
                + (i % columns + 1)
                + " of entity "
                + (i / columns + 1)
                + " is "
                + values[i]
                + ", expected a finite number");
      }
    }
    return new DenseFeatures(entities, columns, values.clone());
  }

  @Override
  public int entities() {
    return entities;
  }

  @Override
  public int columns() {
    return columns;
  }

  /** Feature {@code column} of entity {@code entity}. */
  public float value(int entity, int column) {
    return values[entity * columns + column];
  }

  @Override
  public double dot(int entity, double[] vector) {
    int row = entity * columns;
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += values[row + c] * vector[c];
    }
    return sum;
  }

  @Override
  public void addTo(int entity, double alpha, double[] vector) {
    int row = entity * columns;
    for (int c = 0; c < columns; c++) {
      vector[c] += alpha * values[row + c];
    }
  }

  @Override
  public double minimum(int entity, double[] vector) {
    int row = entity * columns;
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += Math.min(values[row + c], vector[c]);
    }
    return sum;
  }

  @Override
  public double squaredNorm(int entity) {
    int row = entity * columns;
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      sum += (double) values[row + c] * values[row + c];
    }
    return sum;
  }

  @Override
  public DenseFeatures select(int[] selected) {
    float[] rows = new float[Math.multiplyExact(selected.length, columns)];
    for (int i = 0; i < selected.length; i++) {
      System.arraycopy(values, selected[i] * columns, rows, i * columns, columns);
    }
    return new DenseFeatures(selected.length, columns, rows);
  }

  /** All values, row-major, as a new array. */
  public float[] toArray() {
    return Arrays.copyOf(values, values.length);
  }
}
