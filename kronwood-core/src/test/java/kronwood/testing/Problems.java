package kronwood.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kronwood.data.Attributes;
import kronwood.data.ClassTargets;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Features;
import kronwood.data.RealTargets;
import kronwood.data.Similarities;
import kronwood.data.SparseFeatures;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;

/** Random tables, tuples and targets of a wanted shape. */
public final class Problems {
  private Problems() {}

  /** Standard normal features. */
  public static DenseFeatures denseFeatures(Random random, int entities, int columns) {
    return DenseFeatures.of(entities, columns, gaussianFloats(random, entities * columns));
  }

  /** Features of which the given share is stored, standard normal. */
  public static SparseFeatures sparseFeatures(
      Random random, int entities, int columns, double share) {
    float[] dense = gaussianFloats(random, entities * columns);
    for (int i = 0; i < dense.length; i++) {
      if (random.nextDouble() >= share) {
        dense[i] = 0;
      }
    }
    return sparse(entities, columns, dense);
  }

  /** The non-zero values of a row-major array as sparse features. */
  public static SparseFeatures sparse(int entities, int columns, float[] dense) {
    int[] rowStart = new int[entities + 1];
    int[] column = new int[dense.length];
    float[] value = new float[dense.length];
    int stored = 0;
    for (int e = 0; e < entities; e++) {
      for (int c = 0; c < columns; c++) {
        if (dense[e * columns + c] != 0) {
          column[stored] = c;
          value[stored++] = dense[e * columns + c];
        }
      }
      rowStart[e + 1] = stored;
    }
    return SparseFeatures.of(
        columns, rowStart, Arrays.copyOf(column, stored), Arrays.copyOf(value, stored));
  }

  /** All features as a row-major array. */
  public static double[] toArray(Features features) {
    int columns = features.columns();
    double[] values = new double[features.entities() * columns];
    for (int e = 0; e < features.entities(); e++) {
      double[] row = new double[columns];
      features.addTo(e, 1, row);
      System.arraycopy(row, 0, values, e * columns, columns);
    }
    return values;
  }

  /**
   * A positive semi-definite similarity matrix of at most the given rank, exact in single
   * precision: inner products of vectors of −2 … 2.
   */
  public static Similarities similarities(Random random, int entities, int rank) {
    int[] u = random.ints((long) entities * rank, -2, 3).toArray();
    float[] values = new float[entities * entities];
    for (int i = 0; i < entities; i++) {
      for (int j = 0; j < entities; j++) {
        int inner = 0;
        for (int c = 0; c < rank; c++) {
          inner += u[i * rank + c] * u[j * rank + c];
        }
        values[i * entities + j] = inner;
      }
    }
    return Similarities.square(entities, values);
  }

  /** A symmetric matrix with ones on its diagonal and much of its spectrum below zero. */
  public static Similarities indefiniteSimilarities(Random random, int entities) {
    float[] values = new float[entities * entities];
    for (int i = 0; i < entities; i++) {
      values[i * entities + i] = 1;
      for (int j = 0; j < i; j++) {
        float similarity = (float) (0.7 * random.nextGaussian());
        values[i * entities + j] = similarity;
        values[j * entities + i] = similarity;
      }
    }
    return Similarities.square(entities, values);
  }

  /** A table with ids {@code <name>0, <name>1, …}. */
  public static EntityTable table(String name, Attributes attributes) {
    List<String> ids = new ArrayList<>();
    for (int e = 0; e < attributes.entities(); e++) {
      ids.add(name + e);
    }
    return EntityTable.of(name, EntityIds.of(ids), attributes);
  }

  /** Tuples of entities drawn at random; {@code entities} says how many each mode has. */
  public static EntityTuples tuples(Random random, int size, int... entities) {
    int[] drawn = new int[size * entities.length];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = random.nextInt(entities[i % entities.length]);
    }
    return EntityTuples.of(entities.length, drawn);
  }

  /** Standard normal coordinates. */
  public static FactorTable factorTable(Random random, int entities, int rank) {
    return FactorTable.of(entities, rank, gaussian(random, entities * rank));
  }

  /**
   * Inputs of random coordinates, scaled to a mean squared norm of about 1.
   *
   * @param entities entities of each table
   * @param ranks coordinates of each table's entities
   * @param tableOfMode table of each mode
   */
  public static StructuredInputs inputs(
      Random random, int size, int[] entities, int[] ranks, int... tableOfMode) {
    List<FactorTable> tables = new ArrayList<>();
    for (int t = 0; t < entities.length; t++) {
      double[] coordinates = gaussian(random, entities[t] * ranks[t]);
      for (int i = 0; i < coordinates.length; i++) {
        coordinates[i] /= Math.sqrt(ranks[t]);
      }
      tables.add(FactorTable.of(entities[t], ranks[t], coordinates));
    }
    int[] entitiesOfMode = Arrays.stream(tableOfMode).map(t -> entities[t]).toArray();
    return StructuredInputs.of(tables, tableOfMode, tuples(random, size, entitiesOfMode));
  }

  /** Real targets {@code y1, y2, …}, standard normal up to an offset and a scale each. */
  public static RealTargets realTargets(Random random, int size, int outputs) {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < outputs; c++) {
      names.add("y" + (c + 1));
    }
    float[] values = gaussianFloats(random, size * outputs);
    for (int i = 0; i < values.length; i++) {
      values[i] = (3 + 2 * (i % outputs)) * values[i] - 5;
    }
    return RealTargets.of(names, values);
  }

  /** Labels drawn at random. */
  public static ClassTargets classTargets(Random random, int size, int classes) {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      names.add("class" + c);
    }
    return ClassTargets.of("label", names, random.ints(size, 0, classes).toArray());
  }

  /** Standard normal numbers. */
  public static double[] gaussian(Random random, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  /** Standard normal numbers. */
  public static float[] gaussianFloats(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** The numbers {@code from … to − 1}. */
  public static int[] range(int from, int to) {
    int[] range = new int[to - from];
    Arrays.setAll(range, i -> from + i);
    return range;
  }
}
