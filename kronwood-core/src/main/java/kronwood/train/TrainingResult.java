package kronwood.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kronwood.engine.Engine;
import kronwood.engine.WorkCounters;
import kronwood.loss.EncodedTargets;
import kronwood.loss.Evaluation;
import kronwood.measure.MetricReport;
import kronwood.measure.SpreadCalibration;
import kronwood.network.OutputLayer;
import kronwood.plan.EnginePlan;
import org.jspecify.annotations.Nullable;

/**
 * A trained network and how it came about.
 *
 * @param engine holds the weights
 * @param output the output layer
 * @param targets how targets were encoded, to read the outputs by
 * @param plan the engine and why
 * @param learningRate step size used
 * @param batch samples per step
 * @param epoch the epoch at whose end the network was as it is; that of the best validation error
 *     if training could stop early
 * @param resumed epochs that were done by an earlier run, of whose checkpoint this one went on
 * @param linearStart how the linear skip was started, empty if there is none
 * @param epochs reports of the epochs finished, without those done by an earlier run
 * @param stopped whether training ended before its last epoch because a {@link StopSignal} asked
 *     for it; of an epoch that was begun something is kept only if weights are neither averaged nor
 *     gone back to, or no epoch was finished
 * @param calibration for each output what the spread between the members of an ensemble says about
 *     the error; none for a single network, or if the targets are classes
 * @param train metrics of the training samples at the end; none if evaluation was skipped
 * @param validation metrics of the validation samples at the end, null if there are none
 * @param test metrics of the test samples at the end, null if there are none
 * @param validationPredictions for each validation sample C predictions, as {@link Evaluation#of}
 *     takes them; not copied
 * @param work counted while training, by earlier runs too
 * @param seconds times taken
 */
@SuppressWarnings("ArrayRecordComponent") // as documented
public record TrainingResult(
    Engine engine,
    OutputLayer output,
    EncodedTargets targets,
    EnginePlan plan,
    double learningRate,
    int batch,
    int epoch,
    int resumed,
    String linearStart,
    List<EpochReport> epochs,
    boolean stopped,
    List<SpreadCalibration> calibration,
    MetricReport train,
    @Nullable MetricReport validation,
    @Nullable MetricReport test,
    double[] validationPredictions,
    WorkCounters work,
    Seconds seconds) {

  /** Whether there are metrics; else neither are there validation predictions or calibration. */
  public boolean isEvaluated() {
    return !train.values().isEmpty();
  }

  /** Epochs finished, those done by an earlier run too. */
  public int epochsFinished() {
    return resumed + epochs.size();
  }

  /** The same training of whose network something else was made, with the metrics of that. */
  public TrainingResult withMetrics(
      MetricReport train, @Nullable MetricReport validation, @Nullable MetricReport test) {
    return new TrainingResult(
        engine,
        output,
        targets,
        plan,
        learningRate,
        batch,
        epoch,
        resumed,
        linearStart,
        epochs,
        stopped,
        calibration,
        train,
        validation,
        test,
        validationPredictions,
        work,
        seconds);
  }

  /**
   * The same training, done by another plan: that of the whole network, of which this is a part.
   */
  public TrainingResult withPlan(EnginePlan other) {
    return new TrainingResult(
        engine,
        output,
        targets,
        other,
        learningRate,
        batch,
        epoch,
        resumed,
        linearStart,
        epochs,
        stopped,
        calibration,
        train,
        validation,
        test,
        validationPredictions,
        work,
        seconds);
  }

  /**
   * Metrics at the end, by part ({@code train}, {@code validation}, {@code test}) and key of the
   * metric; parts without samples are left out.
   */
  public Map<String, Map<String, Double>> metrics() {
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

  /**
   * Times in seconds.
   *
   * @param initialise making the engine and choosing the step size
   * @param train all batches
   * @param evaluate all metrics
   */
  public record Seconds(double initialise, double train, double evaluate) {}
}
