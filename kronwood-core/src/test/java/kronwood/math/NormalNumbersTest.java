package kronwood.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NormalNumbersTest {
  private static final int DRAWN = 200_000;

  /** What Python makes of the definition, with {@code statistics.NormalDist().inv_cdf}. */
  @Test
  void areThoseOfTheirDefinitionForEver() {
    assertEquals(-0.5776171947350293, NormalNumbers.of(0L, 0L), 1e-15);
    assertEquals(1.3792954911935227, NormalNumbers.of(1L, 0L), 1e-15);
    assertEquals(-1.8032991395028608, NormalNumbers.of(1L, 1L), 1e-15);
    assertEquals(0.6747114425762458, NormalNumbers.of(-7L, 12345678901L), 1e-15);
    assertEquals(-0.7322749245393142, NormalNumbers.of(9223372036854775807L, 3L), 1e-15);
    assertEquals(-5.0958887599460345, NormalNumbers.of(42L, 254928L), 1e-15);
  }

  @Test
  void haveTheMomentsOfTheNormalDistribution() {
    double[] moments = new double[5];
    for (int i = 0; i < DRAWN; i++) {
      double x = NormalNumbers.of(17, i);
      assertTrue(Math.abs(x) < NormalNumbers.LARGEST);
      double power = 1;
      for (int k = 0; k < moments.length; k++) {
        moments[k] += power / DRAWN;
        power *= x;
      }
    }
    // Five standard errors.
    assertEquals(0, moments[1], 0.012);
    assertEquals(1, moments[2], 0.016);
    assertEquals(0, moments[3], 0.044);
    assertEquals(3, moments[4], 0.11);
  }

  @Test
  void doNotDependOnOtherSeedsOrNumbers() {
    double[] products = new double[4];
    for (int i = 0; i < DRAWN; i++) {
      double x = NormalNumbers.of(5, i);
      products[0] += x * NormalNumbers.of(6, i) / DRAWN;
      products[1] += x * NormalNumbers.of(5, i + 1L) / DRAWN;
      products[2] += x * NormalNumbers.of(6, i + 1L) / DRAWN;
      products[3] += x * NormalNumbers.of(5, i + (1L << 32)) / DRAWN;
    }
    assertArrayEquals(new double[4], products, 0.012);
  }

  @Test
  void areAddedForManySeedsAsForOne() {
    long[] seeds = {3, -1, Long.MIN_VALUE};
    double[] sums = {1, 2, 3};
    NormalNumbers.addTo(sums, 0.5, seeds, 12);
    for (int i = 0; i < seeds.length; i++) {
      assertEquals(i + 1 + 0.5 * NormalNumbers.of(seeds[i], 12), sums[i]);
    }
  }
}
