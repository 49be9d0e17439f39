package kronwood.loss;

import kronwood.data.ClassTargets;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.measure.MetricReport;
import kronwood.measure.Metrics;

/** Compares predictions with targets by all metrics that fit the task. */
public final class Evaluation {
  private Evaluation() {}

  /**
   * Metrics of predictions for the listed samples, weighted by the samples' weights where a metric
   * has a weighted form.
   *
   * @param predictions in the target's own units, or probabilities; one row of C numbers per listed
   *     sample (binary: C = 1, the probability of class 1)
   * @throws IllegalArgumentException if a prediction is not a number, or shapes do not fit
   */
  public static MetricReport of(Samples samples, int[] listed, double[] predictions) {
    double[] weights = new double[listed.length];
    for (int i = 0; i < listed.length; i++) {
      weights[i] = samples.weight(listed[i]);
    }
    return switch (samples.targets()) {
      case RealTargets real -> {
        int outputs = real.outputs();
        double[] actual = new double[listed.length * outputs];
        for (int i = 0; i < listed.length; i++) {
          for (int c = 0; c < outputs; c++) {
            actual[i * outputs + c] = real.value(listed[i], c);
          }
        }
        yield Metrics.regression(predictions, actual, outputs, weights);
      }
      case ClassTargets classes -> {
        int[] labels = new int[listed.length];
        for (int i = 0; i < listed.length; i++) {
          labels[i] = classes.label(listed[i]);
        }
        yield predictions.length == labels.length
            ? Metrics.binary(predictions, labels, weights)
            : Metrics.multiclass(predictions, labels, classes.classes().size(), weights);
      }
    };
  }
}
