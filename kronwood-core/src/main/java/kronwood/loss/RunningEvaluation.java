package kronwood.loss;

import java.util.Arrays;
import kronwood.data.ClassTargets;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Targets;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.measure.Metrics;
import kronwood.measure.RunningErrors;
import org.jspecify.annotations.Nullable;

/**
 * Compares predictions with targets where samples come one stretch after another and are then gone.
 *
 * <p>Up to {@value #MOST_KEPT} samples are kept, and all metrics are those of {@link Evaluation}.
 * Of more samples, {@link Metric#MSE}, {@link Metric#RMSE}, {@link Metric#MAE}, {@link Metric#R2},
 * {@link Metric#ACCURACY} and {@link Metric#LOGLOSS} are sums over all of them. The other metrics
 * are those of the first {@value #SAMPLED}, which must be like the others: a share or an index
 * between 0 and 1 then has a standard error of about 0.001 at most.
 *
 * <p>Memory: 8 bytes for each number of a prediction that is kept, as much for its target, and 8
 * for its weight.
 */
public final class RunningEvaluation {
  /** Samples of which all metrics are exact. */
  public static final int MOST_KEPT = 1 << 20;

  /** Samples that count where a metric needs them all at once and there are more. */
  public static final int SAMPLED = 1 << 18;

  private final Targets targets;
  private final int kept;
  private final @Nullable RunningErrors errors;
  private final double[] weights;
  private double[] predictions = new double[0];
  private double[] actual = new double[0];
  private int[] labels = new int[0];
  private int count;
  private int width;

  /**
   * Nothing is compared yet.
   *
   * @param targets tell what is compared
   * @param size number of samples to come
   */
  public RunningEvaluation(Targets targets, int size) {
    this.targets = targets;
    this.kept = isSampled(size) ? SAMPLED : size;
    this.errors = isSampled(size) ? new RunningErrors() : null;
    this.weights = new double[kept];
  }

  /** Whether some metrics of so many samples are those of {@value #SAMPLED} of them. */
  public static boolean isSampled(int size) {
    return size > MOST_KEPT;
  }

  /**
   * Compares some samples.
   *
   * @param samples where the listed ones are at present
   * @param rows predictions as {@link Evaluation#of} takes them
   */
  public void add(Samples samples, int[] listed, double[] rows) {
    if (width == 0) {
      width = rows.length / listed.length;
      predictions = new double[Math.multiplyExact(kept, width)];
      boolean real = targets instanceof RealTargets;
      actual = new double[real ? predictions.length : 0];
      labels = new int[real ? 0 : kept];
    }
    for (int i = 0; i < listed.length; i++) {
      int sample = listed[i];
      if (count < kept) {
        weights[count] = samples.weight(sample);
        System.arraycopy(rows, i * width, predictions, count * width, width);
        switch (samples.targets()) {
          case RealTargets real -> {
            for (int c = 0; c < width; c++) {
              actual[count * width + c] = real.value(sample, c);
            }
          }
          case ClassTargets classes -> labels[count] = classes.label(sample);
        }
      }
      count++;
      if (errors != null) {
        add(errors, samples, sample, rows, i * width);
      }
    }
  }

  private void add(RunningErrors sums, Samples samples, int sample, double[] rows, int offset) {
    double weight = samples.weight(sample);
    switch (samples.targets()) {
      case RealTargets real -> {
        for (int c = 0; c < width; c++) {
          sums.addReal(c, rows[offset + c], real.value(sample, c), weight);
        }
      }
      case ClassTargets classes ->
          sums.addClass(rows, offset, width, classes.label(sample), weight);
    }
  }

  /**
   * Metrics of all samples that were compared.
   *
   * @throws IllegalArgumentException if a prediction is not a number
   */
  public MetricReport report() {
    double[] counted = weights;
    if (errors != null) {
      // Metrics in which weights count are sums over all samples.
      counted = new double[kept];
      Arrays.fill(counted, 1);
    }
    MetricReport report =
        switch (targets) {
          case RealTargets real -> Metrics.regression(predictions, actual, real.outputs(), counted);
          case ClassTargets classes ->
              width == 1
                  ? Metrics.binary(predictions, labels, counted)
                  : Metrics.multiclass(predictions, labels, classes.classes().size(), counted);
        };
    return errors == null ? report : errors.replaceIn(report);
  }
}
