package kronwood.state;

import java.util.Arrays;
import kronwood.input.Terms;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;

/**
 * The inputs of a block as pairs of rows, one for each side of a tensor: {@code ⟨W, x⟩ = rowᵀ W
 * row'}. Entities that several inputs share have one row. Of inputs that are sums each term is a
 * pair of rows, see {@link Terms}.
 *
 * <p>The side with fewer different rows comes first: a tensor is contracted with its rows, once
 * each, before the other side is looked at. Memory: the different rows of both sides.
 */
final class TensorBlock {
  private static final int ROWS_PER_TASK = 16;

  private final Terms terms;
  private final int first;
  private final Distinct[] distinct = new Distinct[2];
  private final RealArray[] rows = new RealArray[2];

  /** Positions by their first row: those of row f at [begin[f], begin[f + 1]). */
  private final int[] begin;

  private final int[] ordered;

  TensorBlock(
      TensorSides sides, Terms terms, int[] inputs, Precision precision, Parallel parallel) {
    this.terms = terms;
    int[] block = terms.indices(inputs);
    for (int side = 0; side < 2; side++) {
      int at = side;
      distinct[side] = Distinct.of(block.length, p -> sides.key(block[p], at));
      rows[side] = rows(sides, block, side, precision, parallel);
    }
    double left = cost(sides, block.length, TensorSides.LEFT);
    double right = cost(sides, block.length, TensorSides.RIGHT);
    this.first = left <= right ? TensorSides.LEFT : TensorSides.RIGHT;
    int[] of = distinct[first].of();
    this.begin = new int[distinct[first].size() + 1];
    for (int p : of) {
      begin[p + 1]++;
    }
    for (int f = 0; f < distinct[first].size(); f++) {
      begin[f + 1] += begin[f];
    }
    int[] next = begin.clone();
    this.ordered = new int[block.length];
    for (int p = 0; p < block.length; p++) {
      ordered[next[of[p]]++] = p;
    }
  }

  /** Multiplications to read the block from one tensor if a side comes first. */
  private double cost(TensorSides sides, int positions, int side) {
    return (double) distinct[side].size() * sides.rank(0) * sides.rank(1)
        + (double) positions * sides.rank(1 - side);
  }

  private RealArray rows(
      TensorSides sides, int[] block, int side, Precision precision, Parallel parallel) {
    int length = sides.rank(side);
    int[] representative = distinct[side].first();
    RealArray made = precision.array(Math.multiplyExact(representative.length, length));
    parallel.forRange(
        representative.length,
        ROWS_PER_TASK,
        (from, to, worker) -> {
          for (int i = from; i < to; i++) {
            made.write(i * length, sides.row(block[representative[i]], side), length);
          }
        });
    return made;
  }

  /** Number of terms of all inputs. */
  int positions() {
    return ordered.length;
  }

  /** The side that is contracted first. */
  int first() {
    return first;
  }

  /** The side that is contracted afterwards. */
  int second() {
    return 1 - first;
  }

  /** Different rows of a side, one after another. */
  RealArray rows(int side) {
    return rows[side];
  }

  /** Number of different rows of a side. */
  int count(int side) {
    return distinct[side].size();
  }

  /** The row of a side that belongs to a position, the t-th term of input p at {@code p·T + t}. */
  int row(int side, int position) {
    return distinct[side].of()[position];
  }

  Terms terms() {
    return terms;
  }

  /**
   * Where in {@link #ordered} the positions of a first row begin; those of the row after it end.
   */
  int begin(int firstRow) {
    return begin[firstRow];
  }

  /** Positions by their first row, increasing within one. */
  int ordered(int i) {
    return ordered[i];
  }

  /** The second side's rows with the weight of each term multiplied in: T copies of all of them. */
  RealArray weightedSecondRows() {
    RealArray plain = rows[second()];
    if (terms.count() == 1 && terms.weight(0) == 1) {
      return plain;
    }
    int length = plain.length();
    RealArray weighted = plain.precision().array(Math.multiplyExact(terms.count(), length));
    double[] numbers = new double[length];
    plain.read(0, numbers, length);
    for (int t = 0; t < terms.count(); t++) {
      double weight = terms.weight(t);
      weighted.write(t * length, Arrays.stream(numbers).map(n -> weight * n).toArray(), length);
    }
    return weighted;
  }
}
