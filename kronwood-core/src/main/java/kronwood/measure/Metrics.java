package kronwood.measure;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Computes every {@link Metric} that fits a task, in O(n log n) per output or class.
 *
 * <p>Nothing passed in is changed or kept. Predictions and truth must be finite; magnitudes up to
 * 10¹⁵⁰ are measured without overflow. Reports do not depend on the order of the samples beyond the
 * rounding of compensated sums. Where a metric is undefined the report says NaN; see {@link
 * Metric}.
 *
 * <p>Shapes are checked here, once: every method throws {@link IllegalArgumentException} if lengths
 * do not fit each other, if there are no samples, or if a value is not allowed; the message names
 * the sizes, or the index and the value.
 */
public final class Metrics {
  private Metrics() {}

  /** {@link #regression(double[], double[], int, double[])} of one output, unweighted. */
  public static MetricReport regression(double[] predicted, double[] actual) {
    return regression(predicted, actual, 1);
  }

  /** {@link #regression(double[], double[], int, double[])}, unweighted. */
  public static MetricReport regression(double[] predicted, double[] actual, int outputs) {
    Inputs.requireAtLeast("outputs", outputs, 1);
    return regression(predicted, actual, outputs, ones(actual.length / outputs));
  }

  /**
   * Metrics of real predictions: mse, rmse, mae, r2, rm2, pearson, spearman and ci.
   *
   * <p>With several outputs each metric is computed per output and averaged, unweighted, over the
   * outputs on which it is defined: rmse is then the mean of the outputs' roots, and an output that
   * is constant does not make the correlations of the others NaN.
   *
   * @param predicted prediction of output {@code c} of sample {@code i} at {@code i * outputs + c}
   * @param actual truth, laid out likewise
   * @param outputs numbers per sample, at least 1
   * @param weights one per sample, finite, not negative, not all 0; see {@link Metric} for where
   *     they count
   */
  public static MetricReport regression(
      double[] predicted, double[] actual, int outputs, double[] weights) {
    Inputs.requireAtLeast("outputs", outputs, 1);
    Inputs.requireLength(
        "predicted", predicted.length, actual.length, "as many as actual has values");
    Inputs.requireSamples(actual.length);
    if (actual.length % outputs != 0) {
      throw new IllegalArgumentException(
          "actual has "
              + actual.length
              + " values, expected a multiple of "
              + outputs
              + " outputs");
    }
    Inputs.requireFinite("predicted", predicted);
    Inputs.requireFinite("actual", actual);
    Inputs.requireWeights(weights, actual.length / outputs);
    if (outputs == 1) {
      return singleOutput(predicted, actual, weights);
    }
    MetricReport[] reports = new MetricReport[outputs];
    for (int c = 0; c < outputs; c++) {
      reports[c] = singleOutput(column(predicted, c, outputs), column(actual, c, outputs), weights);
    }
    return average(reports);
  }

  private static MetricReport singleOutput(double[] predicted, double[] actual, double[] weights) {
    Ranking predictedRanking = Ranking.of(predicted);
    Ranking actualRanking = Ranking.of(actual);
    double meanSquared = RegressionErrors.meanSquared(predicted, actual, weights);
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.MSE, meanSquared);
    values.put(Metric.RMSE, Math.sqrt(meanSquared));
    values.put(Metric.MAE, RegressionErrors.meanAbsolute(predicted, actual, weights));
    values.put(Metric.R2, RegressionErrors.determination(predicted, actual, weights));
    values.put(Metric.RM2, Correlation.modifiedSquare(predicted, actual));
    values.put(Metric.PEARSON, Correlation.pearson(predicted, actual));
    values.put(
        Metric.SPEARMAN,
        Correlation.pearson(predictedRanking.midRanks(), actualRanking.midRanks()));
    values.put(Metric.CI, Concordance.index(predictedRanking, actualRanking));
    return new MetricReport(values);
  }

  /** {@link #binary(double[], int[], double[])}, unweighted. */
  public static MetricReport binary(double[] probability, int[] labels) {
    return binary(probability, labels, ones(labels.length));
  }

  /**
   * Metrics of two classes: accuracy, logloss, auc, aupr, f1 and ece.
   *
   * @param probability predicted probability of the positive class, one per sample
   * @param labels 1 for a positive sample, 0 for a negative one
   * @param weights one per sample, finite, not negative, not all 0; see {@link Metric} for where
   *     they count
   */
  public static MetricReport binary(double[] probability, int[] labels, double[] weights) {
    Inputs.requireLength(
        "probability", probability.length, labels.length, "as many as there are labels");
    Inputs.requireSamples(labels.length);
    Inputs.requireProbabilities("probability", probability);
    Inputs.requireClasses("labels", labels, 2);
    Inputs.requireWeights(weights, labels.length);
    int[] predicted = Classification.mostProbable(probability);
    boolean[] positive = equalTo(labels, 1);
    Ranking scores = Ranking.of(probability);
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.ACCURACY, Classification.accuracy(predicted, labels, weights));
    values.put(Metric.LOGLOSS, Classification.logLoss(probability, labels, weights));
    values.put(Metric.AUC, Detection.auc(scores, positive));
    values.put(Metric.AUPR, Detection.averagePrecision(scores, positive));
    values.put(Metric.F1, Classification.f1(predicted, labels));
    values.put(Metric.ECE, Calibration.expectedError(probability, positive));
    return new MetricReport(values);
  }

  /** {@link #multiclass(double[], int[], int, double[])}, unweighted. */
  public static MetricReport multiclass(double[] probabilities, int[] classes, int classCount) {
    return multiclass(probabilities, classes, classCount, ones(classes.length));
  }

  /**
   * Metrics of several classes: accuracy, logloss, auc, aupr, f1 and ece. auc, aupr and f1 are
   * unweighted means over classes, each against the rest; a class that does not occur among the
   * samples has no part in auc and aupr.
   *
   * @param probabilities predicted probability of class {@code c} for sample {@code i} at {@code i
   *     * classCount + c}; those of a sample add up to 1 within 0.001 and are used as they are
   * @param classes true class of each sample, {@code 0 … classCount − 1}
   * @param classCount number of classes, at least 2
   * @param weights one per sample, finite, not negative, not all 0; see {@link Metric} for where
   *     they count
   */
  public static MetricReport multiclass(
      double[] probabilities, int[] classes, int classCount, double[] weights) {
    Inputs.requireAtLeast("classCount", classCount, 2);
    Inputs.requireLength(
        "probabilities",
        probabilities.length,
        (long) classes.length * classCount,
        classes.length + " samples of " + classCount + " classes");
    Inputs.requireSamples(classes.length);
    Inputs.requireProbabilities("probabilities", probabilities);
    Inputs.requireRowsAddUpToOne("probabilities", probabilities, classCount);
    Inputs.requireClasses("classes", classes, classCount);
    Inputs.requireWeights(weights, classes.length);
    int[] predicted = Classification.mostProbable(probabilities, classCount);
    double[] auc = new double[classCount];
    double[] averagePrecision = new double[classCount];
    for (int c = 0; c < classCount; c++) {
      Ranking scores = Ranking.of(column(probabilities, c, classCount));
      boolean[] positive = equalTo(classes, c);
      auc[c] = Detection.auc(scores, positive);
      averagePrecision[c] = Detection.averagePrecision(scores, positive);
    }
    double[] confidence = new double[classes.length];
    boolean[] hit = new boolean[classes.length];
    for (int i = 0; i < confidence.length; i++) {
      confidence[i] = probabilities[i * classCount + predicted[i]];
      hit[i] = predicted[i] == classes[i];
    }
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.ACCURACY, Classification.accuracy(predicted, classes, weights));
    values.put(Metric.LOGLOSS, Classification.logLoss(probabilities, classes, classCount, weights));
    values.put(Metric.AUC, Averages.ofDefined(auc));
    values.put(Metric.AUPR, Averages.ofDefined(averagePrecision));
    values.put(Metric.F1, Classification.macroF1(predicted, classes, classCount));
    values.put(Metric.ECE, Calibration.expectedError(confidence, hit));
    return new MetricReport(values);
  }

  private static MetricReport average(MetricReport[] reports) {
    Map<Metric, Double> means = new EnumMap<>(Metric.class);
    for (Metric metric : reports[0].values().keySet()) {
      double[] perOutput = new double[reports.length];
      for (int c = 0; c < reports.length; c++) {
        perOutput[c] = reports[c].get(metric);
      }
      means.put(metric, Averages.ofDefined(perOutput));
    }
    return new MetricReport(means);
  }

  private static double[] column(double[] rows, int column, int columns) {
    double[] values = new double[rows.length / columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows[i * columns + column];
    }
    return values;
  }

  private static boolean[] equalTo(int[] values, int value) {
    boolean[] equal = new boolean[values.length];
    for (int i = 0; i < equal.length; i++) {
      equal[i] = values[i] == value;
    }
    return equal;
  }

  private static double[] ones(int size) {
    double[] ones = new double[size];
    Arrays.fill(ones, 1);
    return ones;
  }
}
