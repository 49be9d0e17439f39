package kronwood.state;

import java.util.Arrays;
import java.util.List;
import kronwood.input.Terms;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;

/**
 * What the inputs of a block write into states, {@code ω(j_1) ⊗ … ⊗ ω(j_K)}, in parts: a row along
 * all VALUE axes, one along all WEIGHT axes, and a place along the COEFFICIENT axes, its column.
 * Equal rows are made once. Of inputs that are sums each term has a position of its own, see {@link
 * #terms}.
 */
final class WrittenInputs {
  private static final int ROWS_PER_TASK = 16;

  /**
   * Inputs per column up to which a column is added as a matrix. A product with a zero costs 1/2
   * cycle a number, turning the sums of a column around some 20.
   */
  private static final int FEW_INPUTS = 128;

  /**
   * Share of the neurons with a coefficient for an input from which on a column is added as a
   * matrix, however many inputs it has: an entry by itself takes about 1/4 cycle a number, a
   * panel's row with its zeros 1/2.
   */
  private static final double DENSE = 0.12;

  private interface Row {
    double[] of(int input);
  }

  private final Terms terms;
  private final boolean byColumn;
  private final Distinct values;
  private final Distinct weights;
  private final Distinct columns;
  private final int[] columnEntries;
  private final RealArray valueRows;
  private final RealArray weightRows;

  /**
   * What a block writes.
   *
   * @param inputs the block
   * @param density share of the neurons with a coefficient, mean over the inputs
   */
  WrittenInputs(
      StateShape shape,
      Terms terms,
      int[] inputs,
      double density,
      Precision precision,
      Parallel parallel) {
    this.terms = terms;
    int[] block = terms.indices(inputs);
    this.values = Distinct.of(block.length, p -> shape.index(block[p], shape.valueAxes()));
    this.weights = Distinct.of(block.length, p -> shape.index(block[p], shape.weightAxes()));
    List<Integer> axes = shape.coefficientAxes();
    this.columns = Distinct.of(block.length, p -> shape.index(block[p], axes));
    this.columnEntries = new int[columns.size()];
    Arrays.setAll(
        columnEntries, c -> Math.toIntExact(shape.index(block[columns.first()[c]], axes)));
    this.byColumn = block.length <= FEW_INPUTS * (long) columns.size() || density > DENSE;
    this.valueRows =
        rows(
            values,
            shape.valueSize(),
            p -> shape.written(block[p], shape.valueAxes()),
            precision,
            parallel);
    this.weightRows =
        rows(
            weights,
            shape.weightSize(),
            p -> shape.written(block[p], shape.weightAxes()),
            precision,
            parallel);
  }

  private static RealArray rows(
      Distinct distinct, int length, Row row, Precision precision, Parallel parallel) {
    RealArray rows = precision.array(Math.multiplyExact(distinct.size(), length));
    parallel.forRange(
        distinct.size(),
        ROWS_PER_TASK,
        (from, to, worker) -> {
          for (int i = from; i < to; i++) {
            rows.write(i * length, row.of(distinct.first()[i]), length);
          }
        });
    return rows;
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

  /** Whether columns are added as matrices, see {@link FloatColumn}. */
  boolean isByColumn() {
    return byColumn;
  }

  /** Rows along all VALUE axes, one for each different one. */
  RealArray values() {
    return valueRows;
  }

  /** The row of {@link #values} that the input at a position writes with. */
  int valueRow(int position) {
    return values.of()[position];
  }

  /** Rows along all WEIGHT axes, one for each different one. */
  RealArray weights() {
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
