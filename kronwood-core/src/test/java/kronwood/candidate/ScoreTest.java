package kronwood.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScoreTest {
  private static Score of(int[] clusters, double... losses) {
    return new Score(losses, new int[][] {clusters}, new double[0]);
  }

  @Test
  void sumsWeightedLosses() {
    assertEquals(0.75, of(new int[2], 0.5, 0.25).error());
  }

  @Test
  void aDifferenceCountsFromOneStandardErrorOn() {
    int[] apart = {0, 1, 2};
    Score before = of(apart, 1, 1, 1);
    // Differences −1, −1, 0: sum −2, standard error √(2/3 · 3/2) = 1.
    assertTrue(of(apart, 0, 0, 1).isBetterThan(before));
    // Differences −1, 1, −0.9: sum −0.9, standard error √((0.7² + 1.3² + 0.6²) · 3/2) = 1.95.
    assertFalse(of(apart, 0, 2, 0.1).isBetterThan(before));
    assertFalse(before.isBetterThan(before));
  }

  @Test
  void samplesOfOneClusterCountAsOne() {
    // Three gains of 1 in one cluster and a loss of 1 in another: by samples 2 against √(3 · 4/3)
    // = 2 would be just chance, by clusters 2 against √(8 · 2) = 4 is by far.
    Score before = of(new int[] {0, 0, 0, 1}, 2, 2, 2, 2);
    assertFalse(of(new int[] {0, 0, 0, 1}, 1, 1, 1, 3).isBetterThan(before));
    // With each sample on its own, a larger gain is enough.
    Score apart = of(new int[] {0, 1, 2, 3}, 2, 2, 2, 2);
    assertTrue(of(new int[] {0, 1, 2, 3}, 1, 1, 1, 2.5).isBetterThan(apart));
  }

  @Test
  void whatRanksWorseByAnyMetricIsNotBetter() {
    int[][] apart = {{0, 1}};
    Score before = new Score(new double[] {1, 1}, apart, new double[] {0.5, 0.8});
    double[] less = {0.5, 0.5};
    assertTrue(new Score(less, apart, new double[] {0.5, 0.9}).isBetterThan(before));
    assertFalse(new Score(less, apart, new double[] {0.6, 0.79}).isBetterThan(before));
    assertFalse(new Score(less, apart, new double[] {0.49, 0.9}).isBetterThan(before));
  }

  @Test
  void aTinyGainIsNotWorthAnotherChoiceHoweverSure() {
    int[] apart = {0, 1};
    assertFalse(of(apart, 0.9999, 0.9999).isBetterThan(of(apart, 1, 1)));
    assertTrue(of(apart, 0.99, 0.99).isBetterThan(of(apart, 1, 1)));
  }

  @Test
  void whereBothEntitiesAreNewTheVariancesOverEitherAddUp() {
    // Differences −1, −1, 0: over either way of clustering alone the sum 2 is above 1; over both
    // together it is above √(1 + 1), a sum of 1.4 is not.
    int[][] both = {{0, 1, 2}, {2, 1, 0}};
    Score before = new Score(new double[] {1, 1, 1}, both, new double[0]);
    assertTrue(new Score(new double[] {0, 0, 1}, both, new double[0]).isBetterThan(before));
    // Differences −1.4, −0.2, 0: mean −0.533, squares 1.147, times 3/2 1.72: 1.6 is above √1.72,
    // but not above √3.44.
    double[] less = {-0.4, 0.8, 1};
    assertTrue(of(both[0], less).isBetterThan(of(both[0], 1, 1, 1)));
    assertFalse(new Score(less, both, new double[0]).isBetterThan(before));
  }
}
