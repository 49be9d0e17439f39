package kronwood.model;

import java.util.Arrays;
import java.util.List;
import kronwood.data.EntityTuples;

/**
 * Which entities of one mode are listed with an entity of the other, in lists of pairs.
 *
 * <p>Cost: O(n log n) for n pairs once, then O(log n) and the number of partners. Memory: 8 bytes a
 * pair. Immutable.
 */
public final class Partners {
  /** Entity, then partner, sorted. */
  private final long[] pairs;

  private Partners(long[] pairs) {
    this.pairs = pairs;
  }

  /**
   * Of lists of pairs.
   *
   * @param given mode of the entities, 0 or 1; the partners are of the other
   * @param bothOrders whether both modes are of one table and a pair counts in either order
   */
  public static Partners of(List<EntityTuples> lists, int given, boolean bothOrders) {
    int size = lists.stream().mapToInt(EntityTuples::size).sum();
    long[] pairs = new long[Math.multiplyExact(size, bothOrders ? 2 : 1)];
    int next = 0;
    for (EntityTuples tuples : lists) {
      for (int i = 0; i < tuples.size(); i++) {
        long one = tuples.entity(i, given);
        long other = tuples.entity(i, 1 - given);
        pairs[next++] = one << 32 | other;
        if (bothOrders) {
          pairs[next++] = other << 32 | one;
        }
      }
    }
    Arrays.sort(pairs);
    return new Partners(pairs);
  }

  /** The entities that have partners, each once, increasing. */
  int[] entities() {
    return Arrays.stream(pairs).mapToInt(pair -> (int) (pair >>> 32)).distinct().toArray();
  }

  /** The partners of an entity, increasing; one that is listed several times is there as often. */
  public int[] of(int entity) {
    int from = position((long) entity << 32);
    int to = position(((long) entity + 1) << 32);
    int[] partners = new int[to - from];
    for (int i = from; i < to; i++) {
      partners[i - from] = (int) pairs[i];
    }
    return partners;
  }

  /** How many pairs come before. */
  private int position(long key) {
    int low = 0;
    int high = pairs.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (pairs[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
