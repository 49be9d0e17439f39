package kronwood.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegressionMetricsTest {
  private static final double[] PREDICTED = {2, 2, 4, 6};
  private static final double[] ACTUAL = {1, 2, 3, 4};

  @Test
  void agreesWithTheAnswersByHand() {
    MetricReport report = Metrics.regression(PREDICTED, ACTUAL);
    // Errors 1, 0, 1, 2; deviations of the truth −1.5, −0.5, 0.5, 1.5, squares 5.
    assertEquals(1.5, report.get(Metric.MSE));
    assertEquals(Math.sqrt(1.5), report.get(Metric.RMSE));
    assertEquals(1.0, report.get(Metric.MAE));
    assertEquals(-0.2, report.get(Metric.R2), 1e-15);
    // Deviations of the prediction −1.5, −1.5, 0.5, 2.5: products 7, squares 11.
    assertEquals(7 / Math.sqrt(55), report.get(Metric.PEARSON), 1e-15);
    // k = 42/60, residuals −0.4, 0.6, 0.2, −0.2: r₀² = 0.88, r² − r₀² = 0.6/55.
    assertEquals(49 / 55.0 * (1 - Math.sqrt(0.6 / 55)), report.get(Metric.RM2), 1e-14);
    // Ranks 1.5, 1.5, 3, 4 against 1, 2, 3, 4.
    assertEquals(Math.sqrt(0.9), report.get(Metric.SPEARMAN), 1e-15);
    // Six pairs, one of them tied in the prediction.
    assertEquals(5.5 / 6, report.get(Metric.CI), 1e-15);
    assertEquals(EnumSet.range(Metric.MSE, Metric.CI), report.values().keySet());
  }

  @Test
  void weightsCountInErrorsAndDeterminationOnly() {
    MetricReport weighted = Metrics.regression(PREDICTED, ACTUAL, 1, new double[] {1, 2, 0, 1});
    assertEquals(1.25, weighted.get(Metric.MSE));
    assertEquals(Math.sqrt(1.25), weighted.get(Metric.RMSE));
    assertEquals(0.75, weighted.get(Metric.MAE));
    // Weighted mean 2.25, weighted squares 1.5625 + 0.125 + 3.0625.
    assertEquals(1 - 5 / 4.75, weighted.get(Metric.R2), 1e-15);
    MetricReport plain = Metrics.regression(PREDICTED, ACTUAL);
    for (Metric metric : EnumSet.of(Metric.RM2, Metric.PEARSON, Metric.SPEARMAN, Metric.CI)) {
      assertEquals(plain.get(metric), weighted.get(metric), metric.key());
    }
  }

  @Test
  void perfectPredictionsAreExactlyPerfect() {
    double[] actual = Series.gaussian(new Random(3), 101);
    MetricReport report = Metrics.regression(actual, actual);
    for (Metric metric : report.values().keySet()) {
      assertEquals(metric.higherIsBetter() ? 1.0 : 0.0, report.get(metric), metric.key());
    }
  }

  @Test
  void reversedPredictionsAreExactlyReversed() {
    double[] actual = Series.gaussian(new Random(4), 100);
    MetricReport report = Metrics.regression(Series.map(actual, value -> -value), actual);
    assertEquals(-1.0, report.get(Metric.PEARSON));
    assertEquals(-1.0, report.get(Metric.SPEARMAN));
    assertEquals(0.0, report.get(Metric.CI));
  }

  @Test
  void modifiedSquarePunishesAnOffsetThatPearsonDoesNotSee() {
    double[] shifted = Series.map(ACTUAL, value -> value + 100);
    MetricReport report = Metrics.regression(shifted, ACTUAL);
    assertEquals(1.0, report.get(Metric.PEARSON));
    // r² = 1, so that r_m² = 1 − √(1 − r₀²) with r₀² from its definition.
    double slope = (101.0 + 204 + 309 + 416) / (101.0 * 101 + 102 * 102 + 103 * 103 + 104 * 104);
    double residual = 0;
    for (int i = 0; i < 4; i++) {
      residual += Math.pow(ACTUAL[i] - slope * shifted[i], 2);
    }
    assertEquals(1 - Math.sqrt(residual / 5), report.get(Metric.RM2), 1e-12);
  }

  @Test
  void oneSampleLeavesOnlyTheErrorsDefined() {
    MetricReport report = Metrics.regression(new double[] {3}, new double[] {1});
    assertEquals(4.0, report.get(Metric.MSE));
    assertEquals(2.0, report.get(Metric.RMSE));
    assertEquals(2.0, report.get(Metric.MAE));
    for (Metric metric : EnumSet.range(Metric.R2, Metric.CI)) {
      assertFalse(report.isDefined(metric), metric.key());
    }
  }

  @Test
  void twoSamplesAreEitherInOrderOrNot() {
    MetricReport right = Metrics.regression(new double[] {0, 9}, new double[] {1, 2});
    MetricReport wrong = Metrics.regression(new double[] {9, 0}, new double[] {1, 2});
    for (Metric metric : EnumSet.of(Metric.PEARSON, Metric.SPEARMAN)) {
      assertEquals(1.0, right.get(metric), metric.key());
      assertEquals(-1.0, wrong.get(metric), metric.key());
    }
    assertEquals(1.0, right.get(Metric.CI));
    assertEquals(0.0, wrong.get(Metric.CI));
  }

  @Test
  void constantPredictionsHaveNoCorrelationAndHalfConcordance() {
    // 0.1 is no binary fraction: the mean of seven of them need not be 0.1.
    double[] constant = new double[7];
    Arrays.fill(constant, 0.1);
    MetricReport report = Metrics.regression(constant, new double[] {1, 2, 3, 4, 5, 6, 7});
    for (Metric metric : EnumSet.of(Metric.RM2, Metric.PEARSON, Metric.SPEARMAN)) {
      assertFalse(report.isDefined(metric), metric.key());
    }
    assertEquals(0.5, report.get(Metric.CI));
    assertTrue(report.get(Metric.R2) < 0);
  }

  @Test
  void constantTargetsLeaveOnlyTheErrorsDefined() {
    for (int n = 1; n <= 12; n++) {
      double[] constant = new double[n];
      Arrays.fill(constant, 0.1);
      MetricReport report = Metrics.regression(Series.gaussian(new Random(n), n), constant);
      assertTrue(report.isDefined(Metric.MSE) && report.isDefined(Metric.MAE), "n = " + n);
      for (Metric metric : EnumSet.range(Metric.R2, Metric.CI)) {
        assertFalse(report.isDefined(metric), metric.key() + ", n = " + n);
      }
    }
  }

  @Test
  void targetsThatVaryOnlyWhereTheWeightIsZeroAreConstantToTheDetermination() {
    for (int seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      double[] weights = Series.map(Series.gaussian(random, 9), Math::abs);
      double[] actual = new double[9];
      Arrays.fill(actual, 0.1 * seed);
      for (int i = 0; i < 9; i += 4) {
        weights[i] = 0;
        actual[i] = i;
      }
      MetricReport report = Metrics.regression(Series.gaussian(random, 9), actual, 1, weights);
      assertFalse(report.isDefined(Metric.R2), "seed " + seed);
      assertTrue(report.isDefined(Metric.CI), "seed " + seed);
    }
  }

  @Test
  void determinationIsUndefinedWhereTheSquaresOfTheTargetsVanish() {
    assertFalse(
        Metrics.regression(new double[] {0, 1}, new double[] {0, 1e-200}).isDefined(Metric.R2));
  }

  @Test
  void severalOutputsAreAveragedPerMetric() {
    // Output 0 is the example by hand, output 1 its truth predicted 3 too high.
    double[] predicted = {2, 4, 2, 5, 4, 6, 6, 7};
    double[] actual = {1, 1, 2, 2, 3, 3, 4, 4};
    MetricReport report = Metrics.regression(predicted, actual, 2);
    assertEquals((1.5 + 9) / 2, report.get(Metric.MSE), 1e-15);
    assertEquals((Math.sqrt(1.5) + 3) / 2, report.get(Metric.RMSE), 1e-15);
    assertEquals((1 + 3) / 2.0, report.get(Metric.MAE), 1e-15);
    assertEquals((-0.2 + (1 - 36 / 5.0)) / 2, report.get(Metric.R2), 1e-14);
    assertEquals((7 / Math.sqrt(55) + 1) / 2, report.get(Metric.PEARSON), 1e-15);
    assertEquals((5.5 / 6 + 1) / 2, report.get(Metric.CI), 1e-15);
  }

  @Test
  void anOutputOnWhichAMetricIsUndefinedHasNoPartInItsMean() {
    double[] predicted = {2, 1, 2, 2, 4, 3, 6, 4};
    double[] actual = {1, 5, 2, 5, 3, 5, 4, 5};
    MetricReport report = Metrics.regression(predicted, actual, 2);
    MetricReport first = Metrics.regression(PREDICTED, ACTUAL);
    for (Metric metric : EnumSet.range(Metric.R2, Metric.CI)) {
      assertEquals(first.get(metric), report.get(metric), metric.key());
    }
    MetricReport constant = Metrics.regression(new double[4], new double[4], 2);
    assertFalse(constant.isDefined(Metric.R2));
    assertEquals(0.0, constant.get(Metric.MSE));
  }

  @Test
  void theArraysGivenAreNotChanged() {
    double[] predicted = PREDICTED.clone();
    double[] actual = {4, 1, 3, 2};
    Metrics.regression(predicted, actual);
    assertTrue(Arrays.equals(PREDICTED, predicted));
    assertTrue(Arrays.equals(new double[] {4, 1, 3, 2}, actual));
  }
}
