package kronwood.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.loss.Evaluation;
import kronwood.measure.MetricReport;
import kronwood.measure.SpreadCalibration;
import org.jspecify.annotations.Nullable;

/**
 * How good a trained network is.
 *
 * @param train metrics of the training samples; none if evaluation was skipped
 * @param validation metrics of the validation samples, null if there are none
 * @param test metrics of the test samples, null if there are none
 * @param validationPredictions C predictions for each validation sample, as {@link Evaluation#of}
 *     takes them; not copied
 * @param validationMembers what each member of an ensemble predicts for them, E · C numbers each;
 *     {@code validationPredictions} itself for a single network
 * @param calibration for each output what the spread between the members of an ensemble says about
 *     the error; none for a single network, or if the targets are classes
 */
@SuppressWarnings("ArrayRecordComponent") // as documented
public record TrainingMetrics(
    MetricReport train,
    @Nullable MetricReport validation,
    @Nullable MetricReport test,
    double[] validationPredictions,
    double[] validationMembers,
    List<SpreadCalibration> calibration) {
  /** No metrics, as evaluation was skipped. */
  static final TrainingMetrics SKIPPED =
      new TrainingMetrics(
          new MetricReport(Map.of()), null, null, new double[0], new double[0], List.of());

  /** Whether there are metrics. If not, there are no validation predictions and calibration. */
  public boolean isEvaluated() {
    return !train.values().isEmpty();
  }

  /** The same validation predictions and calibration with other metrics. */
  public TrainingMetrics with(
      MetricReport train, @Nullable MetricReport validation, @Nullable MetricReport test) {
    return new TrainingMetrics(
        train, validation, test, validationPredictions, validationMembers, calibration);
  }

  /**
   * Values by part ({@code train}, {@code validation}, {@code test}) and key of the metric; parts
   * without samples are left out.
   */
  public Map<String, Map<String, Double>> byPart() {
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    put(metrics, "train", train);
    put(metrics, "validation", validation);
    put(metrics, "test", test);
    return metrics;
  }

  private static void put(
      Map<String, Map<String, Double>> metrics, String part, @Nullable MetricReport report) {
    if (report != null) {
      Map<String, Double> values = new LinkedHashMap<>();
      report.values().forEach((metric, value) -> values.put(metric.key(), value));
      metrics.put(part, values);
    }
  }
}
