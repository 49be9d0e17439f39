package kronwood.measure;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SpreadCalibrationTest {
  private static double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void deviationByHand() {
    SpreadCalibration calibration = new SpreadCalibration(2, 1);
    assertEquals(3, calibration.deviation(4), 1e-15);
    assertEquals(2, SpreadCalibration.NONE.deviation(4));
  }

  @Test
  void errorsOfTwoSizesByHand() {
    // Where there is no spread errors are ±1, where it is 2 they are ±3: 9 = 4 · 2 + 1.
    SpreadCalibration fitted =
        SpreadCalibration.fit(new double[] {1, -1, 3, -3}, new double[] {0, 0, 2, 2}, ones(4));
    assertEquals(4, fitted.factor(), 1e-4);
    assertEquals(1, fitted.variance(), 1e-4);
  }

  @Test
  void aSpreadThatTellsNothingIsNotUsed() {
    // The larger the spread the smaller the error: a factor below 0 would fit best.
    SpreadCalibration fitted =
        SpreadCalibration.fit(new double[] {3, -3, 1, -1}, new double[] {0, 0, 2, 2}, ones(4));
    assertEquals(new SpreadCalibration(0, 5), fitted);
    assertEquals(
        new SpreadCalibration(0, 5),
        SpreadCalibration.fit(new double[] {3, 1}, new double[2], ones(2)),
        "members agree everywhere");
  }

  @Test
  void withoutErrorsOrSamplesThereIsNothingToFit() {
    assertEquals(
        new SpreadCalibration(0, 0),
        SpreadCalibration.fit(new double[3], new double[] {1, 2, 3}, ones(3)));
    assertEquals(
        SpreadCalibration.NONE, SpreadCalibration.fit(new double[1], new double[1], new double[1]));
    assertEquals(
        SpreadCalibration.NONE, SpreadCalibration.fit(new double[0], new double[0], new double[0]));
  }

  @Test
  void aSampleOfWeightTwoIsASampleTwice() {
    double[] errors = {1, -2, 3, 0.5, -1};
    double[] spreads = {0.1, 0.5, 2, 0.3, 1};
    SpreadCalibration weighted =
        SpreadCalibration.fit(errors, spreads, new double[] {2, 1, 1, 0, 2});
    SpreadCalibration twice =
        SpreadCalibration.fit(
            new double[] {1, 1, -2, 3, -1, -1}, new double[] {0.1, 0.1, 0.5, 2, 1, 1}, ones(6));
    assertEquals(twice.factor(), weighted.factor(), 1e-6);
    assertEquals(twice.variance(), weighted.variance(), 1e-6);
  }

  @Test
  void moreMembersThanWereFittedToByHand() {
    // A constant spread of 1: no slope can be told, the mean of 4 is off by 1/2 − 1/4 less.
    SpreadCalibration even =
        SpreadCalibration.fit(new double[] {1, -2}, new double[] {1, 1}, ones(2), 2, 4);
    assertEquals(2.25, Math.pow(even.deviation(1), 2), 1e-9);
    assertEquals(0, even.factor());
    double[] errors = {1, -1, 3, -3};
    double[] spreads = {0, 0, 2, 2};
    // s² has mean 1 and mean square 2, so that v has mean square 2/3: its variance is below 0.
    SpreadCalibration two = SpreadCalibration.fit(errors, spreads, ones(4), 2, 8);
    assertEquals(new SpreadCalibration(0, 5 - 0.375), rounded(two));
    // With 5 predictions the mean square of v is 4/3, ¼ of it variance; slope 4 was seen, diluted
    // to (1/4) / (1/4 + 1/2), so it is 12; 12 − 1/5 + 1/9 is diluted to (1/4) / (1/4 + 1/4).
    double factor = (12 - 0.2 + 1.0 / 9) / 2;
    SpreadCalibration five = SpreadCalibration.fit(errors, spreads, ones(4), 5, 9);
    assertEquals(factor, five.factor(), 1e-3);
    assertEquals(0, five.variance(), 1e-3, "not below 0");
    assertEquals(
        SpreadCalibration.fit(errors, spreads, ones(4)),
        SpreadCalibration.fit(errors, spreads, ones(4), 3, 3));
  }

  private static SpreadCalibration rounded(SpreadCalibration exact) {
    return new SpreadCalibration(
        Math.rint(1e6 * exact.factor()) / 1e6, Math.rint(1e6 * exact.variance()) / 1e6);
  }

  /**
   * Members with a variance that differs from sample to sample, around a mean that is off by noise:
   * fitted to two members, calibrated for all.
   */
  @TestFactory
  Stream<DynamicTest> deviationsOfSimulatedEnsemblesAreRightOnAverage() {
    return Seeds.runs(
        3,
        random -> {
          int n = 40_000;
          int members = 2 + random.nextInt(7);
          double noise = 0.5 + random.nextDouble();
          double[] errors = new double[n];
          double[] spreads = new double[n];
          simulate(random, 2, noise, errors, spreads);
          SpreadCalibration fitted = SpreadCalibration.fit(errors, spreads, ones(n));
          double standardised = 0;
          for (int i = 0; i < n; i++) {
            double sd = fitted.deviation(spreads[i]);
            standardised += errors[i] * errors[i] / (sd * sd) / n;
          }
          assertEquals(1, standardised, 1e-9);

          SpreadCalibration all = SpreadCalibration.fit(errors, spreads, ones(n), 2, members);
          simulate(random, members, noise, errors, spreads);
          double square = 0;
          double predicted = 0;
          for (int i = 0; i < n; i++) {
            square += errors[i] * errors[i] / n;
            predicted += Math.pow(all.deviation(spreads[i]), 2) / n;
          }
          assertEquals(square, predicted, 0.03 * square, members + " members");
          // No better fit to what these members really are off by.
          SpreadCalibration best = SpreadCalibration.fit(errors, spreads, ones(n));
          assertEquals(
              cost(errors, spreads, best), cost(errors, spreads, all), 6e-3, members + " members");
        });
  }

  /** Means over members and what they are off by, with a spread of 0 to 1. */
  private static void simulate(
      Random random, int members, double noise, double[] errors, double[] spreads) {
    for (int i = 0; i < errors.length; i++) {
      double deviation = random.nextDouble();
      double sum = 0;
      double squares = 0;
      for (int e = 0; e < members; e++) {
        double f = deviation * random.nextGaussian();
        sum += f;
        squares += f * f;
      }
      errors[i] = sum / members + noise * random.nextGaussian();
      spreads[i] = (squares - sum * sum / members) / (members - 1);
    }
  }

  @TestFactory
  Stream<DynamicTest> knownTermsAreFoundAgain() {
    return Seeds.runs(
        3,
        random -> {
          int n = 50_000;
          double factor = 0.5 + 3 * random.nextDouble();
          double variance = 0.2 + random.nextDouble();
          double[] errors = new double[n];
          double[] spreads = new double[n];
          for (int i = 0; i < n; i++) {
            spreads[i] = Math.pow(random.nextGaussian(), 2);
            errors[i] = Math.sqrt(factor * spreads[i] + variance) * random.nextGaussian();
          }
          SpreadCalibration fitted = SpreadCalibration.fit(errors, spreads, ones(n));
          assertEquals(factor, fitted.factor(), 0.05 * factor);
          assertEquals(variance, fitted.variance(), 0.05 * variance);
          assertTrue(cost(errors, spreads, fitted) <= cost(errors, spreads, factor, variance));
          // No better fit close by.
          for (double by : new double[] {0.99, 1.01}) {
            double best = cost(errors, spreads, fitted);
            assertTrue(
                best <= cost(errors, spreads, by * fitted.factor(), fitted.variance()) + 1e-12);
            assertTrue(
                best <= cost(errors, spreads, fitted.factor(), by * fitted.variance()) + 1e-12);
          }
        });
  }

  private static double cost(double[] errors, double[] spreads, SpreadCalibration fitted) {
    return cost(errors, spreads, fitted.factor(), fitted.variance());
  }

  private static double cost(double[] errors, double[] spreads, double factor, double variance) {
    double cost = 0;
    for (int i = 0; i < errors.length; i++) {
      double square = factor * spreads[i] + variance;
      cost += (Math.log(square) + errors[i] * errors[i] / square) / errors.length;
    }
    return cost;
  }

  @Test
  void termsThatAreNoNumbersOrOfDifferentLengthAreRefused() {
    assertRefused(() -> new SpreadCalibration(-1, 0), "-1.0", "expected finite numbers >= 0");
    assertRefused(() -> new SpreadCalibration(0, Double.NaN), "NaN");
    assertRefused(() -> new SpreadCalibration(Double.POSITIVE_INFINITY, 0), "Infinity");
    assertRefused(
        () -> SpreadCalibration.fit(new double[2], new double[1], new double[2]),
        "2 errors, 1 spreads and 2 weights");
  }
}
