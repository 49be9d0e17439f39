package kronwood.state;

import java.util.Arrays;
import java.util.function.IntFunction;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;

/**
 * Rows of equal length, cut into strips of {@link Kernels#STRIP} numbers: the first strip of all
 * rows, then the second, and so on, with zeros behind the end of a row. A strip of all rows lies
 * together, and so stays in a cache. Memory: rows · length, rounded up to whole strips.
 */
final class RowStrips {
  private static final int STRIP = Kernels.STRIP;
  private static final int ROWS_PER_TASK = 16;

  private final int rows;
  private final RealArray numbers;

  /**
   * @param row makes one of the rows; may be called concurrently
   */
  RowStrips(int rows, int length, IntFunction<double[]> row, Precision precision, Parallel loop) {
    this.rows = rows;
    int strips = Math.ceilDiv(length, STRIP);
    this.numbers = precision.array(Math.multiplyExact(Math.multiplyExact(strips, rows), STRIP));
    loop.forRange(
        rows,
        ROWS_PER_TASK,
        (from, to, worker) -> {
          for (int i = from; i < to; i++) {
            write(i, row.apply(i), length);
          }
        });
  }

  private void write(int row, double[] whole, int length) {
    for (int from = 0; from < length; from += STRIP) {
      int to = Math.min(length, from + STRIP);
      numbers.write(shift(from) + at(row), Arrays.copyOfRange(whole, from, to), to - from);
    }
  }

  RealArray numbers() {
    return numbers;
  }

  /** Where a row begins in the first strip. */
  int at(int row) {
    return row * STRIP;
  }

  /** What is added to {@link #at} for the strip that holds a number of the row. */
  int shift(int number) {
    return number / STRIP * rows * STRIP;
  }
}
