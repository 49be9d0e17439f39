package kronwood.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassMetricsTest {
  private static final double[] PROBABILITY = {0.9, 0.6, 0.6, 0.2};
  private static final int[] LABELS = {1, 0, 1, 0};

  private static final double[] PROBABILITIES = {
    0.7, 0.2, 0.1, //
    0.1, 0.6, 0.3, //
    0.3, 0.4, 0.3, //
    0.5, 0.25, 0.25
  };
  private static final int[] CLASSES = {0, 1, 2, 0};

  @Test
  void twoClassesAgreeWithTheAnswersByHand() {
    MetricReport report = Metrics.binary(PROBABILITY, LABELS);
    assertEquals(0.75, report.get(Metric.ACCURACY));
    assertEquals(-Math.log(0.9 * 0.4 * 0.6 * 0.8) / 4, report.get(Metric.LOGLOSS), 1e-15);
    // Positives 0.9, 0.6 against negatives 0.6, 0.2: three wins and a draw.
    assertEquals(3.5 / 4, report.get(Metric.AUC));
    // Recall ½ at precision 1, then recall 1 at precision ⅔.
    assertEquals(0.5 + 0.5 * 2 / 3, report.get(Metric.AUPR), 1e-15);
    // Two hits, one false alarm.
    assertEquals(0.8, report.get(Metric.F1));
    // Bins with 0.9 | 0.6, 0.6 | 0.2: gaps 0.1, 1 − 1.2, −0.2.
    assertEquals(0.5 / 4, report.get(Metric.ECE), 1e-15);
    assertEquals(EnumSet.range(Metric.ACCURACY, Metric.ECE), report.values().keySet());
  }

  @Test
  void severalClassesAgreeWithTheAnswersByHand() {
    MetricReport report = Metrics.multiclass(PROBABILITIES, CLASSES, 3);
    assertEquals(0.75, report.get(Metric.ACCURACY));
    assertEquals(-Math.log(0.7 * 0.6 * 0.3 * 0.5) / 4, report.get(Metric.LOGLOSS), 1e-15);
    // Classes 0 and 1 are told apart from the rest; class 2: 0.3 against 0.1, 0.3, 0.25.
    assertEquals((1 + 1 + 2.5 / 3) / 3, report.get(Metric.AUC), 1e-15);
    assertEquals((1 + 1 + 0.5) / 3, report.get(Metric.AUPR), 1e-15);
    assertEquals((1 + 2 / 3.0 + 0) / 3, report.get(Metric.F1), 1e-15);
    // Confidences 0.7, 0.6, 0.4, 0.5 in bins of their own, the third a miss.
    assertEquals((0.3 + 0.4 + 0.4 + 0.5) / 4, report.get(Metric.ECE), 1e-15);
    assertEquals(EnumSet.range(Metric.ACCURACY, Metric.ECE), report.values().keySet());
  }

  @Test
  void weightsCountInAccuracyAndLogLossOnly() {
    double[] weights = {1, 3, 0, 4};
    MetricReport binary = Metrics.binary(PROBABILITY, LABELS, weights);
    assertEquals(5 / 8.0, binary.get(Metric.ACCURACY));
    assertEquals(
        -(Math.log(0.9) + 3 * Math.log(0.4) + 4 * Math.log(0.8)) / 8,
        binary.get(Metric.LOGLOSS),
        1e-15);
    MetricReport several = Metrics.multiclass(PROBABILITIES, CLASSES, 3, weights);
    assertEquals(1.0, several.get(Metric.ACCURACY));
    assertEquals(
        -(Math.log(0.7) + 3 * Math.log(0.6) + 4 * Math.log(0.5)) / 8,
        several.get(Metric.LOGLOSS),
        1e-15);
    for (Metric metric : EnumSet.range(Metric.AUC, Metric.ECE)) {
      assertEquals(
          Metrics.binary(PROBABILITY, LABELS).get(metric), binary.get(metric), metric.key());
      assertEquals(
          Metrics.multiclass(PROBABILITIES, CLASSES, 3).get(metric),
          several.get(metric),
          metric.key());
    }
  }

  @Test
  void certainAndRightIsExactlyPerfect() {
    MetricReport binary = Metrics.binary(new double[] {0, 1, 1}, new int[] {0, 1, 1});
    MetricReport several =
        Metrics.multiclass(new double[] {0, 1, 0, 1, 1, 0}, new int[] {1, 1, 0}, 2);
    for (Metric metric : binary.values().keySet()) {
      double perfect = metric.higherIsBetter() ? 1 : 0;
      assertEquals(perfect, binary.get(metric), metric.key());
      assertEquals(perfect, several.get(metric), metric.key());
    }
  }

  @Test
  void certainAndWrongCostsNoMoreThanTheStatedLoss() {
    double worst = 15 * Math.log(10);
    assertEquals(
        worst, Metrics.binary(new double[] {0, 1}, new int[] {1, 0}).get(Metric.LOGLOSS), 1e-13);
    assertEquals(
        worst,
        Metrics.multiclass(new double[] {0, 1, 0, 0, 0, 1}, new int[] {0, 1}, 3)
            .get(Metric.LOGLOSS),
        1e-13);
    assertEquals(
        worst, Metrics.binary(new double[] {1e-20}, new int[] {1}).get(Metric.LOGLOSS), 1e-13);
  }

  @Test
  void theLossOfASmallProbabilityKeepsItsDigits() {
    assertEquals(
        1e-20, Metrics.binary(new double[] {1e-20}, new int[] {0}).get(Metric.LOGLOSS), 1e-35);
  }

  @Test
  void oneHalfIsCalledPositive() {
    MetricReport report = Metrics.binary(new double[] {0.5, Math.nextDown(0.5)}, new int[] {1, 0});
    assertEquals(1.0, report.get(Metric.ACCURACY));
    assertEquals(1.0, report.get(Metric.F1));
  }

  @Test
  void theFirstOfEquallyProbableClassesIsCalled() {
    double[] equal = {0.25, 0.25, 0.25, 0.25};
    assertEquals(1.0, Metrics.multiclass(equal, new int[] {0}, 4).get(Metric.ACCURACY));
    assertEquals(0.0, Metrics.multiclass(equal, new int[] {1}, 4).get(Metric.ACCURACY));
  }

  @Test
  void oneClassLeavesTheRankMetricsUndefined() {
    for (int label = 0; label <= 1; label++) {
      MetricReport report = Metrics.binary(new double[] {0.7, 0.8}, new int[] {label, label});
      assertFalse(report.isDefined(Metric.AUC));
      assertFalse(report.isDefined(Metric.AUPR));
      assertEquals((double) label, report.get(Metric.ACCURACY));
      assertEquals((double) label, report.get(Metric.F1));
    }
    MetricReport several =
        Metrics.multiclass(new double[] {0.1, 0.8, 0.1, 0.2, 0.2, 0.6}, new int[] {1, 1}, 3);
    assertFalse(several.isDefined(Metric.AUC));
    assertFalse(several.isDefined(Metric.AUPR));
    // Class 1: one hit, one miss; class 2: one false alarm; class 0 occurs nowhere.
    assertEquals((2 / 3.0 + 0) / 2, several.get(Metric.F1), 1e-15);
  }

  @Test
  void f1IsUndefinedWhereNothingIsPositiveAndNothingCalledSo() {
    MetricReport report = Metrics.binary(new double[] {0.1, 0.2}, new int[] {0, 0});
    assertFalse(report.isDefined(Metric.F1));
    assertEquals(1.0, report.get(Metric.ACCURACY));
  }

  @Test
  void constantScoresDetectNothing() {
    double[] constant = new double[5];
    Arrays.fill(constant, 0.3);
    MetricReport report = Metrics.binary(constant, new int[] {1, 0, 0, 1, 0});
    assertEquals(0.5, report.get(Metric.AUC));
    // One threshold, whose precision is the share of positives.
    assertEquals(0.4, report.get(Metric.AUPR), 1e-15);
    assertEquals(0.0, report.get(Metric.F1));
    assertEquals(0.1, report.get(Metric.ECE), 1e-15);
  }

  @Test
  void reversedScoresHaveNoArea() {
    MetricReport report = Metrics.binary(new double[] {0.1, 0.2, 0.8, 0.9}, new int[] {1, 1, 0, 0});
    assertEquals(0.0, report.get(Metric.AUC));
    // The positives come third and fourth: precision ⅓, then ½.
    assertEquals((1 / 3.0 + 1 / 2.0) / 2, report.get(Metric.AUPR), 1e-15);
  }

  @Test
  void aConfidenceOnTheEdgeOfABinBelongsToTheBinBelow() {
    // 0.2 = 3/15 shares the bin of 0.15, so that their gaps, of opposite sign, cancel in part.
    MetricReport report = Metrics.binary(new double[] {0.2, 0.15}, new int[] {1, 0});
    assertEquals((0.8 - 0.15) / 2, report.get(Metric.ECE), 1e-15);
    MetricReport apart = Metrics.binary(new double[] {0.21, 0.15}, new int[] {1, 0});
    assertEquals((0.79 + 0.15) / 2, apart.get(Metric.ECE), 1e-15);
  }

  @Test
  void twoClassesAgreeWithTheDefinitionsOnRandomDataWithManyTies() {
    for (int seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(60);
      double[] probability = dyadic(random, n, 1 << (1 + random.nextInt(7)));
      int[] labels = classes(random, n, 2);
      boolean[] positive = are(labels, 1);
      MetricReport report = Metrics.binary(probability, labels);
      String message = "seed " + seed;
      int[] called = new int[n];
      int right = 0;
      double loss = 0;
      for (int i = 0; i < n; i++) {
        called[i] = probability[i] < 0.5 ? 0 : 1;
        right += called[i] == labels[i] ? 1 : 0;
        double q = labels[i] == 1 ? probability[i] : 1 - probability[i];
        loss -= Math.log(Math.max(q, 1e-15));
      }
      assertEquals(right / (double) n, report.get(Metric.ACCURACY), 1e-15, message);
      assertEquals(loss / n, report.get(Metric.LOGLOSS), 1e-12, message);
      assertEquals(
          DirectMetrics.auc(probability, positive), report.get(Metric.AUC), 1e-15, message);
      assertEquals(
          DirectMetrics.averagePrecision(probability, positive),
          report.get(Metric.AUPR),
          1e-14,
          message);
      assertEquals(DirectMetrics.f1(called, labels, 1), report.get(Metric.F1), 1e-15, message);
      assertEquals(
          DirectMetrics.calibrationError(probability, positive),
          report.get(Metric.ECE),
          1e-14,
          message);
    }
  }

  @Test
  void severalClassesAgreeWithTheDefinitionsOnRandomDataWithAbsentClasses() {
    for (int seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(40);
      int classCount = 2 + random.nextInt(6);
      double[] probabilities = rows(random, n, classCount);
      int[] classes = classes(random, n, 1 + random.nextInt(classCount));
      double auc = 0;
      double averagePrecision = 0;
      int occurring = 0;
      double f1 = 0;
      int involved = 0;
      int[] called = new int[n];
      double[] confidence = new double[n];
      boolean[] hit = new boolean[n];
      for (int i = 0; i < n; i++) {
        double[] row = Arrays.copyOfRange(probabilities, i * classCount, (i + 1) * classCount);
        confidence[i] = Arrays.stream(row).max().orElseThrow();
        while (row[called[i]] != confidence[i]) {
          called[i]++;
        }
        hit[i] = called[i] == classes[i];
      }
      for (int c = 0; c < classCount; c++) {
        double[] scores = new double[n];
        for (int i = 0; i < n; i++) {
          scores[i] = probabilities[i * classCount + c];
        }
        int ofClass = c;
        if (Arrays.stream(classes).anyMatch(k -> k == ofClass)) {
          occurring++;
          auc += DirectMetrics.auc(scores, are(classes, c));
          averagePrecision += DirectMetrics.averagePrecision(scores, are(classes, c));
        }
        if (Arrays.stream(classes).anyMatch(k -> k == ofClass)
            || Arrays.stream(called).anyMatch(k -> k == ofClass)) {
          involved++;
          f1 += DirectMetrics.f1(called, classes, c);
        }
      }
      MetricReport report = Metrics.multiclass(probabilities, classes, classCount);
      String message = "seed " + seed;
      assertEquals(auc / occurring, report.get(Metric.AUC), 1e-14, message);
      assertEquals(averagePrecision / occurring, report.get(Metric.AUPR), 1e-14, message);
      assertEquals(f1 / involved, report.get(Metric.F1), 1e-14, message);
      assertEquals(
          DirectMetrics.calibrationError(confidence, hit), report.get(Metric.ECE), 1e-14, message);
    }
  }

  @Test
  void twoClassesGivenAsRowsAgreeWithTheirBinaryForm() {
    Random random = new Random(6);
    int n = 200;
    double[] probability = dyadic(random, n, 64);
    double[] rows = new double[2 * n];
    for (int i = 0; i < n; i++) {
      // One half is called differently by design; see the definitions.
      probability[i] = probability[i] == 0.5 ? 0.25 : probability[i];
      rows[2 * i] = 1 - probability[i];
      rows[2 * i + 1] = probability[i];
    }
    int[] labels = classes(random, n, 2);
    MetricReport binary = Metrics.binary(probability, labels);
    MetricReport asRows = Metrics.multiclass(rows, labels, 2);
    for (Metric metric : EnumSet.of(Metric.ACCURACY, Metric.LOGLOSS, Metric.AUC)) {
      assertEquals(binary.get(metric), asRows.get(metric), 1e-14, metric.key());
    }
  }

  @Test
  void areaUnderTheCurveIsTheConcordanceWithTheLabelsAlsoForManySamples() {
    Random random = new Random(7);
    int n = 100_000;
    double[] probability = dyadic(random, n, 1 << 14);
    int[] labels = classes(random, n, 2);
    double[] actual = Arrays.stream(labels).asDoubleStream().toArray();
    assertEquals(
        Metrics.regression(probability, actual).get(Metric.CI),
        Metrics.binary(probability, labels).get(Metric.AUC),
        1e-15);
  }

  @Test
  void rankMetricsDoNotChangeUnderIncreasingMaps() {
    for (int seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      double[] probability = dyadic(random, 90, 32);
      double[] squared = Arrays.stream(probability).map(p -> p * p).toArray();
      int[] labels = classes(random, 90, 2);
      MetricReport report = Metrics.binary(probability, labels);
      MetricReport mapped = Metrics.binary(squared, labels);
      for (Metric metric : EnumSet.of(Metric.AUC, Metric.AUPR)) {
        assertTrue(report.isDefined(metric), "seed " + seed);
        assertEquals(report.get(metric), mapped.get(metric), metric.key() + ", seed " + seed);
      }
    }
  }

  /** Multiples of 1/steps in [0, 1], both ends included. */
  private static double[] dyadic(Random random, int size, int steps) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(steps + 1) / (double) steps;
    }
    return values;
  }

  private static double[] rows(Random random, int size, int classCount) {
    double[] rows = new double[size * classCount];
    for (int i = 0; i < size; i++) {
      int left = 16;
      for (int c = 0; c < classCount; c++) {
        int part = c == classCount - 1 ? left : random.nextInt(left + 1);
        rows[i * classCount + c] = part / 16.0;
        left -= part;
      }
    }
    return rows;
  }

  private static int[] classes(Random random, int size, int classCount) {
    return random.ints(size, 0, classCount).toArray();
  }

  private static boolean[] are(int[] classes, int ofClass) {
    boolean[] are = new boolean[classes.length];
    for (int i = 0; i < are.length; i++) {
      are[i] = classes[i] == ofClass;
    }
    return are;
  }
}
