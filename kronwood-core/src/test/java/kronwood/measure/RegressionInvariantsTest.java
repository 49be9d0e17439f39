package kronwood.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegressionInvariantsTest {
  @Test
  void wholeWeightsAreRepetitions() {
    for (int seed = 1; seed <= 30; seed++) {
      Random random = new Random(seed);
      int n = 2 + random.nextInt(30);
      double[] predicted = Series.gaussian(random, n);
      double[] actual = Series.gaussian(random, n);
      double[] weights = new double[n];
      for (int i = 0; i < n; i++) {
        weights[i] = random.nextInt(4);
      }
      weights[0] = 1;
      weights[1] = 2;
      MetricReport weighted = Metrics.regression(predicted, actual, 1, weights);
      MetricReport repeated =
          Metrics.regression(Series.repeat(predicted, weights), Series.repeat(actual, weights));
      for (Metric metric : EnumSet.range(Metric.MSE, Metric.R2)) {
        Series.assertClose(
            repeated.get(metric), weighted.get(metric), metric.key() + ", seed " + seed);
      }
    }
  }

  @Test
  void roundingDoesNotCarryACorrelationBeyondOne() {
    for (int seed = 1; seed <= 500; seed++) {
      double[] actual = Series.gaussian(new Random(seed), 3 + seed % 7);
      double r =
          Metrics.regression(Series.map(actual, value -> 3 * value + 1), actual)
              .get(Metric.PEARSON);
      assertTrue(r <= 1, "r − 1 = " + (r - 1) + ", seed " + seed);
      assertEquals(1, r, 1e-14, "seed " + seed);
    }
  }

  @Test
  void agreesWithTheDefinitionsOnRandomDataWithManyTies() {
    for (int seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      int n = 2 + random.nextInt(60);
      int levels = 2 + random.nextInt(12);
      double[] predicted = Series.levels(random, n, levels);
      double[] actual = Series.levels(random, n, levels);
      MetricReport report = Metrics.regression(predicted, actual);
      String message = "seed " + seed;
      assertEquals(
          DirectMetrics.concordance(predicted, actual), report.get(Metric.CI), 1e-15, message);
      Series.assertClose(
          DirectMetrics.spearman(predicted, actual), report.get(Metric.SPEARMAN), message);
      Series.assertClose(
          DirectMetrics.pearson(predicted, actual), report.get(Metric.PEARSON), message);
    }
  }

  @Test
  void concordanceAgreesWithAllPairsOfSomeThousandSamples() {
    Random random = new Random(11);
    double[] actual = Series.levels(random, 4000, 900);
    double[] predicted =
        Series.map(actual, value -> Math.rint(value + 200 * random.nextGaussian()));
    assertEquals(
        DirectMetrics.concordance(predicted, actual),
        Metrics.regression(predicted, actual).get(Metric.CI),
        1e-15);
  }

  @Test
  void concordanceOfAHundredThousandSamplesIsTheOneTheirOrderImplies() {
    int n = 100_000;
    int block = 40;
    double[] actual = new double[n];
    double[] predicted = new double[n];
    for (int i = 0; i < n; i++) {
      actual[i] = i;
      // Reversed within blocks: the pairs inside a block, and no others, are discordant.
      predicted[i] = i - i % block + (block - 1 - i % block);
    }
    Series.shuffleTogether(new Random(5), predicted, actual);
    assertEquals(
        1 - (block - 1) / (n - 1.0), Metrics.regression(predicted, actual).get(Metric.CI), 1e-15);
  }

  @Test
  void rankMetricsDoNotChangeUnderIncreasingMaps() {
    for (int seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      double[] predicted = Series.levels(random, 80, 25);
      double[] actual = Series.levels(random, 80, 25);
      MetricReport report = Metrics.regression(predicted, actual);
      MetricReport mapped =
          Metrics.regression(
              Series.map(predicted, Math::exp), Series.map(actual, value -> value * value * value));
      for (Metric metric : EnumSet.of(Metric.SPEARMAN, Metric.CI)) {
        assertEquals(report.get(metric), mapped.get(metric), metric.key() + ", seed " + seed);
      }
    }
  }

  @Test
  void mirroredPredictionsMirrorTheRankMetrics() {
    for (int seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      double[] predicted = Series.levels(random, 50, 9);
      double[] actual = Series.levels(random, 50, 9);
      MetricReport report = Metrics.regression(predicted, actual);
      MetricReport mirrored = Metrics.regression(Series.map(predicted, value -> -value), actual);
      String message = "seed " + seed;
      assertEquals(1 - report.get(Metric.CI), mirrored.get(Metric.CI), 1e-15, message);
      assertEquals(-report.get(Metric.SPEARMAN), mirrored.get(Metric.SPEARMAN), 1e-15, message);
    }
  }

  @Test
  void theOrderOfTheSamplesDoesNotMatter() {
    Random random = new Random(8);
    double[] predicted = Series.levels(random, 500, 60);
    double[] actual = Series.levels(random, 500, 60);
    MetricReport before = Metrics.regression(predicted, actual);
    Series.shuffleTogether(random, predicted, actual);
    MetricReport after = Metrics.regression(predicted, actual);
    for (Metric metric : before.values().keySet()) {
      Series.assertClose(before.get(metric), after.get(metric), metric.key());
    }
    assertEquals(before.get(Metric.CI), after.get(Metric.CI));
  }

  @Test
  void aLargeCommonOffsetCostsNoDigits() {
    Random random = new Random(9);
    double[] predicted = Series.levels(random, 1000, 50);
    double[] actual = Series.levels(random, 1000, 50);
    MetricReport near = Metrics.regression(predicted, actual);
    // 2⁵² plus a small whole number is exact in double precision, its mean is not.
    double offset = 0x1p52;
    double[] farPredicted = Series.map(predicted, value -> value + offset);
    double[] farActual = Series.map(actual, value -> value + offset);
    MetricReport far = Metrics.regression(farPredicted, farActual);
    for (Metric metric : EnumSet.complementOf(EnumSet.of(Metric.RM2))) {
      if (near.contains(metric)) {
        Series.assertClose(near.get(metric), far.get(metric), metric.key());
      }
    }
    double[] weights = Series.map(Series.gaussian(random, 1000), Math::abs);
    Series.assertClose(
        Metrics.regression(predicted, actual, 1, weights).get(Metric.R2),
        Metrics.regression(farPredicted, farActual, 1, weights).get(Metric.R2),
        "weighted r2");
  }

  @Test
  void theScaleOfTheDataMayBeExtreme() {
    Random random = new Random(10);
    double[] predicted = Series.gaussian(random, 64);
    double[] actual = Series.gaussian(random, 64);
    MetricReport report = Metrics.regression(predicted, actual);
    for (int exponent : new int[] {-900, -500, 400, 900}) {
      MetricReport scaled =
          Metrics.regression(
              Series.map(predicted, value -> Math.scalb(value, exponent)),
              Series.map(actual, value -> Math.scalb(value, exponent)));
      for (Metric metric : EnumSet.range(Metric.RM2, Metric.CI)) {
        Series.assertClose(
            report.get(metric), scaled.get(metric), metric.key() + " at 2^" + exponent);
      }
    }
  }
}
