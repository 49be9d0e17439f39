package kronwood.measure;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class InteractionConcordanceTest {
  private static final int[] LEFT = {0, 0, 0, 1, 1, 1};
  private static final int[] RIGHT = {0, 1, 2, 0, 1, 2};

  private static double index(double[] predicted, double[] actual) {
    return InteractionConcordance.of(LEFT, RIGHT, predicted, actual, 1).index();
  }

  @Test
  void aWorkedExample() {
    // Differences of the two rows: 0, −2, 0. The contrasts of columns (1, 2) and (2, 3) are 2 and
    // −2; that of (1, 3) is 0 and does not count.
    double[] actual = {1, 2, 4, 1, 4, 4};
    assertEquals(1.0, index(new double[] {0, 1, 3, 0, 3, 3}, actual));
    // Differences 0, −2, −2: the first contrast has the right sign, the second is 0.
    assertEquals(0.75, index(new double[] {0, 1, 1, 0, 3, 3}, actual));
    // Differences 0, 1, −1: both have the wrong sign.
    assertEquals(0.0, index(new double[] {0, 1, 2, 0, 0, 3}, actual));
  }

  @Test
  void isUndefinedWithoutAnInteractionInTheTruth() {
    double[] additive = {1, 2, 3, 11, 12, 13};
    assertTrue(Double.isNaN(index(new double[] {0, 1, 3, 0, 3, 3}, additive)));
    assertTrue(
        Double.isNaN(
            InteractionConcordance.of(new int[] {0}, new int[] {0}, new double[1], new double[1], 1)
                .index()));
  }

  @Test
  void roundingOfTargetsInSinglePrecisionIsNoInteraction() {
    double[] actual = {0.1f, 0.2f, 0.3f, 5.1f, 5.2f, 5.3f};
    assertTrue(Double.isNaN(index(new double[] {0, 1, 3, 0, 3, 3}, actual)));
  }

  @Test
  void ofSamplesOfOnePairTheFirstCounts() {
    int[] left = {0, 0, 1, 1, 1};
    int[] right = {0, 1, 0, 1, 1};
    double[] actual = {0, 0, 0, 1, 1};
    double[] predicted = {0, 0, 0, 1, -9};
    assertEquals(1, InteractionConcordance.of(left, right, predicted, actual, 1).index());
  }

  @Test
  void badShapesAndValuesAreRefused() {
    double[] two = new double[2];
    int[] ids = new int[2];
    assertRefused(
        () -> InteractionConcordance.of(new int[1], ids, two, two, 1), "left has 1", "expected 2");
    assertRefused(
        () -> InteractionConcordance.of(ids, ids, two, new double[] {1, Double.NaN}, 1),
        "actual[1] is NaN");
    assertRefused(() -> InteractionConcordance.of(new int[] {0, -1}, ids, two, two, 1), "-1");
    assertRefused(
        () -> InteractionConcordance.of(new int[0], new int[0], new double[0], new double[0], 1),
        "no samples");
  }

  @TestFactory
  Stream<DynamicTest> agreesWithACountOverAllQuadruples() {
    return Seeds.runs(
        40,
        random -> {
          Sample sample = Sample.of(random, 2 + random.nextInt(7), 2 + random.nextInt(9));
          InteractionConcordance found = sample.index(Long.MAX_VALUE);
          assertEquals(sample.bruteForce(), found.index(), 1e-12);
          assertEquals(0, found.standardError());
          assertTrue(found.exact());
        });
  }

  @TestFactory
  Stream<DynamicTest> sidesMayBeExchangedAndAdditiveEffectsAdded() {
    return Seeds.runs(
        10,
        random -> {
          Sample sample = Sample.of(random, 6, 9);
          double expected = sample.index(Long.MAX_VALUE).index();
          assertEquals(
              expected,
              InteractionConcordance.of(
                      sample.right, sample.left, sample.predicted, sample.actual, 1)
                  .index(),
              1e-12);
          double[] shifted = sample.predicted.clone();
          for (int i = 0; i < shifted.length; i++) {
            shifted[i] += 3 * sample.left[i] - 7 * sample.right[i];
          }
          assertEquals(
              expected,
              InteractionConcordance.of(sample.left, sample.right, shifted, sample.actual, 1)
                  .index(),
              1e-12);
        });
  }

  @TestFactory
  Stream<DynamicTest> additivePredictionsAreWorthOneHalf() {
    return Seeds.runs(
        10,
        random -> {
          Sample sample = Sample.of(random, 6, 9);
          double[] u = random.doubles(6).toArray();
          double[] v = random.doubles(9).toArray();
          double[] additive = new double[sample.left.length];
          for (int i = 0; i < additive.length; i++) {
            additive[i] = u[sample.left[i]] + v[sample.right[i]];
          }
          assertEquals(
              0.5,
              InteractionConcordance.of(sample.left, sample.right, additive, sample.actual, 1)
                  .index());
        });
  }

  @TestFactory
  Stream<DynamicTest> anEstimateIsWithinItsStandardErrors() {
    return Seeds.runs(
        12,
        random -> {
          Sample sample = Sample.of(random, 25, 40);
          double exact = sample.bruteForce();
          InteractionConcordance estimate = sample.index(10);
          assertFalse(estimate.exact());
          assertTrue(estimate.standardError() > 0 && estimate.standardError() < 0.05);
          assertEquals(exact, estimate.index(), 5 * estimate.standardError());
          assertEquals(estimate, sample.index(10), "the same seed");
        });
  }

  @Test
  void theStandardErrorIsTheSpreadOfEstimates() {
    Sample sample = Sample.of(new Random(3), 20, 30);
    double[] estimates = new double[200];
    double stated = 0;
    for (int seed = 0; seed < estimates.length; seed++) {
      InteractionConcordance estimate =
          InteractionConcordance.of(
              sample.left, sample.right, sample.predicted, sample.actual, seed, 10);
      estimates[seed] = estimate.index();
      stated += estimate.standardError() / estimates.length;
    }
    Spread spread = Spread.of(estimates);
    assertEquals(1, stated / spread.deviation(), 0.2, "stated over observed, seeds 0 to 199");
    assertEquals(
        sample.bruteForce(), spread.mean(), 4 * spread.deviation() / Math.sqrt(estimates.length));
  }

  /** Cells of a matrix of which about a third is unknown, in random order, with many ties. */
  private record Sample(int[] left, int[] right, double[] predicted, double[] actual) {
    static Sample of(Random random, int lefts, int rights) {
      int[] cells =
          random
              .ints(0, lefts * rights)
              .distinct()
              .limit(Math.max(4, 2L * lefts * rights / 3))
              .toArray();
      int[] left = new int[cells.length];
      int[] right = new int[cells.length];
      double[] predicted = new double[cells.length];
      double[] actual = new double[cells.length];
      for (int i = 0; i < cells.length; i++) {
        left[i] = cells[i] % lefts;
        right[i] = cells[i] / lefts;
        actual[i] = random.nextInt(4) + 0.5 * left[i];
        predicted[i] = 0.25 * actual[i] + random.nextInt(3) + 0.5 * right[i];
      }
      return new Sample(left, right, predicted, actual);
    }

    InteractionConcordance index(long budget) {
      return InteractionConcordance.of(left, right, predicted, actual, 7, budget);
    }

    /** By the definition. */
    double bruteForce() {
      int lefts = 1 + Arrays.stream(left).max().orElseThrow();
      int rights = 1 + Arrays.stream(right).max().orElseThrow();
      Map<Integer, Integer> cell = new HashMap<>();
      for (int i = 0; i < left.length; i++) {
        cell.put(left[i] * rights + right[i], i);
      }
      double score = 0;
      int comparable = 0;
      for (int a = 0; a < lefts; a++) {
        for (int c = 0; c < a; c++) {
          for (int b = 0; b < rights; b++) {
            for (int d = 0; d < b; d++) {
              Integer ab = cell.get(a * rights + b);
              Integer ad = cell.get(a * rights + d);
              Integer cb = cell.get(c * rights + b);
              Integer cd = cell.get(c * rights + d);
              if (ab == null || ad == null || cb == null || cd == null) {
                continue;
              }
              double truth = actual[ab] - actual[ad] - actual[cb] + actual[cd];
              double guess = predicted[ab] - predicted[ad] - predicted[cb] + predicted[cd];
              if (Math.abs(truth) > 1e-9) {
                comparable++;
                score += Math.abs(guess) < 1e-9 ? 0.5 : guess * truth > 0 ? 1 : 0;
              }
            }
          }
        }
      }
      return score / comparable;
    }
  }
}
