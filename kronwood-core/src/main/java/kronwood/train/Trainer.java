package kronwood.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import kronwood.engine.BatchCoefficients;
import kronwood.engine.Engine;
import kronwood.engine.UpdateRule;
import kronwood.engine.WorkCounters;
import kronwood.fault.InputException;
import kronwood.math.Parallel;
import kronwood.measure.MetricReport;
import kronwood.network.Activation;
import kronwood.network.Exchange;
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
 *       fired neurons → outputs f, summed by an {@link Exchange} → loss ℓ and ∂ℓ/∂f
 *       c_{r,j} = −η · w_j · ∂ℓ/∂z_r / |batch|          for the neurons that fired
 *     a step of the {@link UpdateRule} with these coefficients and k = 1 − ηλ
 * </pre>
 *
 * <p>w_j are the samples' weights relative to their mean. The order of samples comes from the seed
 * alone; results do not depend on the number of threads.
 */
public final class Trainer {
  private final TrainingProblem problem;
  private final TrainingOptions options;
  private final TrainingListener listener;
  private final Engine engine;
  private OutputLayer output;
  private final MemberLosses losses;
  private final StepSize step;
  private final double keep;
  private final Evaluator evaluator;
  private final @Nullable Averaging averaging;
  private final @Nullable EarlyStopping stopping;
  private final BatchCoefficients coefficients = new BatchCoefficients();
  private final NeuronShare share;
  private final BatchOutputs batchOutputs;
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
      Parallel parallel,
      Engine engine,
      OutputLayer output,
      MemberLosses losses,
      StepSize step,
      NeuronShare share) {
    this.problem = problem;
    this.options = options;
    this.listener = listener;
    this.engine = engine;
    this.output = output;
    this.losses = losses;
    this.step = step;
    this.keep = 1 - step.learningRate() * options.weightDecay();
    this.share = share;
    this.evaluator = new Evaluator(problem, losses.targets(), engine, share.exchange(), parallel);
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

  /**
   * Trains a network.
   *
   * @param memory bytes that may be taken
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
    return train(problem, network, options, memory, listener, null);
  }

  /**
   * Trains a network, or goes on with a training that was saved.
   *
   * @param memory bytes that may be taken
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
      @Nullable TrainingCheckpoints checkpoints) {
    NeuronShare all = NeuronShare.whole(network);
    return train(problem, network, options, memory, listener, checkpoints, all);
  }

  /**
   * Trains this process's share of a network's neurons, together with the processes that hold the
   * others. All are given the same problem, network and options, and end with the bits that one
   * process with all neurons ends with; the number of threads and the memory may differ.
   *
   * <p>A stop that one process is asked for ends the training in all of them. Losses, metrics and
   * predictions are those of the whole network; the engine and the output layer of the result, the
   * plan and the counts of work are of the neurons held here.
   *
   * @param memory bytes that this process may take
   * @param checkpoints where this process's share is saved after each epoch, null for nowhere; all
   *     processes must go on after the same epoch
   * @param share the neurons held here; if not all, the options must name the engine, and the
   *     layout of a block engine
   * @throws InputException as above, or if the network cannot be divided like this
   */
  public static TrainingResult train(
      TrainingProblem problem,
      NetworkOptions network,
      TrainingOptions options,
      double memory,
      TrainingListener listener,
      @Nullable TrainingCheckpoints checkpoints,
      NeuronShare share) {
    long started = System.nanoTime();
    share.check(network, options);
    if (options.patience() > 0 && problem.split().validation().length == 0) {
      throw new InputException(
          "to stop early, training needs validation samples, and there are none");
    }
    Activation activation = Activation.of(problem.inputs().structure());
    activation.check(network.shift());
    MemberLosses losses = new MemberLosses(problem, network, HiddenSamples.of(problem, network));
    EnginePlan plan =
        EnginePlan.of(problem.inputs(), share.held(network), options.workload(), memory);
    SplittableRandom random = new SplittableRandom(network.seed() ^ 0x6b726f6e776f6f64L);
    SplittableRandom stepRandom = random.split();
    try (Parallel parallel = Parallel.of(options.threads())) {
      LinearStart start = LinearStart.of(problem, network, losses, memory, parallel);
      InitialWeights initial =
          new InitialWeights(
              network, losses.targets().outputs(), start.coefficients(), share.neurons());
      Exchange exchange = share.exchange();
      Engine engine = plan.start(problem.inputs(), initial, options.workload(), exchange, parallel);
      OutputLayer output = new OutputLayer(initial, activation);
      StepSize step = StepSize.of(engine, output, problem, losses, options, exchange, stepRandom);
      step.checkDecay(options);
      Trainer trainer =
          new Trainer(problem, options, listener, parallel, engine, output, losses, step, share);
      if (checkpoints != null && checkpoints.load(trainer::visit)) {
        listener.onResume(trainer.epochsDone);
      }
      listener.onStart(plan, step.learningRate());
      return trainer.run(plan, random, checkpoints, start, (System.nanoTime() - started) * 1e-9);
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
        epochsDone = epoch;
        EpochReport report = report(epoch, done, nanos * 1e-9);
        reports.add(report);
        if (stopping != null) {
          stopping.add(epoch, Objects.requireNonNull(report.validation()), output, averaging);
          over = stopping.isOver(epoch);
        }
        if (checkpoints != null) {
          checkpoints.save(epoch, this::visit);
        }
        listener.onEpoch(report);
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
    boolean restored = restoreBest();
    boolean current = !stopped && !restored && !reports.isEmpty();
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
            SpreadFit.of(problem, losses, evaluator, output),
            Objects.requireNonNull(evaluator.metrics(problem.split().train(), output, null)),
            current ? reports.getLast().validation() : metrics(problem.split().validation()),
            current ? reports.getLast().test() : metrics(problem.split().test()),
            evaluator.predictions(problem.split().validation(), output, null),
            work,
            new TrainingResult.Seconds(initialise, trainNanos * 1e-9, evaluator.seconds()));
    engine.release();
    return result;
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
      engine.restore(stopping.weights());
      output = stopping.output();
      return true;
    }
    if (averaging != null) {
      engine.restore(averaging.weights());
      output = averaging.output();
      return true;
    }
    return false;
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int sample = order[other];
      order[other] = order[i];
      order[i] = sample;
    }
  }

  private boolean isStopRequestedOfAny() {
    return share.exchange().sum(listener.isStopRequested() ? 1 : 0) > 0;
  }

  /** Returns whether the epoch was finished. */
  private boolean epoch(int epoch, int[] order) {
    lossSum = 0;
    boolean stop = false;
    for (int from = 0; from < order.length; from += step.batch()) {
      int to = Math.min(order.length, from + step.batch());
      if (!batch(order, from, to, stop)) {
        return false;
      }
      if (!Double.isFinite(lossSum)) {
        throw new DivergenceException(epoch, step.learningRate());
      }
      listener.onBatch(epoch, to, order.length);
      stop = to < order.length && listener.isStopRequested();
      if (stop && share.neurons().isWhole()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes one step, or none if a process was asked to stop, and returns whether it did. With other
   * processes a stop is agreed on with the next sum, which would be made anyway.
   */
  private boolean batch(int[] order, int from, int to, boolean stop) {
    double size = step.learningRate() / (to - from);
    if (!batchOutputs.compute(order, from, to, output, stop)) {
      return false;
    }
    coefficients.clear();
    for (int i = 0; i < to - from; i++) {
      batchOutputs.read(i, outputs);
      sample(order[from + i], batchOutputs.fired(i), size);
    }
    engine.update(coefficients, keep);
    output.update(size, keep, options.momentum());
    return true;
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
        lossSum / problem.split().train().length,
        validation(epoch, evaluated),
        evaluator.metrics(problem.split().test(), evaluated, averaging),
        done,
        seconds);
  }

  private @Nullable MetricReport validation(int epoch, OutputLayer evaluated) {
    int[] listed = problem.split().validation();
    if (listed.length == 0) {
      return null;
    }
    double[] predictions = evaluator.predictions(listed, evaluated, averaging);
    listener.onValidation(epoch, predictions);
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
