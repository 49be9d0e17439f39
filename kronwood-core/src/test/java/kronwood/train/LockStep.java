package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kronwood.engine.BatchCoefficients;
import kronwood.engine.Engine;
import kronwood.engine.Shuffle;
import kronwood.network.Activation;
import kronwood.network.InitialWeights;
import kronwood.network.OutputLayer;
import kronwood.testing.Problems;
import kronwood.tree.FiredNeurons;
import kronwood.tree.NeuronSearch;

/**
 * Trains several engines side by side, each from its own outputs, and asserts at every step that
 * the same neurons fire in all of them, with the same losses.
 */
public final class LockStep {
  private static final double TOLERANCE = 1e-9;

  /** One engine with what belongs to it. */
  private static final class Runner {
    private final Engine engine;
    private final OutputLayer output;
    private final FiredNeurons fired = new FiredNeurons();
    private final BatchCoefficients coefficients = new BatchCoefficients();
    private double loss;

    Runner(Engine engine, InitialWeights initial, Activation activation) {
      this.engine = engine;
      this.output = new OutputLayer(initial, activation);
    }
  }

  private final double tolerance;
  private final double toleranceOfLosses;
  private final Scenario.Training training;
  private final MemberLosses losses;
  private final List<Runner> runners = new ArrayList<>();
  private long fired;
  private int steps;
  private double closest = Double.POSITIVE_INFINITY;

  public LockStep(Scenario.Training training, List<Engine> engines) {
    this(training, engines, TOLERANCE, TOLERANCE);
  }

  /**
   * Engines that are compared with the first.
   *
   * @param tolerance of pre-activations and weights, relative to the larger of 1 and their size
   * @param toleranceOfLosses relative
   */
  public LockStep(
      Scenario.Training training,
      List<Engine> engines,
      double tolerance,
      double toleranceOfLosses) {
    this.tolerance = tolerance;
    this.toleranceOfLosses = toleranceOfLosses;
    this.training = training;
    this.losses = training.losses();
    for (Engine engine : engines) {
      runners.add(new Runner(engine, training.initial(), training.activation()));
    }
  }

  /** Neurons that fired in all steps so far, in one engine. */
  public long fired() {
    return fired;
  }

  /** Smallest distance from the shift of any pre-activation so far, in the first engine. */
  public double closest() {
    return closest;
  }

  /** Trains for some epochs, and compares all samples and weights now and then and at the end. */
  public void train(int epochs, Random random) {
    compareAllSamples();
    for (int epoch = 0; epoch < epochs; epoch++) {
      // Not at every step, so that no engine is always fresh.
      epoch(random, 1.0 / 12);
    }
    compareAllSamples();
    compareWeights();
  }

  /** Trains for some epochs during which nothing but training samples is asked for. */
  public void trainOnly(int epochs, Random random) {
    for (int epoch = 0; epoch < epochs; epoch++) {
      epoch(random, 0);
    }
    compareWeights();
  }

  private void epoch(Random random, double shareCompared) {
    int[] order = shuffled(random);
    for (int from = 0; from < order.length; from += training.batch()) {
      step(order, from, Math.min(order.length, from + training.batch()), steps++);
      if (random.nextDouble() < shareCompared) {
        compareAllSamples();
      }
    }
  }

  private int[] shuffled(Random random) {
    int[] order = training.problem().split().train().clone();
    Shuffle.shuffle(order, random);
    return order;
  }

  private void step(int[] order, int from, int to, int step) {
    for (Runner runner : runners) {
      runner.engine.prepare(order, from, to);
      runner.coefficients.clear();
      runner.loss = 0;
    }
    for (int position = from; position < to; position++) {
      query(order[position], "step " + step);
      fired += runners.getFirst().fired.count();
      for (Runner runner : runners) {
        backward(runner, order[position], training.learningRate() / (to - from));
      }
    }
    double expected = runners.getFirst().loss;
    double keep = training.keep();
    for (Runner runner : runners) {
      assertEquals(
          expected,
          runner.loss,
          toleranceOfLosses * Math.max(Math.abs(expected), 1e-6),
          () -> "loss of " + runner.engine.name() + " in step " + step);
      runner.engine.update(runner.coefficients, keep);
      runner.output.update(training.learningRate() / (to - from), keep, training.momentum());
    }
  }

  private void backward(Runner runner, int sample, double step) {
    double[] f = new double[runner.output.width()];
    double[] gradient = new double[f.length];
    runner.output.evaluate(runner.fired, f);
    runner.loss += losses.evaluate(sample, f, gradient);
    runner.coefficients.beginSample(sample);
    for (int i = 0; i < runner.fired.count(); i++) {
      int neuron = runner.fired.neuron(i);
      double c = -step * runner.output.backward(neuron, gradient);
      runner.coefficients.add(neuron, c, runner.fired.preActivation(i));
    }
    runner.output.accumulate(runner.fired, gradient);
  }

  /** Also of those that no engine trains on. */
  private void compareAllSamples() {
    int[] all = Problems.range(0, training.problem().samples().size());
    for (Runner runner : runners) {
      runner.engine.prepare(all, 0, all.length);
    }
    for (int sample : all) {
      query(sample, "all samples");
    }
  }

  private void query(int sample, String when) {
    FiredNeurons expected = runners.getFirst().fired;
    for (Runner runner : runners) {
      runner.engine.query(sample, runner.fired);
      String where = runner.engine.name() + ", sample " + sample + ", " + when;
      assertEquals(neurons(expected), neurons(runner.fired), () -> "fired neurons: " + where);
      for (int i = 0; i < expected.count(); i++) {
        double z = expected.preActivation(i);
        assertEquals(
            z,
            runner.fired.preActivation(i),
            tolerance * Math.max(1, Math.abs(z)),
            () -> "pre-activation: " + where);
      }
    }
    double[] z = new double[training.initial().units()];
    runners.getFirst().engine.preActivations(sample, z);
    for (int r = 0; r < training.network().neurons(); r++) {
      double magnitude = training.activation().isOdd() ? Math.abs(z[r]) : z[r];
      closest = Math.min(closest, Math.abs(magnitude - training.network().shift()));
    }
    for (Runner runner : runners) {
      String where = runner.engine.name() + ", sample " + sample + ", " + when;
      assertExplains(runner.engine.search(sample), runner.fired, z, where);
    }
  }

  /**
   * Asserts that a search explains what a query found.
   *
   * @param fired what it found
   * @param z pre-activations of the dense engine
   */
  private void assertExplains(NeuronSearch search, FiredNeurons fired, double[] z, String where) {
    int neurons = training.network().neurons();
    assertEquals(neurons, search.neurons(), where);
    boolean odd = training.activation().isOdd();
    List<Integer> found = new ArrayList<>();
    boolean[] visited = new boolean[neurons];
    for (int i = 0; i < search.visited().length; i++) {
      int r = search.visited()[i];
      visited[r] = true;
      // An engine of single precision may be compared with itself alone, where nothing may differ.
      double allowed = Math.max(tolerance, 1e-6) * Math.max(1, Math.abs(z[r]));
      double magnitude = odd ? Math.abs(z[r]) : z[r];
      // Bounds are kept in single precision, with an allowance that is made for small numbers.
      double rounding = allowed + 1e-6 * Math.abs(z[r]);
      assertTrue(search.bounds()[i] >= magnitude - rounding, () -> "bound of " + r + ": " + where);
      if (search.isCandidate(i)) {
        assertEquals(z[r], search.exact()[i], allowed, () -> "neuron " + r + ": " + where);
      }
      if (search.fires(i)) {
        found.add(r);
      }
    }
    List<Integer> expected = neurons(fired).stream().filter(r -> r < neurons).toList();
    assertEquals(expected, found, () -> "neurons of the search: " + where);
    assertEquals(found.size(), search.fired(), where);
    assertTrue(search.candidates() >= found.size(), where);
    int leaves = 0;
    for (NeuronSearch.Level level : search.levels()) {
      assertEquals(level.visited().length, level.bounds().length, where);
      for (int place : level.visited()) {
        assertTrue(place >= 0 && place < level.places(), where);
      }
      leaves = level.visited().length;
    }
    assertTrue(leaves <= neurons, where);
    for (int r = 0; r < neurons; r++) {
      double magnitude = odd ? Math.abs(z[r]) : z[r];
      int neuron = r;
      assertTrue(
          visited[r] || magnitude <= training.network().shift(),
          () -> "neuron " + neuron + " was passed over: " + where);
    }
  }

  private static List<Integer> neurons(FiredNeurons fired) {
    List<Integer> neurons = new ArrayList<>();
    for (int i = 0; i < fired.count(); i++) {
      neurons.add(fired.neuron(i));
    }
    return neurons;
  }

  private void compareWeights() {
    int dimension = (int) training.problem().inputs().dimension();
    double[] expected = new double[dimension];
    double[] found = new double[dimension];
    for (int r = 0; r < training.initial().units(); r++) {
      runners.getFirst().engine.weights(r, expected);
      for (Runner runner : runners) {
        runner.engine.weights(r, found);
        for (int p = 0; p < dimension; p++) {
          assertEquals(
              expected[p],
              found[p],
              tolerance * Math.max(1, Math.abs(expected[p])),
              "weight " + p + " of neuron " + r + ", " + runner.engine.name());
        }
        for (int c = 0; r < training.network().neurons() && c < losses.targets().outputs(); c++) {
          double a = runners.getFirst().output.weight(c, r);
          assertEquals(a, runner.output.weight(c, r), tolerance * Math.max(1, Math.abs(a)));
        }
      }
    }
  }
}
