package kronwood.linear;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class RandomHoldoutTest {
  @Test
  void theShareIsHeldOutAndNothingIsLost() {
    int[] samples = Problems.range(100, 150);
    RandomHoldout parts = RandomHoldout.of(samples, 0.1, 7);
    assertEquals(5, parts.validation().length);
    assertEquals(45, parts.train().length);
    int[] all = parts.all();
    Arrays.sort(all);
    assertArrayEquals(samples, all);
  }

  @Test
  void theSeedDecides() {
    int[] samples = Problems.range(0, 1000);
    int[] once = RandomHoldout.of(samples, 0.1, 7).validation();
    assertArrayEquals(once, RandomHoldout.of(samples, 0.1, 7).validation());
    assertFalse(Arrays.equals(once, RandomHoldout.of(samples, 0.1, 8).validation()));
  }

  @Test
  void everySampleIsHeldOutAboutEquallyOften() {
    int[] count = new int[10];
    for (int seed = 0; seed < 3000; seed++) {
      for (int sample : RandomHoldout.of(Problems.range(0, 10), 0.3, seed).validation()) {
        count[sample]++;
      }
    }
    for (int c : count) {
      // 900 expected, standard deviation 25.
      assertTrue(Math.abs(c - 900) < 130, () -> Arrays.toString(count));
    }
  }

  @Test
  void bothPartsHaveAtLeastOneSample() {
    assertEquals(1, RandomHoldout.of(new int[] {4, 5}, 0.001, 1).validation().length);
    assertEquals(1, RandomHoldout.of(new int[] {4, 5}, 0.999, 1).train().length);
  }

  @Test
  void whatCannotBeCutIsRefused() {
    assertRefused(() -> RandomHoldout.of(new int[] {4}, 0.5, 1), "1 samples cannot be cut");
    assertRefused(() -> RandomHoldout.of(new int[] {4, 5}, 0, 1), "is 0.0");
    assertRefused(() -> RandomHoldout.of(new int[] {4, 5}, 1, 1), "is 1.0");
  }
}
