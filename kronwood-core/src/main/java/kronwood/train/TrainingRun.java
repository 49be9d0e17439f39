package kronwood.train;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import kronwood.data.feed.SampleFeed;
import kronwood.data.feed.SplitPart;
import kronwood.engine.BatchCoefficients;
import kronwood.engine.Engine;
import kronwood.engine.WorkCounters;
import kronwood.engine.weights.WeightRecord;
import kronwood.math.Parallel;
import kronwood.measure.MetricReport;
import kronwood.measure.SpreadCalibration;
import kronwood.network.MemberMoments;
import kronwood.network.OutputLayer;
import kronwood.plan.EnginePlan;
import kronwood.state.StateVisitor;
import kronwood.tree.FiredNeurons;
import org.jspecify.annotations.Nullable;

/**
 * The epochs of one training: the loop that {@link Trainer} describes, with all that changes in it.
 */
final class TrainingRun {
  private final TrainingProblem problem;
  private final TrainingOptions options;
  private final TrainingListener listener;
  private final TrainingControl control;
  private final Engine engine;
  private OutputLayer output;
  private final MemberLosses losses;
  private final StepSize step;
  private final LoweredStep lowered;
  private final Evaluator evaluator;
  private final @Nullable Averaging averaging;
  private final @Nullable EarlyStopping stopping;
  private final SampleFeed feed;
  private final BatchCoefficients coefficients = new BatchCoefficients();
  private final NeuronShare share;
  private final BatchOutputs batchOutputs;
  private final double[] outputs;
  private final double[] gradient;
  private WorkCounters work = WorkCounters.NONE;
  private int epochsDone;
  private double lossSum;
  private boolean asked;
  private long trainNanos;
  private long pausedNanos;

  TrainingRun(
      TrainingProblem problem,
      TrainingOptions options,
      TrainingListener listener,
      TrainingControl control,
      Engine engine,
      OutputLayer output,
      MemberLosses losses,
      StepSize step,
      NeuronShare share,
      Parallel parallel) {
    this.problem = problem;
    this.feed = problem.feed();
    this.options = options;
    this.listener = listener;
    this.control = control;
    this.engine = engine;
    this.output = output;
    this.losses = losses;
    this.step = step;
    this.lowered = new LoweredStep(control, step.learningRate(), options.weightDecay());
    this.share = share;
    this.evaluator =
        new Evaluator(problem, feed, losses.targets(), engine, share.exchange(), parallel, control);
    this.batchOutputs = new BatchOutputs(engine, share.exchange(), parallel);
    this.averaging =
        options.averaging() == TrainingOptions.NO_AVERAGING
            ? null
            : new Averaging(options.averaging(), engine, output, problem.samples().size());
    this.stopping =
        options.patience() == 0 ? null : new EarlyStopping(options.patience(), engine, output);
    this.outputs = new double[output.width()];
    this.gradient = new double[output.width()];
  }

  /** Number of epochs that are done, those before a resumption too. */
  int epochsDone() {
    return epochsDone;
  }

  /** The step size that it begins or goes on with. */
  double learningRate() {
    return lowered.learningRate();
  }

  /**
   * Trains to the last epoch, or until it is over or stopped.
   *
   * @param random gives the order of the samples, one number an epoch
   * @param initialise seconds that setting up took
   */
  TrainingResult train(
      EnginePlan plan,
      SplittableRandom random,
      @Nullable TrainingCheckpoints checkpoints,
      LinearStart start,
      double initialise) {
    List<EpochReport> reports = new ArrayList<>();
    int resumed = epochsDone;
    boolean stopped = false;
    boolean over = stopping != null && stopping.isOver(epochsDone);
    for (int epoch = 1; epoch <= options.epochs() && !stopped && !over; epoch++) {
      Iterator<int[]> orders = feed.epoch(random.split());
      if (epoch <= resumed) {
        continue;
      }
      pausedNanos = 0;
      long began = System.nanoTime();
      WorkCounters before = engine.work();
      stopped = !epoch(epoch, orders);
      WorkCounters done = engine.work().since(before);
      work = work.plus(done);
      long nanos = System.nanoTime() - began - pausedNanos;
      trainNanos += nanos;
      if (!stopped) {
        EpochReport report;
        try {
          report = report(epoch, done, nanos * 1e-9);
        } catch (Evaluator.SkippedException e) {
          stopped = true;
          if (stopping == null) {
            // The epoch is over; what is skipped is how good its network is.
            epochsDone = epoch;
            reports.add(unevaluated(epoch, done, nanos * 1e-9));
          }
          continue;
        }
        epochsDone = epoch;
        reports.add(report);
        if (stopping != null) {
          stopping.add(epoch, Objects.requireNonNull(report.validation()), output, averaging);
          over = stopping.isOver(epoch);
        }
        if (checkpoints != null) {
          checkpoints
              .save(epoch, this::visit)
              .ifPresent(
                  file -> listener.on(new TrainingEvent.CheckpointSaved(report.epoch(), file)));
        }
        listener.on(new TrainingEvent.EpochDone(report));
        stopped = !over && epoch < options.epochs() && isStopRequestedOfAny();
      }
    }
    return result(plan, resumed, reports, stopped, start, initialise);
  }

  private TrainingResult result(
      EnginePlan plan,
      int resumed,
      List<EpochReport> reports,
      boolean stopped,
      LinearStart start,
      double initialise) {
    boolean skipped = evaluator.isSkipped();
    boolean restored = restoreBest(skipped);
    boolean current = !stopped && !restored && !reports.isEmpty();
    TrainingMetrics metrics =
        skipped ? TrainingMetrics.SKIPPED : measured(current ? reports.getLast() : null);
    TrainingResult result =
        new TrainingResult(
            new TrainedNetwork(engine, output, losses.targets()),
            new TrainingCourse(
                plan,
                step.learningRate(),
                lowered.learningRate(),
                lowered.description(),
                step.batch(),
                start.description(),
                resumed,
                reports,
                stopping == null ? epochsDone : stopping.bestEpoch(),
                stopped,
                work,
                new TrainingCourse.Seconds(initialise, trainNanos * 1e-9, evaluator.seconds())),
            metrics);
    engine.release();
    return result;
  }

  /**
   * Measures the network, unless a process is asked to leave off.
   *
   * @param current the report of the same network, null if there is none
   */
  private TrainingMetrics measured(@Nullable EpochReport current) {
    try {
      List<SpreadCalibration> calibration = SpreadFit.of(problem, losses, evaluator, output);
      double[] members = evaluator.validationMembers(output);
      return new TrainingMetrics(
          Objects.requireNonNull(metrics(SplitPart.TRAIN)),
          current == null ? metrics(SplitPart.VALIDATION) : current.validation(),
          current == null ? metrics(SplitPart.TEST) : current.test(),
          MemberMoments.means(members, output),
          members,
          calibration);
    } catch (Evaluator.SkippedException e) {
      return TrainingMetrics.SKIPPED;
    }
  }

  /**
   * Goes back to the best or average weights at the end of the last epoch, if these are not the
   * present ones: also where training was stopped within the next, so that what it leaves is what a
   * training of so many epochs would have.
   *
   * @param toRead whether nothing is asked of the engine any more but its weights
   * @return whether the weights are now others
   */
  private boolean restoreBest(boolean toRead) {
    if (epochsDone == 0) {
      return false;
    }
    if (stopping != null) {
      restore(stopping.weights(), toRead);
      output = stopping.output();
      return true;
    }
    if (averaging != null) {
      restore(averaging.weights(), toRead);
      output = averaging.output();
      return true;
    }
    return false;
  }

  private void restore(WeightRecord record, boolean toRead) {
    if (toRead) {
      engine.restoreToRead(record);
    } else {
      engine.restore(record);
    }
  }

  private boolean isStopRequestedOfAny() {
    return share.exchange().sum(control.isStopRequested() ? 1 : 0) > 0;
  }

  /** Returns whether the epoch was finished. */
  private boolean epoch(int epoch, Iterator<int[]> orders) {
    lossSum = 0;
    asked = false;
    int done = 0;
    while (orders.hasNext()) {
      int[] order = orders.next();
      if (!window(epoch, order, done)) {
        return false;
      }
      done += order.length;
    }
    return true;
  }

  /** Takes the steps of an order, or of a part of it, before which so many samples were done. */
  private boolean window(int epoch, int[] order, int done) {
    int all = feed.size(SplitPart.TRAIN);
    for (int from = 0; from < order.length; from += step.batch()) {
      int to = Math.min(order.length, from + step.batch());
      double before = lossSum;
      if (share.neurons().isWhole()) {
        lowered.update(epoch, done + from);
      }
      if (!batch(epoch, order, from, to, asked)) {
        return false;
      }
      if (!Double.isFinite(lossSum)) {
        throw new DivergenceException(epoch, lowered.learningRate());
      }
      double loss = (lossSum - before) / (to - from);
      listener.on(new TrainingEvent.BatchDone(epoch, done + to, all, loss));
      pausedNanos += control.awaitResume();
      asked = done + to < all && control.isStopRequested();
      if (asked && share.neurons().isWhole()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes one step, or none if a process was asked to stop, and returns whether it did. With other
   * processes a stop is agreed on with the next sum, which would be made anyway.
   */
  private boolean batch(int epoch, int[] order, int from, int to, boolean stop) {
    double size = lowered.learningRate() / (to - from);
    if (!batchOutputs.compute(order, from, to, output, stop)) {
      return false;
    }
    int shown = control.shownSample();
    if (shown != TrainingControl.NO_SAMPLE) {
      show(shown, epoch, order, from, to);
    }
    coefficients.clear();
    for (int i = 0; i < to - from; i++) {
      batchOutputs.read(i, outputs);
      sample(order[from + i], batchOutputs.fired(i), size);
    }
    engine.update(coefficients, lowered.keep());
    output.update(size, lowered.keep(), options.momentum());
    return true;
  }

  /** Reports how the neurons of a sample were found, if it is in the batch. */
  private void show(int wanted, int epoch, int[] order, int from, int to) {
    for (int i = from; i < to; i++) {
      if (wanted == TrainingControl.NEXT_SAMPLE || wanted == order[i]) {
        listener.on(new TrainingEvent.Searched(epoch, order[i], engine.search(order[i])));
        return;
      }
    }
  }

  private void sample(int sample, FiredNeurons fired, double size) {
    lossSum += losses.evaluate(sample, outputs, gradient);
    coefficients.beginSample(sample);
    for (int i = 0; i < fired.count(); i++) {
      int unit = fired.neuron(i);
      double c = -size * output.backward(unit, gradient);
      if (c != 0) {
        coefficients.add(unit, c, fired.preActivation(i));
      }
    }
    output.accumulate(fired, gradient);
  }

  private EpochReport report(int epoch, WorkCounters done, double seconds) {
    OutputLayer evaluated = output;
    if (averaging != null) {
      averaging.add(output);
      evaluated = averaging.output();
    }
    return new EpochReport(
        epoch,
        options.epochs(),
        lossSum / feed.size(SplitPart.TRAIN),
        validation(epoch, evaluated),
        evaluator.metrics(SplitPart.TEST, evaluated, averaging),
        done,
        seconds);
  }

  private EpochReport unevaluated(int epoch, WorkCounters done, double seconds) {
    double loss = lossSum / feed.size(SplitPart.TRAIN);
    return new EpochReport(epoch, options.epochs(), loss, null, null, done, seconds);
  }

  private @Nullable MetricReport validation(int epoch, OutputLayer evaluated) {
    return evaluator.metrics(
        SplitPart.VALIDATION,
        evaluated,
        averaging,
        predictions -> listener.on(new TrainingEvent.Validated(epoch, predictions)));
  }

  private @Nullable MetricReport metrics(SplitPart part) {
    return evaluator.metrics(part, output, null);
  }

  /** Shows all that changes from epoch to epoch. */
  void visit(StateVisitor visitor) {
    long[] done = {epochsDone};
    visitor.visit("epochs", done);
    epochsDone = (int) done[0];
    work = work.visit("work", visitor);
    lowered.visit(visitor);
    engine.visit(visitor);
    output.visit("output", visitor);
    if (averaging != null) {
      averaging.visit(visitor);
    }
    if (stopping != null) {
      stopping.visit(visitor);
    }
  }
}
