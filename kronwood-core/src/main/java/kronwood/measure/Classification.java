package kronwood.measure;

/**
 * Predicted classes and the probability of the true one: {@link Metric#ACCURACY}, {@link
 * Metric#F1}, {@link Metric#LOGLOSS}.
 *
 * <p>Probabilities of several classes are row-major, class {@code c} of sample {@code i} at {@code
 * i * classCount + c}. O(n·classes), sums compensated. Weights are not negative and not all zero.
 */
final class Classification {
  /** Cost of a sample whose true class is thought impossible, −ln 10⁻¹⁵. */
  static final double WORST_LOG_LOSS = -Math.log(1e-15);

  private Classification() {}

  /** Class 1 where its probability is at least one half, else 0. */
  static int[] mostProbable(double[] probability) {
    int[] predicted = new int[probability.length];
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] = probability[i] >= 0.5 ? 1 : 0;
    }
    return predicted;
  }

  /** The most probable class of each row, the first of equals. */
  static int[] mostProbable(double[] probabilities, int classCount) {
    int[] predicted = new int[probabilities.length / classCount];
    for (int i = 0; i < predicted.length; i++) {
      int row = i * classCount;
      int best = 0;
      for (int c = 1; c < classCount; c++) {
        if (probabilities[row + c] > probabilities[row + best]) {
          best = c;
        }
      }
      predicted[i] = best;
    }
    return predicted;
  }

  static double accuracy(int[] predicted, int[] actual, double[] weights) {
    CompensatedSum hits = new CompensatedSum();
    for (int i = 0; i < actual.length; i++) {
      if (predicted[i] == actual[i]) {
        hits.add(weights[i]);
      }
    }
    return hits.value() / CompensatedSum.of(weights);
  }

  static double logLoss(double[] probability, int[] labels, double[] weights) {
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < labels.length; i++) {
      double p = probability[i];
      // log1p keeps the digits that 1 − p would lose for a small p.
      double loss = labels[i] == 1 ? -Math.log(p) : -Math.log1p(-p);
      sum.add(weights[i] * Math.min(loss, WORST_LOG_LOSS));
    }
    return sum.value() / CompensatedSum.of(weights);
  }

  static double logLoss(double[] probabilities, int[] classes, int classCount, double[] weights) {
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < classes.length; i++) {
      double loss = -Math.log(probabilities[i * classCount + classes[i]]);
      sum.add(weights[i] * Math.min(loss, WORST_LOG_LOSS));
    }
    return sum.value() / CompensatedSum.of(weights);
  }

  /** F1 of class 1, NaN if it occurs neither in truth nor in prediction. */
  static double f1(int[] predicted, int[] actual) {
    return f1PerClass(predicted, actual, 2)[1];
  }

  /** Mean F1 over the classes that occur in truth or prediction. */
  static double macroF1(int[] predicted, int[] actual, int classCount) {
    return Averages.ofDefined(f1PerClass(predicted, actual, classCount));
  }

  private static double[] f1PerClass(int[] predicted, int[] actual, int classCount) {
    long[] both = new long[classCount];
    long[] calls = new long[classCount];
    for (int i = 0; i < actual.length; i++) {
      // Adds up to TP + FP from the predictions and TP + FN from the truth.
      calls[predicted[i]]++;
      calls[actual[i]]++;
      if (predicted[i] == actual[i]) {
        both[actual[i]]++;
      }
    }
    double[] f1 = new double[classCount];
    for (int c = 0; c < classCount; c++) {
      f1[c] = calls[c] == 0 ? Double.NaN : 2.0 * (double) both[c] / (double) calls[c];
    }
    return f1;
  }
}
