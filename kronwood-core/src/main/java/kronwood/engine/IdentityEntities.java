package kronwood.engine;

import java.util.Arrays;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;

/** Entities that are identities, whose inner products take two numbers: each position is a row. */
final class IdentityEntities implements BlockEntities {
  private static final int ROWS_PER_TASK = 64;

  private final FactorTable table;
  private final int[] entities;
  private final StructuredInputs inputs;
  private final int mode;

  IdentityEntities(StructuredInputs inputs, int mode, int[] block) {
    this.inputs = inputs;
    this.mode = mode;
    this.table = inputs.factor(mode);
    this.entities = new int[block.length];
    Arrays.setAll(entities, p -> inputs.entity(block[p], mode));
  }

  @Override
  public int row(int position) {
    return position;
  }

  @Override
  public RealArray innerProducts(
      int[] samples, int taken, int columns, Precision precision, Parallel parallel) {
    RealArray rows = precision.array(Math.multiplyExact(taken, columns));
    parallel.forRange(
        taken,
        ROWS_PER_TASK,
        (first, last, worker) -> {
          for (int p = first; p < last; p++) {
            for (int i = 0; i < samples.length; i++) {
              double inner = table.inner(entities[p], inputs.entity(samples[i], mode));
              rows.set(p * columns + i, inner);
            }
          }
        });
    return rows;
  }
}
