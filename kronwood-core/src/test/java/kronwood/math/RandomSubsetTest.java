package kronwood.math;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomSubsetTest {
  @Test
  void eachNumberIsDrawnAboutAsOftenAndNoneTwice() {
    int[] all = {3, 5, 7, 9, 11};
    int[] drawn = new int[12];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 5000; i++) {
      int[] some = RandomSubset.of(all, 2, random);
      assertEquals(2, Arrays.stream(some).distinct().count());
      for (int number : some) {
        drawn[number]++;
      }
    }
    for (int number : all) {
      // Binomial with mean 2000: ± 200 is more than five standard deviations.
      assertTrue(Math.abs(drawn[number] - 2000) < 200, number + ": " + drawn[number]);
    }
    assertArrayEquals(new int[] {3, 5, 7, 9, 11}, all);
  }

  @Test
  void allOfThemAreAPermutation() {
    int[] drawn = RandomSubset.of(new int[] {4, 2, 8}, 3, new SplittableRandom(2));
    Arrays.sort(drawn);
    assertArrayEquals(new int[] {2, 4, 8}, drawn);
  }

  @Test
  void moreThanThereAreIsRefused() {
    assertRefused(() -> RandomSubset.of(new int[2], 3, new SplittableRandom(3)), "3", "2");
  }
}
