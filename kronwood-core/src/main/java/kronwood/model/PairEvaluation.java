package kronwood.model;

import kronwood.data.ClassTargets;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.loss.Evaluation;
import kronwood.measure.InteractionConcordance;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.measure.Uncertainty;

/**
 * All metrics of predictions, with those that need to know the samples' entities.
 *
 * <p>{@link Metric#IC} is added where samples are pairs and the target is real (the mean over
 * outputs on which it is defined) or one of two classes.
 */
public final class PairEvaluation {
  /** Draws of an estimated index are the same for the same samples. */
  private static final long SEED = 1;

  private PairEvaluation() {}

  /**
   * Metrics of predictions for the listed samples, and of their standard deviations where they have
   * any and targets are real.
   */
  public static MetricReport of(Samples samples, int[] listed, Predictions predictions) {
    MetricReport report = of(samples, listed, predictions.values());
    if (!predictions.hasDeviations() || !(samples.targets() instanceof RealTargets real)) {
      return report;
    }
    int outputs = real.outputs();
    double[] actual = new double[listed.length * outputs];
    for (int k = 0; k < actual.length; k++) {
      actual[k] = real.value(listed[k / outputs], k % outputs);
    }
    return Uncertainty.addTo(
        report, predictions.values(), predictions.deviations(), actual, outputs);
  }

  /**
   * Metrics of predictions for the listed samples.
   *
   * @param predictions as {@link Evaluation#of} takes them
   */
  public static MetricReport of(Samples samples, int[] listed, double[] predictions) {
    MetricReport report = Evaluation.of(samples, listed, predictions);
    if (samples.tuples().modes() != 2) {
      return report;
    }
    return switch (samples.targets()) {
      case RealTargets real -> {
        double sum = 0;
        int defined = 0;
        for (int c = 0; c < real.outputs(); c++) {
          double[] actual = new double[listed.length];
          double[] predicted = new double[listed.length];
          for (int i = 0; i < listed.length; i++) {
            actual[i] = real.value(listed[i], c);
            predicted[i] = predictions[i * real.outputs() + c];
          }
          double index = index(samples, listed, predicted, actual);
          if (!Double.isNaN(index)) {
            sum += index;
            defined++;
          }
        }
        yield report.with(Metric.IC, defined == 0 ? Double.NaN : sum / defined);
      }
      case ClassTargets classes when predictions.length == listed.length -> {
        double[] actual = new double[listed.length];
        for (int i = 0; i < listed.length; i++) {
          actual[i] = classes.label(listed[i]);
        }
        yield report.with(Metric.IC, index(samples, listed, predictions, actual));
      }
      case ClassTargets _ -> report;
    };
  }

  private static double index(Samples samples, int[] listed, double[] predicted, double[] actual) {
    int[] left = new int[listed.length];
    int[] right = new int[listed.length];
    for (int i = 0; i < listed.length; i++) {
      left[i] = samples.tuples().entity(listed[i], 0);
      right[i] = samples.tuples().entity(listed[i], 1);
    }
    return InteractionConcordance.of(left, right, predicted, actual, SEED).index();
  }
}
