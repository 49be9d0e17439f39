package kronwood.train;

import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Consumer;
import kronwood.data.feed.SampleFeed;
import kronwood.data.feed.SplitPart;
import kronwood.engine.Engine;
import kronwood.loss.EncodedTargets;
import kronwood.loss.Evaluation;
import kronwood.loss.RunningEvaluation;
import kronwood.math.Parallel;
import kronwood.measure.MetricReport;
import kronwood.network.Exchange;
import kronwood.network.MemberMoments;
import kronwood.network.OutputLayer;
import kronwood.tree.FiredNeurons;
import org.jspecify.annotations.Nullable;

/**
 * Predicts samples of the problem with the present weights, and computes metrics. The prediction of
 * an ensemble is the mean of its members' predictions.
 */
final class Evaluator {
  private static final int SAMPLES_AT_ONCE = 1024;
  private static final int SAMPLES_PER_TASK = 64;

  private final TrainingProblem problem;
  private final SampleFeed feed;
  private final EncodedTargets targets;
  private final Engine engine;
  private final Exchange exchange;
  private final Parallel parallel;
  private final StopSignal stop;
  private long nanos;

  /** {@code stop} may ask to leave off. */
  Evaluator(
      TrainingProblem problem,
      SampleFeed feed,
      EncodedTargets targets,
      Engine engine,
      Exchange exchange,
      Parallel parallel,
      StopSignal stop) {
    this.problem = problem;
    this.feed = feed;
    this.targets = targets;
    this.engine = engine;
    this.exchange = exchange;
    this.parallel = parallel;
    this.stop = stop;
  }

  /** It was asked to leave off. */
  static final class SkippedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SkippedException() {
      super("evaluation was skipped", null, false, false);
    }
  }

  /** Whether any process is asked to leave off; a sum over the processes. */
  boolean isSkipped() {
    boolean here = stop.isStopRequested() && stop.skipsEvaluation();
    return exchange.sum(here ? 1 : 0) > 0;
  }

  /** Time spent so far. */
  double seconds() {
    return nanos * 1e-9;
  }

  /**
   * Metrics of a part's samples, null if it has none.
   *
   * @param output the output layer
   * @param averaging what the samples' pre-activations are averaged in, and then predicted from;
   *     null for the weights as they are
   */
  @Nullable MetricReport metrics(
      SplitPart part, OutputLayer output, @Nullable Averaging averaging) {
    return metrics(part, output, averaging, _ -> {});
  }

  /**
   * The same.
   *
   * @param predicted receives the predictions, unless samples are stored
   */
  @Nullable MetricReport metrics(
      SplitPart part,
      OutputLayer output,
      @Nullable Averaging averaging,
      Consumer<double[]> predicted) {
    if (feed.size(part) == 0) {
      return null;
    }
    if (!feed.isInStretches()) {
      int[] listed = feed.stretches(part).next();
      double[] predictions = predictions(listed, output, averaging);
      predicted.accept(predictions);
      long started = System.nanoTime();
      MetricReport report = Evaluation.of(problem.samples(), listed, predictions);
      nanos += System.nanoTime() - started;
      return report;
    }
    RunningEvaluation sums = new RunningEvaluation(problem.samples().targets(), feed.size(part));
    double[] all = new double[0];
    int count = 0;
    for (Iterator<int[]> stretches = feed.stretches(part); stretches.hasNext(); ) {
      int[] listed = stretches.next();
      double[] predictions = predictions(listed, output, averaging);
      sums.add(problem.samples(), listed, predictions);
      if (!problem.isStored()) {
        if (count == 0) {
          int width = predictions.length / listed.length;
          all = new double[Math.multiplyExact(feed.size(part), width)];
        }
        System.arraycopy(predictions, 0, all, count, predictions.length);
        count += predictions.length;
      }
    }
    if (!problem.isStored()) {
      predicted.accept(all);
    }
    return sums.report();
  }

  /**
   * What each member predicts for the validation samples, as {@link #memberPredictions} tells it;
   * none if samples are stored.
   *
   * @throws SkippedException if any process is asked to leave off
   */
  double[] validationMembers(OutputLayer output) {
    return problem.isStored()
        ? new double[0]
        : memberPredictions(problem.split().validation(), output, null);
  }

  private double[] predictions(int[] listed, OutputLayer output, @Nullable Averaging averaging) {
    return MemberMoments.means(memberPredictions(listed, output, averaging), output);
  }

  /**
   * What each member predicts for the listed samples, a row of E · C numbers each.
   *
   * @throws SkippedException if any process is asked to leave off
   */
  double[] memberPredictions(int[] listed, OutputLayer output, @Nullable Averaging averaging) {
    long started = System.nanoTime();
    double[] predictions = new double[Math.multiplyExact(listed.length, output.width())];
    for (int start = 0; start < listed.length; start += SAMPLES_AT_ONCE) {
      int end = Math.min(listed.length, start + SAMPLES_AT_ONCE);
      if (isSkipped()) {
        nanos += System.nanoTime() - started;
        throw new SkippedException();
      }
      predict(listed, start, end, output, averaging, predictions);
    }
    nanos += System.nanoTime() - started;
    return predictions;
  }

  private void predict(
      int[] listed,
      int start,
      int end,
      OutputLayer output,
      @Nullable Averaging averaging,
      double[] predictions) {
    int width = output.width();
    int length = (end - start) * width;
    double[] outputs = new double[length];
    evaluate(listed, start, end, output, averaging, outputs);
    exchange.sum(outputs, length);
    parallel.forRange(
        end - start,
        SAMPLES_PER_TASK,
        (from, to, worker) -> {
          for (int i = from; i < to; i++) {
            int row = (start + i) * width;
            for (int c = 0; c < width; c++) {
              predictions[row + c] = targets.offset(c) + targets.scale(c) * outputs[i * width + c];
            }
            for (int e = 0; e < width; e += output.outputs()) {
              problem.loss().link(predictions, row + e, output.outputs());
            }
          }
        });
  }

  /** Outputs of the units held here. */
  private void evaluate(
      int[] listed,
      int start,
      int end,
      OutputLayer output,
      @Nullable Averaging averaging,
      double[] outputs) {
    int width = output.width();
    boolean read = averaging != null && averaging.weights().canBeRead();
    if (averaging != null && read) {
      averaging.weights().prepare(Arrays.copyOfRange(listed, start, end));
    } else {
      engine.prepare(listed, start, end);
    }
    parallel.forRange(
        end - start,
        SAMPLES_PER_TASK,
        (from, to, worker) -> {
          FiredNeurons fired = new FiredNeurons();
          double[] sums = new double[output.workspace()];
          double[] z = new double[averaging == null ? 0 : output.units()];
          for (int i = start + from; i < start + to; i++) {
            if (averaging == null) {
              engine.query(listed[i], fired);
            } else {
              if (read) {
                averaging.weights().preActivations(i - start, z);
              } else {
                engine.preActivations(listed[i], z);
                averaging.addSample(listed[i], z);
              }
              fire(z, output, fired);
            }
            output.evaluate(fired, sums, outputs, (i - start) * width);
          }
        });
  }

  private static void fire(double[] z, OutputLayer output, FiredNeurons fired) {
    fired.clear();
    for (int r = 0; r < z.length; r++) {
      if (r >= output.neurons() || output.activation().fires(z[r], output.shift())) {
        fired.add(r, z[r]);
      }
    }
  }
}
