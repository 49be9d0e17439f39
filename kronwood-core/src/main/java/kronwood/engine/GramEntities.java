package kronwood.engine;

import java.util.Arrays;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;

/** Entities whose inner products come from Gram matrices, or one by one if those are not kept. */
final class GramEntities implements BlockEntities {
  private static final int ENTITIES_PER_TASK = 16;

  private final StructuredInputs inputs;
  private final int mode;
  private final int[] entities;
  private final int[] firstPosition;
  private final int[] rowOf;

  private GramEntities(
      StructuredInputs inputs, int mode, int[] entities, int[] firstPosition, int[] rowOf) {
    this.inputs = inputs;
    this.mode = mode;
    this.entities = entities;
    this.firstPosition = firstPosition;
    this.rowOf = rowOf;
  }

  static GramEntities of(StructuredInputs inputs, int mode, int[] block) {
    int[] all = new int[block.length];
    Arrays.setAll(all, p -> inputs.entity(block[p], mode));
    int[] different = Arrays.stream(all).sorted().distinct().toArray();
    int[] rowOf = new int[block.length];
    int[] firstPosition = new int[different.length];
    for (int p = block.length - 1; p >= 0; p--) {
      rowOf[p] = Arrays.binarySearch(different, all[p]);
      firstPosition[rowOf[p]] = p;
    }
    return new GramEntities(inputs, mode, different, firstPosition, rowOf);
  }

  @Override
  public int row(int position) {
    return rowOf[position];
  }

  @Override
  public RealArray innerProducts(
      int[] samples, int taken, int columns, Precision precision, Parallel parallel) {
    RealArray rows = precision.array(Math.multiplyExact(entities.length, columns));
    int[] others = new int[samples.length];
    Arrays.setAll(others, i -> inputs.entity(samples[i], mode));
    parallel.forRange(
        entities.length,
        ENTITIES_PER_TASK,
        (first, last, worker) -> {
          double[] products = new double[others.length];
          for (int e = first; e < last; e++) {
            if (firstPosition[e] < taken) {
              inputs.innerProducts(mode, entities[e], others, products);
              rows.write(e * columns, products, products.length);
            }
          }
        });
    return rows;
  }
}
