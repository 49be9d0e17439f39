package kronwood.engine;

import java.util.HashMap;
import java.util.Map;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.math.MatrixProducts;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;

/**
 * Entities whose inner products are made of their coordinates, as a product of matrices. They are
 * numbered in the order they come, so that those that were taken are the first. Memory: the
 * coordinates of the block's entities.
 */
final class CoordinateEntities implements BlockEntities {
  private static final int ROWS_PER_TASK = 96;

  private final StructuredInputs inputs;
  private final int mode;
  private final int rank;
  private final int[] rowOf;

  /** For each position how many different entities there are up to it. */
  private final int[] seen;

  private final RealArray coordinates;

  CoordinateEntities(StructuredInputs inputs, int mode, int[] block, Precision precision) {
    this.inputs = inputs;
    this.mode = mode;
    this.rank = inputs.factor(mode).rank();
    this.rowOf = new int[block.length];
    this.seen = new int[block.length + 1];
    Map<Integer, Integer> rows = new HashMap<>();
    int[] entities = new int[block.length];
    for (int p = 0; p < block.length; p++) {
      int entity = inputs.entity(block[p], mode);
      Integer row = rows.putIfAbsent(entity, rows.size());
      rowOf[p] = row == null ? rows.size() - 1 : row;
      entities[rowOf[p]] = entity;
      seen[p + 1] = rows.size();
    }
    this.coordinates = precision.array(Math.multiplyExact(rows.size(), rank));
    double[] vector = new double[rank];
    for (int row = 0; row < rows.size(); row++) {
      read(entities[row], vector);
      coordinates.write(row * rank, vector, rank);
    }
  }

  private void read(int entity, double[] vector) {
    FactorTable table = inputs.factor(mode);
    for (int c = 0; c < rank; c++) {
      vector[c] = table.coordinate(entity, c);
    }
  }

  @Override
  public int row(int position) {
    return rowOf[position];
  }

  @Override
  public RealArray innerProducts(
      int[] samples, int taken, int columns, Precision precision, Parallel parallel) {
    RealArray others = columns(samples, columns, precision);
    RealArray rows = precision.array(Math.multiplyExact(seen[taken], columns));
    parallel.forRange(
        seen[taken],
        ROWS_PER_TASK,
        (first, last, worker) ->
            MatrixProducts.times(
                coordinates,
                first * rank,
                rank,
                1,
                others,
                columns,
                rows,
                first * columns,
                columns,
                last - first,
                rank,
                columns));
    return rows;
  }

  /** The coordinates of the samples' entities, side by side. */
  private RealArray columns(int[] samples, int columns, Precision precision) {
    double[] turned = new double[Math.multiplyExact(rank, columns)];
    double[] vector = new double[rank];
    for (int i = 0; i < samples.length; i++) {
      read(inputs.entity(samples[i], mode), vector);
      for (int c = 0; c < rank; c++) {
        turned[c * columns + i] = vector[c];
      }
    }
    RealArray made = precision.array(turned.length);
    made.write(0, turned, turned.length);
    return made;
  }
}
