package kronwood.measure;

import java.util.Arrays;

/**
 * The definitions of {@link Metric} taken literally, in O(n²) and plain sums: the oracle of the
 * tests.
 */
final class DirectMetrics {
  private DirectMetrics() {}

  static double concordance(double[] predicted, double[] actual) {
    long pairs = 0;
    double score = 0;
    for (int i = 0; i < actual.length; i++) {
      for (int j = 0; j < actual.length; j++) {
        if (actual[i] > actual[j]) {
          pairs++;
          score += predicted[i] > predicted[j] ? 1 : predicted[i] == predicted[j] ? 0.5 : 0;
        }
      }
    }
    return pairs == 0 ? Double.NaN : score / pairs;
  }

  /** Mann–Whitney: every positive against every negative. */
  static double auc(double[] scores, boolean[] positive) {
    long pairs = 0;
    double wins = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (positive[i] && !positive[j]) {
          pairs++;
          wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return pairs == 0 ? Double.NaN : wins / pairs;
  }

  /** Every distinct score as a threshold, precision and recall counted anew for each. */
  static double averagePrecision(double[] scores, boolean[] positive) {
    double[] ascending = Arrays.stream(scores).distinct().sorted().toArray();
    int positives = 0;
    for (boolean is : positive) {
      positives += is ? 1 : 0;
    }
    if (positives == 0 || positives == positive.length) {
      return Double.NaN;
    }
    double area = 0;
    double lastRecall = 0;
    for (int t = ascending.length - 1; t >= 0; t--) {
      int called = 0;
      int hits = 0;
      for (int i = 0; i < scores.length; i++) {
        if (scores[i] >= ascending[t]) {
          called++;
          hits += positive[i] ? 1 : 0;
        }
      }
      double recall = hits / (double) positives;
      area += (recall - lastRecall) * hits / called;
      lastRecall = recall;
    }
    return area;
  }

  /** Rank 1 + smaller + (equal others) / 2, by counting. */
  static double[] midRanks(double[] values) {
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      ranks[i] = 1;
      for (int j = 0; j < values.length; j++) {
        if (values[j] < values[i]) {
          ranks[i] += 1;
        } else if (j != i && values[j] == values[i]) {
          ranks[i] += 0.5;
        }
      }
    }
    return ranks;
  }

  static double spearman(double[] predicted, double[] actual) {
    return pearson(midRanks(predicted), midRanks(actual));
  }

  static double pearson(double[] left, double[] right) {
    double meanLeft = Arrays.stream(left).average().orElseThrow();
    double meanRight = Arrays.stream(right).average().orElseThrow();
    double cross = 0;
    double squaresLeft = 0;
    double squaresRight = 0;
    for (int i = 0; i < left.length; i++) {
      cross += (left[i] - meanLeft) * (right[i] - meanRight);
      squaresLeft += (left[i] - meanLeft) * (left[i] - meanLeft);
      squaresRight += (right[i] - meanRight) * (right[i] - meanRight);
    }
    return cross / Math.sqrt(squaresLeft * squaresRight);
  }

  static double f1(int[] predicted, int[] actual, int ofClass) {
    int truePositives = 0;
    int falsePositives = 0;
    int falseNegatives = 0;
    for (int i = 0; i < actual.length; i++) {
      truePositives += predicted[i] == ofClass && actual[i] == ofClass ? 1 : 0;
      falsePositives += predicted[i] == ofClass && actual[i] != ofClass ? 1 : 0;
      falseNegatives += predicted[i] != ofClass && actual[i] == ofClass ? 1 : 0;
    }
    double precision = truePositives / (double) (truePositives + falsePositives);
    double recall = truePositives / (double) (truePositives + falseNegatives);
    return truePositives == 0 && falsePositives + falseNegatives > 0
        ? 0
        : 2 * precision * recall / (precision + recall);
  }

  /** Bin by bin, samples chosen by comparing with its bounds. */
  static double calibrationError(double[] confidence, boolean[] hit) {
    double error = 0;
    for (int b = 1; b <= 15; b++) {
      int size = 0;
      double confidences = 0;
      double hits = 0;
      for (int i = 0; i < confidence.length; i++) {
        boolean above = confidence[i] > (b - 1) / 15.0 || (b == 1 && confidence[i] == 0);
        if (above && confidence[i] <= b / 15.0) {
          size++;
          confidences += confidence[i];
          hits += hit[i] ? 1 : 0;
        }
      }
      if (size > 0) {
        error += (double) size / confidence.length * Math.abs(hits / size - confidences / size);
      }
    }
    return error;
  }
}
