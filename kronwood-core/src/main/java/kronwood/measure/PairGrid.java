package kronwood.measure;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Samples as the known cells of a matrix, sorted within each row by column and within each column
 * by row. Of samples in the same cell only the first is kept. Memory: 24 bytes a sample. Not
 * thread-safe.
 */
final class PairGrid {
  private final int[] rowStart;
  private final int[] columnOf;
  private final int[] sampleOf;
  private final int[] columnStart;
  private final int[] rowOf;
  private final long[] triplesUpTo;
  private final int[] meetings;
  private int largestRow;

  private PairGrid(int rows, int columns, int cells) {
    this.rowStart = new int[rows + 1];
    this.columnOf = new int[cells];
    this.sampleOf = new int[cells];
    this.columnStart = new int[columns + 1];
    this.rowOf = new int[cells];
    this.triplesUpTo = new long[columns];
    this.meetings = new int[rows];
  }

  /**
   * Lays out samples; only rows and columns that occur are kept.
   *
   * @throws IllegalArgumentException if a row or column is negative
   */
  static PairGrid of(int[] row, int[] column) {
    int[] denseRow = dense("row", row);
    int[] denseColumn = dense("column", column);
    int n = row.length;
    long[] cells = new long[n];
    for (int i = 0; i < n; i++) {
      cells[i] = ((long) denseRow[i] << 32) | denseColumn[i];
    }
    long[] sorted = cells.clone();
    Arrays.sort(sorted);
    int distinct = distinct(sorted);
    int[] sample = new int[distinct];
    Arrays.fill(sample, -1);
    for (int i = 0; i < n; i++) {
      int cell = Arrays.binarySearch(sorted, 0, distinct, cells[i]);
      sample[cell] = sample[cell] < 0 ? i : sample[cell];
    }
    PairGrid grid = new PairGrid(1 + largest(denseRow), 1 + largest(denseColumn), distinct);
    grid.fill(sorted, sample);
    return grid;
  }

  private void fill(long[] cells, int[] sample) {
    int count = sample.length;
    for (int i = 0; i < count; i++) {
      columnOf[i] = (int) cells[i];
      sampleOf[i] = sample[i];
      rowStart[(int) (cells[i] >>> 32) + 1]++;
      columnStart[columnOf[i] + 1]++;
    }
    for (int r = 1; r < rowStart.length; r++) {
      largestRow = Math.max(largestRow, rowStart[r]);
      rowStart[r] += rowStart[r - 1];
    }
    long triples = 0;
    for (int c = 1; c < columnStart.length; c++) {
      long degree = columnStart[c];
      triples += degree * (degree - 1) / 2;
      triplesUpTo[c - 1] = triples;
      columnStart[c] += columnStart[c - 1];
    }
    int[] next = columnStart.clone();
    for (int i = 0; i < count; i++) {
      rowOf[next[columnOf[i]]++] = (int) (cells[i] >>> 32);
    }
  }

  private static int[] dense(String name, int[] values) {
    long[] sorted = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0) {
        throw new IllegalArgumentException(
            name + " of sample " + i + " is " + values[i] + ", expected 0 or more");
      }
      sorted[i] = values[i];
    }
    Arrays.sort(sorted);
    int distinct = distinct(sorted);
    int[] dense = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      dense[i] = Arrays.binarySearch(sorted, 0, distinct, values[i]);
    }
    return dense;
  }

  /** Moves the distinct values of a sorted array to its front and counts them. */
  private static int distinct(long[] sorted) {
    int kept = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[kept - 1]) {
        sorted[kept++] = sorted[i];
      }
    }
    return kept;
  }

  private static int largest(int[] values) {
    int largest = -1;
    for (int value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  int rows() {
    return rowStart.length - 1;
  }

  /** Cells of a row. */
  int size(int row) {
    return rowStart[row + 1] - rowStart[row];
  }

  /** Cells of the longest row. */
  int largestRow() {
    return largestRow;
  }

  /** Pairs of rows that meet in a column, counted once for every such column. */
  long triples() {
    return triplesUpTo.length == 0 ? 0 : triplesUpTo[triplesUpTo.length - 1];
  }

  /**
   * Lists the rows after {@code row} that have at least two columns in common with it. Cost: the
   * cells of its columns.
   *
   * @param out receives the rows; its length is {@link #rows()}
   * @return how many there are
   */
  int laterPartners(int row, int[] out) {
    int met = 0;
    for (int cell = rowStart[row]; cell < rowStart[row + 1]; cell++) {
      int column = columnOf[cell];
      for (int at = columnStart[column + 1] - 1; at >= columnStart[column]; at--) {
        int other = rowOf[at];
        if (other <= row) {
          break;
        }
        if (meetings[other]++ == 0) {
          out[met++] = other;
        }
      }
    }
    int partners = 0;
    for (int i = 0; i < met; i++) {
      int other = out[i];
      if (meetings[other] >= 2) {
        out[partners++] = other;
      }
      meetings[other] = 0;
    }
    return partners;
  }

  /**
   * The samples of two rows in the columns that both have.
   *
   * @return how many columns that are
   */
  int common(int first, int second, int[] firstSamples, int[] secondSamples) {
    int a = rowStart[first];
    int b = rowStart[second];
    int count = 0;
    while (a < rowStart[first + 1] && b < rowStart[second + 1]) {
      if (columnOf[a] == columnOf[b]) {
        firstSamples[count] = sampleOf[a++];
        secondSamples[count++] = sampleOf[b++];
      } else if (columnOf[a] < columnOf[b]) {
        a++;
      } else {
        b++;
      }
    }
    return count;
  }

  /** Draws two rows with a probability proportional to the columns they have in common. */
  void drawPair(SplittableRandom random, int[] pair) {
    long triple = random.nextLong(triples());
    int found = Arrays.binarySearch(triplesUpTo, triple + 1);
    int column = found < 0 ? -found - 1 : found;
    while (column > 0 && triplesUpTo[column - 1] == triplesUpTo[column]) {
      // Columns of a single row add nothing.
      column--;
    }
    int degree = columnStart[column + 1] - columnStart[column];
    int first = random.nextInt(degree);
    int second = random.nextInt(degree - 1);
    pair[0] = rowOf[columnStart[column] + first];
    pair[1] = rowOf[columnStart[column] + (second < first ? second : second + 1)];
  }
}
