package kronwood.data;

import kronwood.fault.InputException;

/**
 * Similarities of {@code entities} entities to {@code columns} reference entities, row-major.
 *
 * <p>In a data set the matrix is square and symmetric ({@link #square}, {@link #averaged}): the
 * references are the entities themselves. New entities bring a rectangular one ({@link #to}): a row
 * per new entity, a column per entity the model knows. Memory: 4 · entities · columns bytes.
 */
public final class Similarities implements Attributes {
  /**
   * Largest tolerated {@code |s_ij − s_ji|}, relative to the largest absolute value of the matrix;
   * what is below is averaged.
   */
  public static final double ASYMMETRY_TOLERANCE = 1e-4;

  private final int entities;
  private final int columns;
  private final float[] values;

  private Similarities(int entities, int columns, float[] values) {
    this.entities = entities;
    this.columns = columns;
    this.values = values;
  }

  /**
   * The similarities of {@code entities} entities to each other; the array is copied and
   * symmetrised, {@code s_ij ← (s_ij + s_ji) / 2}.
   *
   * @throws InputException if the shape does not fit, a value is not finite, or the matrix is
   *     asymmetric beyond {@link #ASYMMETRY_TOLERANCE}; rows and columns are counted from 1
   */
  public static Similarities square(int entities, float[] values) {
    checkShape(entities, entities, values);
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < entities; i++) {
      for (int j = 0; j < i; j++) {
        float lower = values[i * entities + j];
        float upper = values[j * entities + i];
        if (Math.abs(lower - upper) > ASYMMETRY_TOLERANCE * largest) {
          throw new InputException(
              "similarity of entities "
                  + (i + 1)
                  + " and "
                  + (j + 1)
                  + " is "
                  + lower
                  + " in one direction and "
                  + upper
                  + " in the other, expected a symmetric matrix");
        }
      }
    }
    return mean(entities, values);
  }

  /**
   * The same of a matrix that need not be symmetric: the mean of it and its transpose.
   *
   * @throws InputException if the shape does not fit or a value is not finite
   */
  public static Similarities averaged(int entities, float[] values) {
    checkShape(entities, entities, values);
    return mean(entities, values);
  }

  private static Similarities mean(int entities, float[] values) {
    float[] symmetric = new float[values.length];
    for (int i = 0; i < entities; i++) {
      for (int j = 0; j <= i; j++) {
        float lower = values[i * entities + j];
        float upper = values[j * entities + i];
        float mean = lower == upper ? lower : (float) (0.5 * ((double) lower + upper));
        symmetric[i * entities + j] = mean;
        symmetric[j * entities + i] = mean;
      }
    }
    return new Similarities(entities, entities, symmetric);
  }

  /**
   * The similarities of new entities to {@code columns} known ones; the array is copied.
   *
   * @throws InputException if the shape does not fit or a value is not finite
   */
  public static Similarities to(int columns, int entities, float[] values) {
    checkShape(entities, columns, values);
    return new Similarities(entities, columns, values.clone());
  }

  private static void checkShape(int entities, int columns, float[] values) {
    if (entities < 0 || columns < 1 || values.length != (long) entities * columns) {
      throw new InputException(
          "similarities of shape "
              + entities
              + " × "
              + columns
              + " do not fit "
              + values.length
              + " values");
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InputException(
            "similarity in row "
                + (i / columns + 1)
                + ", column "
                + (i % columns + 1)
                + " is "
                + values[i]
                + ", expected a finite number");
      }
    }
  }

  @Override
  public int entities() {
    return entities;
  }

  @Override
  public int columns() {
    return columns;
  }

  /** Similarity of entity {@code entity} to reference {@code reference}. */
  public float value(int entity, int reference) {
    return values[entity * columns + reference];
  }

  /** The same entities' similarities to the listed references only, in that order. */
  public Similarities selectColumns(int[] references) {
    float[] selected = new float[Math.multiplyExact(entities, references.length)];
    for (int e = 0; e < entities; e++) {
      for (int j = 0; j < references.length; j++) {
        selected[e * references.length + j] = values[e * columns + references[j]];
      }
    }
    return new Similarities(entities, references.length, selected);
  }

  /** The similarities of the listed entities only, in that order, to the same references. */
  public Similarities select(int[] selected) {
    float[] rows = new float[Math.multiplyExact(selected.length, columns)];
    for (int i = 0; i < selected.length; i++) {
      System.arraycopy(values, selected[i] * columns, rows, i * columns, columns);
    }
    return new Similarities(selected.length, columns, rows);
  }
}
