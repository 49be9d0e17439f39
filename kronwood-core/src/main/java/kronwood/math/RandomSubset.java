package kronwood.math;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Draws some of several numbers, each at most once. */
public final class RandomSubset {
  private RandomSubset() {}

  /**
   * The first of the numbers in a random order (R. Durstenfeld, "Algorithm 235: Random
   * permutation", 1964). Cost: their length.
   *
   * @param all left as they are
   * @param count how many are drawn
   * @throws IllegalArgumentException if there are not as many
   */
  public static int[] of(int[] all, int count, RandomGenerator random) {
    if (count < 0 || count > all.length) {
      throw new IllegalArgumentException(
          "cannot draw " + count + " of " + all.length + " without drawing one twice");
    }
    int[] shuffled = all.clone();
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i, shuffled.length);
      int drawn = shuffled[other];
      shuffled[other] = shuffled[i];
      shuffled[i] = drawn;
    }
    return Arrays.copyOf(shuffled, count);
  }

  /**
   * The same of the numbers {@code 0 … all − 1}, which need not be there. Cost and memory: their
   * number that are drawn.
   *
   * @param all how many there are
   * @param count how many are drawn
   * @throws IllegalArgumentException if there are not as many
   */
  public static int[] of(int all, int count, RandomGenerator random) {
    if (count < 0 || count > all) {
      throw new IllegalArgumentException(
          "cannot draw " + count + " of " + all + " without drawing one twice");
    }
    Map<Integer, Integer> moved = new HashMap<>();
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i, all);
      drawn[i] = moved.getOrDefault(other, other);
      moved.put(other, moved.getOrDefault(i, i));
    }
    return drawn;
  }
}
