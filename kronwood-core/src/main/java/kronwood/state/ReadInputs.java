package kronwood.state;

import java.util.Arrays;
import kronwood.input.Terms;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;

/** What one term of the inputs of a block reads from states, in the order of VALUE entries. */
final class ReadInputs {
  private static final int ROWS_PER_TASK = 16;

  private final int[] values;
  private final int[] rowOffsets;
  private final int[] outOffsets;
  private final RealArray rows;

  /**
   * @param stride numbers between the results of one input and those of the next
   */
  ReadInputs(
      StateShape shape,
      Terms terms,
      int term,
      int[] inputs,
      int stride,
      Precision precision,
      Parallel parallel) {
    int[] block = new int[inputs.length];
    Arrays.setAll(block, p -> terms.index(inputs[p], term));
    double weight = terms.readWeight(term);
    int inner = shape.innerSize();
    Distinct byRow = Distinct.of(block.length, p -> shape.index(block[p], shape.innerAxes()));
    this.rows = precision.array(Math.multiplyExact(byRow.size(), inner));
    parallel.forRange(
        byRow.size(),
        ROWS_PER_TASK,
        (from, to, worker) -> {
          for (int i = from; i < to; i++) {
            int input = block[byRow.first()[i]];
            double[] row =
                StateShape.product(
                    shape.read(input, shape.coefficientAxes()),
                    shape.read(input, shape.weightAxes()));
            rows.write(i * inner, weight == 1 ? row : scaled(row, weight), inner);
          }
        });
    long[] byValue = new long[block.length];
    for (int p = 0; p < block.length; p++) {
      byValue[p] = (shape.index(block[p], shape.valueAxes()) << 32) | p;
    }
    Arrays.sort(byValue);
    this.values = new int[block.length];
    this.rowOffsets = new int[block.length];
    this.outOffsets = new int[block.length];
    for (int i = 0; i < block.length; i++) {
      int p = (int) byValue[i];
      values[i] = (int) (byValue[i] >> 32);
      rowOffsets[i] = byRow.of()[p] * inner;
      outOffsets[i] = p * stride;
    }
  }

  private static double[] scaled(double[] row, double weight) {
    double[] scaled = new double[row.length];
    Arrays.setAll(scaled, i -> weight * row[i]);
    return scaled;
  }

  int size() {
    return values.length;
  }

  /** Entry along the VALUE axes that the i-th input reads at; ascending. */
  int value(int i) {
    return values[i];
  }

  /** Rows along COEFFICIENT and WEIGHT axes, one for each different one. */
  RealArray rows() {
    return rows;
  }

  /** Where the i-th input's row begins. */
  int[] rowOffsets() {
    return rowOffsets;
  }

  /** Where the i-th input's results begin. */
  int[] outOffsets() {
    return outOffsets;
  }
}
