package kronwood.state;

import java.util.Arrays;
import java.util.List;
import kronwood.input.Terms;
import kronwood.math.Parallel;
import kronwood.math.Precision;

/**
 * What the inputs of a block write into states, {@code ω(j_1) ⊗ … ⊗ ω(j_K)}, in parts: a row along
 * all VALUE axes, one along all WEIGHT axes, and a place along the COEFFICIENT axes, its column.
 * Equal rows are made once. Of inputs that are sums each term has a position of its own, see {@link
 * #terms}.
 */
final class WrittenInputs {
  private final Terms terms;
  private final Distinct values;
  private final Distinct weights;
  private final Distinct columns;
  private final int[] columnEntries;
  private final RowStrips valueRows;
  private final RowStrips weightRows;

  /**
   * What a block writes.
   *
   * @param inputs the block
   */
  WrittenInputs(
      StateShape shape, Terms terms, int[] inputs, Precision precision, Parallel parallel) {
    this.terms = terms;
    int[] block = terms.indices(inputs);
    this.values = Distinct.of(block.length, p -> shape.index(block[p], shape.valueAxes()));
    this.weights = Distinct.of(block.length, p -> shape.index(block[p], shape.weightAxes()));
    List<Integer> axes = shape.coefficientAxes();
    this.columns = Distinct.of(block.length, p -> shape.index(block[p], axes));
    this.columnEntries = new int[columns.size()];
    Arrays.setAll(
        columnEntries, c -> Math.toIntExact(shape.index(block[columns.first()[c]], axes)));
    this.valueRows =
        new RowStrips(
            values.size(),
            shape.valueSize(),
            i -> shape.written(block[values.first()[i]], shape.valueAxes()),
            precision,
            parallel);
    this.weightRows =
        new RowStrips(
            weights.size(),
            shape.weightSize(),
            i -> shape.written(block[weights.first()[i]], shape.weightAxes()),
            precision,
            parallel);
  }

  /**
   * The terms of an input: the t-th of the one at {@code p} in the block is at {@code p · T + t}.
   */
  Terms terms() {
    return terms;
  }

  /** Number of terms of all inputs. */
  int positions() {
    return values.of().length;
  }

  /** Rows along all VALUE axes, one for each different one. */
  RowStrips values() {
    return valueRows;
  }

  /** The row of {@link #values} that the input at a position writes with. */
  int valueRow(int position) {
    return values.of()[position];
  }

  /** Rows along all WEIGHT axes, one for each different one. */
  RowStrips weights() {
    return weightRows;
  }

  /** The row of {@link #weights} that the input at a position writes with. */
  int weightRow(int position) {
    return weights.of()[position];
  }

  /** Number of the column that the input at a position writes to. */
  int columnOf(int position) {
    return columns.of()[position];
  }

  /** Number of columns that are written to. */
  int columns() {
    return columnEntries.length;
  }

  /** The entry along the COEFFICIENT axes that a column stands for. */
  int column(int number) {
    return columnEntries[number];
  }
}
