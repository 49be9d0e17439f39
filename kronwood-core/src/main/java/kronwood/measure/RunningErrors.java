package kronwood.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * Metrics that are sums, of samples that are never all there: {@link Metric#MSE}, {@link
 * Metric#RMSE}, {@link Metric#MAE} and {@link Metric#R2} of real targets, {@link Metric#ACCURACY}
 * and {@link Metric#LOGLOSS} of classes. Sums are compensated. Memory: a few numbers for each
 * target.
 *
 * <p>Σ w (y − ȳ)² is updated with each sample (D. H. D. West, "Updating mean and variance
 * estimates: an improved method", Communications of the ACM 22, 1979), and errs by rounding where
 * the mean is much larger than the deviations.
 */
public final class RunningErrors {
  private final List<Real> reals = new ArrayList<>();
  private final CompensatedSum classWeight = new CompensatedSum();
  private final CompensatedSum right = new CompensatedSum();
  private final CompensatedSum logLoss = new CompensatedSum();

  /** Sums of one real target. */
  private static final class Real {
    private final CompensatedSum weight = new CompensatedSum();
    private final CompensatedSum squared = new CompensatedSum();
    private final CompensatedSum absolute = new CompensatedSum();
    private double mean;
    private double deviations;

    void add(double predicted, double actual, double w) {
      if (w == 0) {
        return;
      }
      weight.add(w);
      double error = predicted - actual;
      squared.add(w * error * error);
      absolute.add(w * Math.abs(error));
      double deviation = actual - mean;
      mean += deviation * (w / weight.value());
      deviations += w * deviation * (actual - mean);
    }

    double meanSquared() {
      return squared.value() / weight.value();
    }

    double meanAbsolute() {
      return absolute.value() / weight.value();
    }

    double determination() {
      return deviations > 0 ? 1 - squared.value() / deviations : Double.NaN;
    }
  }

  /** Adds a prediction of a real target. */
  public void addReal(int output, double predicted, double actual, double weight) {
    while (reals.size() <= output) {
      reals.add(new Real());
    }
    reals.get(output).add(predicted, actual, weight);
  }

  /**
   * Adds the prediction of a class.
   *
   * @param probabilities of the classes, or of class 1 alone
   * @param offset of the first of them
   * @param count how many there are
   */
  public void addClass(double[] probabilities, int offset, int count, int label, double weight) {
    int predicted = 0;
    double loss;
    if (count == 1) {
      double positive = probabilities[offset];
      predicted = positive >= 0.5 ? 1 : 0;
      loss = label == 1 ? -Math.log(positive) : -Math.log1p(-positive);
    } else {
      for (int c = 1; c < count; c++) {
        predicted = probabilities[offset + c] > probabilities[offset + predicted] ? c : predicted;
      }
      loss = -Math.log(probabilities[offset + label]);
    }
    classWeight.add(weight);
    right.add(predicted == label ? weight : 0);
    logLoss.add(weight * Math.min(loss, Classification.WORST_LOG_LOSS));
  }

  /** A report with the metrics of these sums in place of those that it has. */
  public MetricReport replaceIn(MetricReport report) {
    if (reals.isEmpty()) {
      return report
          .with(Metric.ACCURACY, right.value() / classWeight.value())
          .with(Metric.LOGLOSS, logLoss.value() / classWeight.value());
    }
    double[] squared = reals.stream().mapToDouble(Real::meanSquared).toArray();
    double[] roots = reals.stream().mapToDouble(real -> Math.sqrt(real.meanSquared())).toArray();
    double[] absolute = reals.stream().mapToDouble(Real::meanAbsolute).toArray();
    double[] determination = reals.stream().mapToDouble(Real::determination).toArray();
    return report
        .with(Metric.MSE, Averages.ofDefined(squared))
        .with(Metric.RMSE, Averages.ofDefined(roots))
        .with(Metric.MAE, Averages.ofDefined(absolute))
        .with(Metric.R2, Averages.ofDefined(determination));
  }
}
