package kronwood.linear;

import java.util.Arrays;
import kronwood.input.StructuredInputs;

/**
 * The distinct entity tuples that a selection of inputs has in some of the modes, numbered 0, 1, …;
 * and the positions of the selection that have each of them.
 *
 * <p>If all are distinct, numbers are positions; otherwise they follow the order of the tuples.
 * Memory: 12 bytes per position. Cost: n log n for each mode.
 */
final class Numbering {
  private final int[] entityOf;
  private final int[] representative;
  private final int[] groupStart;
  private final int[] positions;

  private Numbering(int[] entityOf, int count, int[] selected) {
    this.entityOf = entityOf;
    this.representative = new int[count];
    this.groupStart = new int[count + 1];
    this.positions = new int[entityOf.length];
    for (int entity : entityOf) {
      groupStart[entity + 1]++;
    }
    for (int e = 0; e < count; e++) {
      groupStart[e + 1] += groupStart[e];
    }
    int[] next = Arrays.copyOf(groupStart, count);
    for (int p = 0; p < entityOf.length; p++) {
      positions[next[entityOf[p]]++] = p;
    }
    for (int e = 0; e < count; e++) {
      representative[e] = selected[positions[groupStart[e]]];
    }
  }

  /** Numbers the tuples of {@code selected} in {@code modes}, increasing; none give one tuple. */
  static Numbering of(StructuredInputs inputs, int[] modes, int[] selected) {
    int n = selected.length;
    int[] entityOf = new int[n];
    int count = Math.min(1, n);
    long[] code = new long[n];
    for (int k : modes) {
      long entities = inputs.factor(k).entities();
      for (int p = 0; p < n; p++) {
        // Numbers so far are below n and entities below 2³¹: this cannot overflow.
        code[p] = entityOf[p] * entities + inputs.entity(selected[p], k);
      }
      long[] distinct = distinct(code);
      count = distinct.length;
      for (int p = 0; p < n; p++) {
        entityOf[p] = Arrays.binarySearch(distinct, code[p]);
      }
    }
    if (count == n) {
      // In the order of positions the parts of a product lie next to each other.
      Arrays.setAll(entityOf, p -> p);
    }
    return new Numbering(entityOf, count, selected);
  }

  private static long[] distinct(long[] codes) {
    long[] sorted = codes.clone();
    Arrays.sort(sorted);
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, count);
  }

  /** Number of distinct tuples. */
  int count() {
    return representative.length;
  }

  /** Number of positions. */
  int size() {
    return entityOf.length;
  }

  /** Tuple of a position. */
  int entity(int position) {
    return entityOf[position];
  }

  /** An input that has the tuple. */
  int input(int entity) {
    return representative[entity];
  }

  /** Where the positions of a tuple begin in {@link #position}; they end where the next's begin. */
  int groupStart(int entity) {
    return groupStart[entity];
  }

  /** Positions ordered by their tuples, and by themselves among equal ones. */
  int position(int i) {
    return positions[i];
  }
}
