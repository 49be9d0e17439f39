package kronwood.network;

import java.util.Arrays;
import kronwood.math.Precision;
import kronwood.math.RealArray;

/**
 * Where rows of numbers, one for each unit, stand in arrays of at most 256 KB in single precision.
 * Arrays of half a region of the garbage collector or more, which may be 512 KB, take whole regions
 * each: arrays of two megabytes took twice their size.
 *
 * @param stride numbers of a row
 * @param shift binary logarithm of the rows of an array
 */
public record EntryRows(int stride, int shift) {
  private static final int NUMBERS = 1 << 16;

  /** Rows of so many numbers. */
  public static EntryRows of(int stride) {
    int rows = Math.max(1, NUMBERS / stride);
    return new EntryRows(stride, Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rows));
  }

  /** Rows of an array. */
  public int rows() {
    return 1 << shift;
  }

  /** Numbers of an array. */
  public int numbers() {
    return stride << shift;
  }

  /** Arrays for so many rows. */
  public int arrays(int rows) {
    return Math.ceilDiv(rows, rows());
  }

  /** The array that a row is in. */
  public int array(int row) {
    return row >>> shift;
  }

  /** Where in it the row begins. */
  public int offset(int row) {
    return (row & (rows() - 1)) * stride;
  }

  /** Arrays for so many rows that have no numbers yet. */
  public RealArray[] empty(int rows, Precision precision) {
    RealArray[] arrays = new RealArray[arrays(rows)];
    Arrays.setAll(arrays, a -> precision.array(0));
    return arrays;
  }

  /** Gives numbers, all 0, to those arrays of the first rows that have none. */
  public void grow(RealArray[] arrays, int rows) {
    for (int a = 0; a < arrays(rows); a++) {
      if (arrays[a].length() == 0) {
        arrays[a] = arrays[a].precision().array(numbers());
      }
    }
  }
}
