package kronwood.engine;

import java.util.Random;
import kronwood.testing.Problems;

/** Random orders. */
public final class Shuffle {
  private Shuffle() {}

  /** The numbers below {@code size} in random order. */
  public static int[] of(int size, Random random) {
    int[] order = Problems.range(0, size);
    shuffle(order, random);
    return order;
  }

  public static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int sample = order[other];
      order[other] = order[i];
      order[i] = sample;
    }
  }
}
