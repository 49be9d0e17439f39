package kronwood.state;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Inputs of a block told apart by part of their entities only, so that what depends on that part is
 * made once.
 *
 * @param of for each position in the block the number of its part, 0, 1, … in the order of keys
 * @param first for each part the first position that has it
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one block, in this package
record Distinct(int[] of, int[] first) {

  static Distinct of(int count, IntToLongFunction key) {
    long[] keys = new long[count];
    Arrays.setAll(keys, key::applyAsLong);
    long[] different = keys.clone();
    Arrays.sort(different);
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || different[i] != different[size - 1]) {
        different[size++] = different[i];
      }
    }
    int[] of = new int[count];
    int[] first = new int[size];
    for (int p = count - 1; p >= 0; p--) {
      of[p] = Arrays.binarySearch(different, 0, size, keys[p]);
      first[of[p]] = p;
    }
    return new Distinct(of, first);
  }

  int size() {
    return first.length;
  }
}
