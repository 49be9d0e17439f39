package kronwood.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import kronwood.engine.weights.UpdateRule;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.network.InitialWeights;
import kronwood.network.NetworkOptions;
import kronwood.state.Representation;
import kronwood.state.StateLayout;
import kronwood.testing.Problems;
import kronwood.tree.FiredNeurons;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * Engines of all kinds, with every update rule, for tests of what all of them promise.
 *
 * @param name engine and rule
 * @param inputs 260 pairs
 * @param units neurons and linear units
 * @param keep share of the weights that a step keeps
 * @param tolerance of weights and pre-activations, relative
 * @param maker makes the engine, always alike
 */
record EngineCase(
    String name,
    StructuredInputs inputs,
    int units,
    double keep,
    double tolerance,
    Function<Parallel, Engine> maker) {
  static final int SAMPLES = 260;
  private static final int BATCH = 12;

  @Override
  public String toString() {
    return name;
  }

  /** One test for each case. */
  static Stream<DynamicTest> each(ThrowingConsumer<EngineCase> test) {
    return all().stream().map(each -> DynamicTest.dynamicTest(each.name, () -> test.accept(each)));
  }

  private static List<EngineCase> all() {
    Random random = new Random(31);
    StructuredInputs inputs =
        Problems.inputs(random, SAMPLES, new int[] {19, 23}, new int[] {4, 5}, 0, 1);
    NetworkOptions network = new NetworkOptions(18, 0.7, true, false, 0.4, 11);
    double[][] start = {Problems.gaussian(random, SAMPLES), {}};
    InitialWeights initial = new InitialWeights(network, 2, start);
    List<EngineCase> cases = new ArrayList<>();
    // The last two multiply a scale in every ten steps, so also at the end of an epoch of twenty.
    double[][] rules = {{0, 1}, {0, 0.96}, {0.8, 1}, {0.8, 0.96}, {0, 0.49}, {0.06, 0.6}};
    for (double[] each : rules) {
      double momentum = each[0];
      double keep = each[1];
      UpdateRule rule = new UpdateRule(keep != 1, momentum);
      String name = ", momentum " + momentum + ", keeping " + keep;
      cases.add(
          new EngineCase(
              "dense" + name,
              inputs,
              20,
              keep,
              1e-12,
              parallel -> new DenseEngine(inputs, initial, rule)));
      cases.add(
          new EngineCase(
              "eager" + name,
              inputs,
              20,
              keep,
              1e-10,
              parallel -> new EagerEngine(inputs, initial, rule, parallel)));
      for (Precision precision : Precision.values()) {
        for (StateLayout layout : layouts()) {
          cases.add(
              new EngineCase(
                  layout + " in " + precision + name,
                  inputs,
                  20,
                  keep,
                  precision == Precision.SINGLE ? 1e-5 : 1e-10,
                  parallel -> Layouts.engine(inputs, initial, rule, layout, precision, parallel)));
        }
      }
    }
    return cases;
  }

  private static List<StateLayout> layouts() {
    return List.of(
        new StateLayout(false, List.of(Representation.VALUE, Representation.COEFFICIENT)),
        new StateLayout(false, List.of(Representation.WEIGHT, Representation.VALUE)),
        new StateLayout(true, List.of(Representation.COEFFICIENT)),
        Layouts.WEIGHTS);
  }

  /** A new engine, always the same. */
  Engine make(Parallel parallel) {
    return maker.apply(parallel);
  }

  /** One pass over most samples, with coefficients that follow from the pre-activations. */
  void epoch(Engine engine, int number) {
    int[] order = Shuffle.of(SAMPLES, new Random(number));
    epoch(engine, order, SAMPLES - 20);
  }

  /** A pass over the first samples of an order. */
  void epoch(Engine engine, int[] order, int length) {
    BatchCoefficients batch = new BatchCoefficients();
    FiredNeurons fired = new FiredNeurons();
    for (int from = 0; from < length; from += BATCH) {
      int to = Math.min(length, from + BATCH);
      engine.prepare(order, from, to);
      batch.clear();
      for (int i = from; i < to; i++) {
        engine.query(order[i], fired);
        batch.beginSample(order[i]);
        for (int e = 0; e < fired.count(); e++) {
          double z = fired.preActivation(e);
          batch.add(fired.neuron(e), 0.3 / BATCH * Math.cos(3 * z + fired.neuron(e)), z);
        }
      }
      engine.update(batch, keep);
    }
  }

  /** Weights of all units. */
  double[][] weights(Engine engine) {
    double[][] weights = new double[units][(int) inputs.dimension()];
    for (int r = 0; r < units; r++) {
      engine.weights(r, weights[r]);
    }
    return weights;
  }

  /** {@code ⟨W_r, x_sample⟩} of all units by weights that are given. */
  double[] products(double[][] weights, int sample) {
    double[] x = new double[(int) inputs.dimension()];
    inputs.materialise(sample, x);
    double[] z = new double[units];
    for (int r = 0; r < units; r++) {
      for (int p = 0; p < x.length; p++) {
        z[r] += weights[r][p] * x[p];
      }
    }
    return z;
  }
}
