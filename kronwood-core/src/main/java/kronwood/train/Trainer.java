package kronwood.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kronwood.math.Parallel;
import kronwood.measure.MetricReport;
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
 *     W_r ← W_r(0) + (1 − ηλ)(W_r − W_r(0)) + Σ_j c_{r,j} · x_j
 * </pre>
 *
 * <p>w_j are the samples' weights relative to their mean. The order of samples comes from the seed
 * alone; results do not depend on the number of threads.
 */
public final class Trainer {
  private static final int QUERIES_PER_TASK = 8;
  private static final int SAMPLES_PER_TASK = 64;
  private static final int SAMPLES_PER_EVALUATION = 1024;

  private final TrainingProblem problem;
  private final TrainingOptions options;
  private final TrainingListener listener;
  private final Parallel parallel;
  private final Engine engine;
  private final OutputLayer output;
  private final EncodedTargets targets;
  private final double learningRate;
  private final double meanWeight;
  private final BatchCoefficients coefficients = new BatchCoefficients();
  private final List<FiredNeurons> fired = new ArrayList<>();
  private final double[] outputs;
  private final double[] gradient;
  private WorkCounters work = WorkCounters.NONE;
  private double lossSum;
  private long trainNanos;
  private long evaluateNanos;

  private Trainer(
      TrainingProblem problem,
      TrainingOptions options,
      TrainingListener listener,
      Parallel parallel,
      Engine engine,
      OutputLayer output,
      EncodedTargets targets,
      double learningRate) {
    this.problem = problem;
    this.options = options;
    this.listener = listener;
    this.parallel = parallel;
    this.engine = engine;
    this.output = output;
    this.targets = targets;
    this.learningRate = learningRate;
    this.meanWeight = problem.meanWeight();
    this.outputs = new double[output.outputs()];
    this.gradient = new double[output.outputs()];
  }

  /**
   * Trains a network.
   *
   * @param memory bytes that may be taken
   * @throws IllegalArgumentException if the loss cannot learn such targets, or if learning rate
   *     times weight decay is not below 1
   * @throws OutOfMemoryEstimateException if the engine would need more than {@code memory}
   * @throws DivergenceException if the loss ceases to be a finite number
   */
  public static TrainingResult train(
      TrainingProblem problem,
      NetworkOptions network,
      TrainingOptions options,
      double memory,
      TrainingListener listener) {
    long started = System.nanoTime();
    EncodedTargets targets =
        EncodedTargets.of(problem.samples().targets(), problem.loss(), problem.split().train());
    EnginePlan plan = EnginePlan.of(problem.inputs(), network, options, memory);
    InitialWeights initial = new InitialWeights(network, targets.outputs());
    SplittableRandom random = new SplittableRandom(network.seed() ^ 0x6b726f6e776f6f64L);
    SplittableRandom stepRandom = random.split();
    try (Parallel parallel = Parallel.of(options.threads())) {
      Engine engine = plan.start(problem.inputs(), initial, options, parallel);
      OutputLayer output = new OutputLayer(initial);
      double learningRate =
          options
              .learningRate()
              .orElseGet(() -> StepSize.of(engine, output, problem, options.batch(), stepRandom));
      if (!(learningRate * options.weightDecay() < 1)) {
        throw new IllegalArgumentException(
            "learning rate "
                + learningRate
                + " times weight decay "
                + options.weightDecay()
                + " is not below 1: take a smaller weight decay");
      }
      Trainer trainer =
          new Trainer(problem, options, listener, parallel, engine, output, targets, learningRate);
      listener.onStart(plan, learningRate);
      return trainer.run(plan, random, (System.nanoTime() - started) * 1e-9);
    }
  }

  private TrainingResult run(EnginePlan plan, SplittableRandom random, double initialise) {
    List<EpochReport> reports = new ArrayList<>();
    int[] order = problem.split().train().clone();
    boolean stopped = false;
    for (int epoch = 1; epoch <= options.epochs() && !stopped; epoch++) {
      shuffle(order, random.split());
      long started = System.nanoTime();
      WorkCounters before = engine.work();
      stopped = !epoch(epoch, order);
      WorkCounters done = engine.work().since(before);
      work = work.plus(done);
      long nanos = System.nanoTime() - started;
      trainNanos += nanos;
      if (!stopped) {
        reports.add(report(epoch, done, nanos * 1e-9));
        listener.onEpoch(reports.getLast());
        stopped = epoch < options.epochs() && listener.isStopRequested();
      }
    }
    return result(plan, reports, stopped, initialise);
  }

  private TrainingResult result(
      EnginePlan plan, List<EpochReport> reports, boolean stopped, double initialise) {
    boolean current = !stopped && !reports.isEmpty();
    return new TrainingResult(
        engine,
        output,
        targets,
        plan,
        learningRate,
        List.copyOf(reports),
        stopped,
        evaluateAny(problem.split().train()),
        current ? reports.getLast().validation() : evaluate(problem.split().validation()),
        current ? reports.getLast().test() : evaluate(problem.split().test()),
        work,
        new TrainingResult.Seconds(initialise, trainNanos * 1e-9, evaluateNanos * 1e-9));
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
    for (int from = 0; from < order.length; from += options.batch()) {
      int to = Math.min(order.length, from + options.batch());
      batch(order, from, to);
      if (!Double.isFinite(lossSum)) {
        throw new DivergenceException(epoch, learningRate);
      }
      listener.onBatch(epoch, to, order.length);
      if (to < order.length && listener.isStopRequested()) {
        return false;
      }
    }
    return true;
  }

  private void batch(int[] order, int from, int to) {
    double step = learningRate / (to - from);
    forward(order, from, to);
    coefficients.clear();
    for (int position = from; position < to; position++) {
      sample(order[position], fired.get(position - from), step);
    }
    double keep = 1 - learningRate * options.weightDecay();
    engine.update(coefficients, keep);
    output.update(step, keep);
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

  private void sample(int sample, FiredNeurons fired, double step) {
    output.evaluate(fired, outputs);
    double weight = problem.samples().weight(sample) / meanWeight;
    double loss =
        problem.loss().evaluate(outputs, targets.values(), sample * outputs.length, gradient);
    lossSum += weight * loss;
    coefficients.beginSample(sample);
    for (int c = 0; c < gradient.length; c++) {
      gradient[c] *= weight;
    }
    for (int i = 0; i < fired.count(); i++) {
      int neuron = fired.neuron(i);
      double c = -step * output.backward(neuron, gradient);
      if (c != 0) {
        coefficients.add(neuron, c, fired.preActivation(i));
      }
    }
    output.accumulate(fired, gradient);
  }

  private EpochReport report(int epoch, WorkCounters done, double seconds) {
    return new EpochReport(
        epoch,
        options.epochs(),
        lossSum / problem.split().train().length,
        evaluate(problem.split().validation()),
        evaluate(problem.split().test()),
        done,
        seconds);
  }

  private @Nullable MetricReport evaluate(int[] listed) {
    return listed.length == 0 ? null : evaluateAny(listed);
  }

  private MetricReport evaluateAny(int[] listed) {
    long started = System.nanoTime();
    MetricReport report = Evaluation.of(problem.samples(), listed, predict(listed));
    evaluateNanos += System.nanoTime() - started;
    return report;
  }

  /** Predictions for the listed samples, in the target's own units. */
  private double[] predict(int[] listed) {
    int width = outputs.length;
    double[] predictions = new double[Math.multiplyExact(listed.length, width)];
    for (int start = 0; start < listed.length; start += SAMPLES_PER_EVALUATION) {
      predict(listed, start, Math.min(listed.length, start + SAMPLES_PER_EVALUATION), predictions);
    }
    return predictions;
  }

  private void predict(int[] listed, int start, int end, double[] predictions) {
    int width = outputs.length;
    engine.prepare(listed, start, end);
    parallel.forRange(
        end - start,
        SAMPLES_PER_TASK,
        (from, to, worker) -> {
          FiredNeurons buffer = new FiredNeurons();
          double[] f = new double[width];
          for (int i = start + from; i < start + to; i++) {
            engine.query(listed[i], buffer);
            output.evaluate(buffer, f);
            problem.loss().link(f, 0, width);
            for (int c = 0; c < width; c++) {
              predictions[i * width + c] = targets.offset(c) + targets.scale(c) * f[c];
            }
          }
        });
  }
}
