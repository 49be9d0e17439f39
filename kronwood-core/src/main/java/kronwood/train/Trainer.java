package kronwood.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import kronwood.engine.BatchCoefficients;
import kronwood.engine.Engine;
import kronwood.engine.UpdateRule;
import kronwood.engine.WeightRecord;
import kronwood.engine.WorkCounters;
import kronwood.fault.InputException;
import kronwood.math.Parallel;
import kronwood.measure.MetricReport;
import kronwood.measure.SpreadCalibration;
import kronwood.network.Activation;
import kronwood.network.InitialWeights;
import kronwood.network.NetworkOptions;
import kronwood.network.OutputLayer;
import kronwood.plan.EnginePlan;
import kronwood.plan.OutOfMemoryEstimateException;
import kronwood.state.StateVisitor;
import kronwood.tree.FiredNeurons;
import org.jspecify.annotations.Nullable;

/**
 * Mini-batch stochastic gradient descent, the same for every engine.
 *
 * <pre>
 *   for each epoch:  shuffle the training samples
 *     for each batch of S of them, all at the same weights:
 *       fired neurons → outputs f → loss ℓ and ∂ℓ/∂f
 *       c_{r,j} = −η · w_j · ∂ℓ/∂z_r / |batch|          for the neurons that fired
 *     a step of the {@link UpdateRule} with these coefficients and k = 1 − ηλ
 * </pre>
 *
 * <p>w_j are the samples' weights relative to their mean. The order of samples comes from the seed
 * alone; results do not depend on the number of threads.
 */
public final class Trainer {
  private static final int QUERIES_PER_TASK = 8;

  private final TrainingProblem problem;
  private final TrainingOptions options;
  private final TrainingListener listener;
  private final StopSignal stop;
  private final Parallel parallel;
  private final Engine engine;
  private OutputLayer output;
  private final MemberLosses losses;
  private final StepSize step;
  private final double keep;
  private final Evaluator evaluator;
  private final @Nullable Averaging averaging;
  private final @Nullable EarlyStopping stopping;
  private final BatchCoefficients coefficients = new BatchCoefficients();
  private final List<FiredNeurons> fired = new ArrayList<>();
  private final double[] outputs;
  private final double[] gradient;
  private WorkCounters work = WorkCounters.NONE;
  private int epochsDone;
  private double lossSum;
  private long trainNanos;

  private Trainer(
      TrainingProblem problem,
      TrainingOptions options,
      TrainingListener listener,
      StopSignal stop,
      Parallel parallel,
      Engine engine,
      OutputLayer output,
      MemberLosses losses,
      StepSize step) {
    this.problem = problem;
    this.options = options;
    this.listener = listener;
    this.stop = stop;
    this.parallel = parallel;
    this.engine = engine;
    this.output = output;
    this.losses = losses;
    this.step = step;
    this.keep = 1 - step.learningRate() * options.weightDecay();
    this.evaluator = new Evaluator(problem, losses.targets(), engine, parallel, stop);
    this.averaging =
        options.averaging() == TrainingOptions.NO_AVERAGING
            ? null
            : new Averaging(options.averaging(), engine, output, problem.samples().size());
    this.stopping =
        options.patience() == 0 ? null : new EarlyStopping(options.patience(), engine, output);
    this.outputs = new double[output.width()];
    this.gradient = new double[output.width()];
  }

  /**
   * Trains a network.
   *
   * @param memory bytes that may be taken
   * @param listener receives the events; what it throws ends the training
   * @throws InputException if the loss cannot learn such targets, if the step size does not go with
   *     weight decay and momentum, or if there is patience but no validation sample
   * @throws OutOfMemoryEstimateException if the engine would need more than {@code memory}
   * @throws DivergenceException if the loss ceases to be a finite number
   */
  public static TrainingResult train(
      TrainingProblem problem,
      NetworkOptions network,
      TrainingOptions options,
      double memory,
      TrainingListener listener) {
    return train(problem, network, options, memory, listener, StopSignal.NEVER, null);
  }

  /**
   * Trains a network, or goes on with a training that was saved.
   *
   * @param memory bytes that may be taken
   * @param listener receives the events; what it throws ends the training
   * @param stop may end the training before its last epoch
   * @param checkpoints where the training is saved after each epoch, null for nowhere
   * @throws InputException if the loss cannot learn such targets, if the step size does not go with
   *     weight decay and momentum, or if there is patience but no validation sample
   * @throws OutOfMemoryEstimateException if the engine would need more than {@code memory}
   * @throws DivergenceException if the loss ceases to be a finite number
   */
  public static TrainingResult train(
      TrainingProblem problem,
      NetworkOptions network,
      TrainingOptions options,
      double memory,
      TrainingListener listener,
      StopSignal stop,
      @Nullable TrainingCheckpoints checkpoints) {
    long started = System.nanoTime();
    if (options.patience() > 0 && problem.split().validation().length == 0) {
      throw new InputException(
          "to stop early, training needs validation samples, and there are none");
    }
    Activation activation = Activation.of(problem.inputs().structure());
    activation.check(network.shift());
    MemberLosses losses = new MemberLosses(problem, network, HiddenSamples.of(problem, network));
    EnginePlan plan = EnginePlan.of(problem.inputs(), network, options.workload(), memory);
    SplittableRandom random = new SplittableRandom(network.seed() ^ 0x6b726f6e776f6f64L);
    SplittableRandom stepRandom = random.split();
    try (Parallel parallel = Parallel.of(options.threads())) {
      LinearStart start = LinearStart.of(problem, network, losses, memory, parallel);
      InitialWeights initial =
          new InitialWeights(network, losses.targets().outputs(), start.coefficients());
      Engine engine = plan.start(problem.inputs(), initial, options.workload(), parallel);
      OutputLayer output = new OutputLayer(initial, activation);
      StepSize step = StepSize.of(engine, output, problem, losses, options, stepRandom);
      checkDecay(step.learningRate(), options);
      Trainer trainer =
          new Trainer(problem, options, listener, stop, parallel, engine, output, losses, step);
      if (checkpoints != null && checkpoints.load(trainer::visit)) {
        listener.on(new TrainingEvent.Resumed(trainer.epochsDone));
      }
      listener.on(
          TrainingEvent.Started.of(
              plan, problem, network, losses.targets(), step, options.epochs()));
      TrainingResult result =
          trainer.run(plan, random, checkpoints, start, (System.nanoTime() - started) * 1e-9);
      listener.on(TrainingEvent.Finished.of(result));
      return result;
    }
  }

  private static void checkDecay(double learningRate, TrainingOptions options) {
    double decay = learningRate * options.weightDecay();
    if (!(decay < 1 - options.momentum())) {
      throw new InputException(
          "learning rate "
              + learningRate
              + " times weight decay "
              + options.weightDecay()
              + " is not below "
              + (options.momentum() == 0 ? "1" : "1 minus momentum " + options.momentum())
              + ": take a smaller weight decay");
    }
  }

  private TrainingResult run(
      EnginePlan plan,
      SplittableRandom random,
      @Nullable TrainingCheckpoints checkpoints,
      LinearStart start,
      double initialise) {
    List<EpochReport> reports = new ArrayList<>();
    int[] order = problem.split().train().clone();
    int resumed = epochsDone;
    boolean stopped = false;
    boolean over = stopping != null && stopping.isOver(epochsDone);
    for (int epoch = 1; epoch <= options.epochs() && !stopped && !over; epoch++) {
      shuffle(order, random.split());
      if (epoch <= resumed) {
        continue;
      }
      long began = System.nanoTime();
      WorkCounters before = engine.work();
      stopped = !epoch(epoch, order);
      WorkCounters done = engine.work().since(before);
      work = work.plus(done);
      long nanos = System.nanoTime() - began;
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
        stopped = !over && epoch < options.epochs() && stop.isStopRequested();
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
    boolean restored = restoreBest();
    boolean current = !stopped && !restored && !reports.isEmpty();
    Measured measured = measured(current ? reports.getLast() : null);
    TrainingResult result =
        new TrainingResult(
            engine,
            output,
            losses.targets(),
            plan,
            step.learningRate(),
            step.batch(),
            stopping == null ? epochsDone : stopping.bestEpoch(),
            resumed,
            start.description(),
            List.copyOf(reports),
            stopped,
            measured.calibration(),
            measured.train(),
            measured.validation(),
            measured.test(),
            measured.validationPredictions(),
            work,
            new TrainingResult.Seconds(initialise, trainNanos * 1e-9, evaluator.seconds()));
    engine.release();
    return result;
  }

  /** What is found out about the network at the end. */
  @SuppressWarnings("ArrayRecordComponent") // goes into the result
  private record Measured(
      List<SpreadCalibration> calibration,
      MetricReport train,
      @Nullable MetricReport validation,
      @Nullable MetricReport test,
      double[] validationPredictions) {
    static final Measured NOTHING =
        new Measured(List.of(), new MetricReport(Map.of()), null, null, new double[0]);
  }

  /**
   * Measures the network, unless that is skipped.
   *
   * @param current the report of the same network, null if there is none
   */
  private Measured measured(@Nullable EpochReport current) {
    if (evaluator.isSkipped()) {
      return Measured.NOTHING;
    }
    try {
      return new Measured(
          SpreadFit.of(problem, losses, evaluator, output),
          Objects.requireNonNull(evaluator.metrics(problem.split().train(), output, null)),
          current == null ? metrics(problem.split().validation()) : current.validation(),
          current == null ? metrics(problem.split().test()) : current.test(),
          evaluator.predictions(problem.split().validation(), output, null));
    } catch (Evaluator.SkippedException e) {
      return Measured.NOTHING;
    }
  }

  /**
   * Goes back to the best or average weights at the end of the last epoch, if these are not the
   * present ones: also where training was stopped within the next, so that what it leaves is what a
   * training of so many epochs would have.
   */
  private boolean restoreBest() {
    if (epochsDone == 0) {
      return false;
    }
    if (stopping != null) {
      restore(stopping.weights());
      output = stopping.output();
      return true;
    }
    if (averaging != null) {
      restore(averaging.weights());
      output = averaging.output();
      return true;
    }
    return false;
  }

  private void restore(WeightRecord record) {
    if (evaluator.isSkipped()) {
      // The model is wanted soon, and nothing is asked of the engine but its weights.
      engine.restoreToRead(record);
    } else {
      engine.restore(record);
    }
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int sample = order[other];
      order[other] = order[i];
      order[i] = sample;
    }
  }

  /** Returns whether the epoch was finished. */
  private boolean epoch(int epoch, int[] order) {
    lossSum = 0;
    for (int from = 0; from < order.length; from += step.batch()) {
      int to = Math.min(order.length, from + step.batch());
      double before = lossSum;
      batch(order, from, to);
      if (!Double.isFinite(lossSum)) {
        throw new DivergenceException(epoch, step.learningRate());
      }
      double loss = (lossSum - before) / (to - from);
      listener.on(new TrainingEvent.BatchDone(epoch, to, order.length, loss));
      if (to < order.length && stop.isStopRequested()) {
        return false;
      }
    }
    return true;
  }

  private void batch(int[] order, int from, int to) {
    double share = step.learningRate() / (to - from);
    forward(order, from, to);
    coefficients.clear();
    for (int position = from; position < to; position++) {
      sample(order[position], fired.get(position - from), share);
    }
    engine.update(coefficients, keep);
    output.update(share, keep, options.momentum());
  }

  /** All samples of a batch see the same weights, so the order of their queries does not matter. */
  private void forward(int[] order, int from, int to) {
    engine.prepare(order, from, to);
    while (fired.size() < to - from) {
      fired.add(new FiredNeurons());
    }
    parallel.forRange(
        to - from,
        QUERIES_PER_TASK,
        (first, last, worker) -> {
          for (int i = first; i < last; i++) {
            engine.query(order[from + i], fired.get(i));
          }
        });
  }

  private void sample(int sample, FiredNeurons fired, double share) {
    output.evaluate(fired, outputs);
    lossSum += losses.evaluate(sample, outputs, gradient);
    coefficients.beginSample(sample);
    for (int i = 0; i < fired.count(); i++) {
      int unit = fired.neuron(i);
      double c = -share * output.backward(unit, gradient);
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
        lossSum / problem.split().train().length,
        validation(epoch, evaluated),
        evaluator.metrics(problem.split().test(), evaluated, averaging),
        done,
        seconds);
  }

  private EpochReport unevaluated(int epoch, WorkCounters done, double seconds) {
    double loss = lossSum / problem.split().train().length;
    return new EpochReport(epoch, options.epochs(), loss, null, null, done, seconds);
  }

  private @Nullable MetricReport validation(int epoch, OutputLayer evaluated) {
    int[] listed = problem.split().validation();
    if (listed.length == 0) {
      return null;
    }
    double[] predictions = evaluator.predictions(listed, evaluated, averaging);
    listener.on(new TrainingEvent.Validated(epoch, predictions));
    return evaluator.metrics(listed, predictions);
  }

  private @Nullable MetricReport metrics(int[] listed) {
    return evaluator.metrics(listed, output, null);
  }

  /** Shows all that changes from epoch to epoch. */
  private void visit(StateVisitor visitor) {
    long[] done = {epochsDone};
    visitor.visit("epochs", done);
    epochsDone = (int) done[0];
    work = work.visit("work", visitor);
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
