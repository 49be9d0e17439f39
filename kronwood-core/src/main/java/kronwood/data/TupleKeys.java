package kronwood.data;

import java.util.Arrays;

/** Numbers the distinct tuples of samples. O(n log n) per mode, 24 bytes a sample. */
public final class TupleKeys {
  private TupleKeys() {}

  /**
   * A number for each tuple, the same for the same entities: {@code 0, 1, …} without gaps. Modes of
   * one table are exchangeable: (u, v) and (v, u) have the same number.
   */
  public static int[] of(EntityTuples tuples, int[] tableOfMode) {
    int n = tuples.size();
    int modes = tableOfMode.length;
    int[] keys = new int[n];
    int[] column = new int[n];
    for (int mode = 0; mode < modes; mode++) {
      for (int i = 0; i < n; i++) {
        column[i] = canonical(tuples, tableOfMode, i, mode);
      }
      combine(keys, column);
    }
    return keys;
  }

  /** Of the entities of modes that share the mode's table, the one whose turn it is by size. */
  private static int canonical(EntityTuples tuples, int[] tableOfMode, int tuple, int mode) {
    int entity = tuples.entity(tuple, mode);
    int turn = 0;
    int same = 0;
    for (int k = 0; k < tableOfMode.length; k++) {
      if (tableOfMode[k] == tableOfMode[mode]) {
        same++;
        turn += k < mode ? 1 : 0;
      }
    }
    if (same == 1) {
      return entity;
    }
    for (int k = 0; k < tableOfMode.length; k++) {
      if (tableOfMode[k] == tableOfMode[mode]) {
        int candidate = tuples.entity(tuple, k);
        if (rank(tuples, tableOfMode, tuple, k) == turn) {
          return candidate;
        }
      }
    }
    throw new IllegalStateException("no entity has rank " + turn);
  }

  /** How many entities of modes that share the mode's table come before its own; ties by mode. */
  private static int rank(EntityTuples tuples, int[] tableOfMode, int tuple, int mode) {
    int entity = tuples.entity(tuple, mode);
    int rank = 0;
    for (int k = 0; k < tableOfMode.length; k++) {
      if (k != mode && tableOfMode[k] == tableOfMode[mode]) {
        int other = tuples.entity(tuple, k);
        rank += other < entity || (other == entity && k < mode) ? 1 : 0;
      }
    }
    return rank;
  }

  /** Replaces each key by a number of its pair with {@code column}. */
  private static void combine(int[] keys, int[] column) {
    int n = keys.length;
    long[] pairs = new long[n];
    for (int i = 0; i < n; i++) {
      pairs[i] = ((long) keys[i] << 32) | column[i];
    }
    long[] sorted = pairs.clone();
    Arrays.sort(sorted);
    int distinct = 0;
    for (int i = 0; i < n; i++) {
      if (i == 0 || sorted[i] != sorted[distinct - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    for (int i = 0; i < n; i++) {
      keys[i] = Arrays.binarySearch(sorted, 0, distinct, pairs[i]);
    }
  }
}
