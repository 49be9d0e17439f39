package kronwood.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import kronwood.engine.weights.UpdateRule;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.network.InitialWeights;
import kronwood.network.NetworkOptions;
import kronwood.state.StateLayout;
import kronwood.testing.Problems;
import kronwood.train.SavedState;
import kronwood.tree.FiredNeurons;

/**
 * Trains a block engine in double precision and a dense one in step, with coefficients of random
 * sign on whatever fired, and asserts that they report the same units with the same pre-activations
 * and end with the same weights, within 1e-9.
 */
final class BlockAgainstDense {
  private static final double TOLERANCE = 1e-9;

  private final Random random;
  private final StructuredInputs inputs;
  private final StateLayout layout;
  private UpdateRule rule = UpdateRule.PLAIN;
  private double keep = 1;
  private double step = 0.3;
  private double skip;
  private boolean started;
  private int neurons = 65;
  private int epochs = 3;
  private int blockSize;
  private int batch;

  BlockAgainstDense(Random random, StructuredInputs inputs, StateLayout layout) {
    this.random = random;
    this.inputs = inputs;
    this.layout = layout;
  }

  /** Momentum μ, and the share k that decay leaves. */
  BlockAgainstDense rule(double momentum, double share) {
    rule = new UpdateRule(share != 1, momentum);
    keep = share;
    return this;
  }

  /** Size of coefficients of a batch of one. */
  BlockAgainstDense step(double size) {
    step = size;
    return this;
  }

  /** Two linear units of that weight, the second of which starts from coefficients. */
  BlockAgainstDense skip(double weight, boolean fromCoefficients) {
    skip = weight;
    started = fromCoefficients;
    return this;
  }

  BlockAgainstDense neurons(int width) {
    neurons = width;
    return this;
  }

  BlockAgainstDense epochs(int count) {
    epochs = count;
    return this;
  }

  /** Blocks of that size at first, of at least 64. */
  BlockAgainstDense blocks(int size) {
    blockSize = size;
    return this;
  }

  BlockAgainstDense batch(int size) {
    batch = size;
    return this;
  }

  private InitialWeights initial() {
    NetworkOptions network =
        new NetworkOptions(neurons, 0.8, neurons % 2 == 0, false, skip, random.nextLong());
    double[][] start = {{}, started ? Problems.gaussian(random, inputs.size()) : new double[0]};
    return new InitialWeights(network, 2, start);
  }

  /** Most samples are trained on; the others are asked for at the ends of epochs. */
  void run() {
    InitialWeights initial = initial();
    try (Parallel parallel = Parallel.of(2)) {
      DenseEngine dense = new DenseEngine(inputs, initial, rule);
      BlockEngine block = Layouts.engine(inputs, initial, rule, layout, Precision.DOUBLE, parallel);
      if (blockSize > 0) {
        SavedState.setBlockSize(block, blockSize);
      }
      int trained = inputs.size() * 4 / 5;
      int[] order = Problems.range(0, trained);
      int[] held = Problems.range(trained, inputs.size());
      for (int epoch = 0; epoch < epochs; epoch++) {
        Shuffle.shuffle(order, random);
        train(dense, block, order);
        block.prepare(held, 0, held.length);
        for (int sample : held) {
          compare(dense, block, sample, new FiredNeurons());
        }
      }
      compareWeights(dense, block, initial.units());
    }
  }

  private void train(DenseEngine dense, BlockEngine block, int[] order) {
    int usual = batch > 0 ? batch : 1 + random.nextInt(20);
    BatchCoefficients coefficients = new BatchCoefficients();
    FiredNeurons fired = new FiredNeurons();
    for (int from = 0; from < order.length; ) {
      // Now and then a short one, so that batches and blocks end anywhere.
      int size = random.nextInt(6) == 0 ? 1 + random.nextInt(usual) : usual;
      int to = Math.min(order.length, from + size);
      block.prepare(order, from, to);
      coefficients.clear();
      for (int i = from; i < to; i++) {
        compare(dense, block, order[i], fired);
        coefficients.beginSample(order[i]);
        for (int e = 0; e < fired.count(); e++) {
          double c = step / (to - from) * random.nextGaussian();
          coefficients.add(fired.neuron(e), c, fired.preActivation(e));
        }
      }
      dense.update(coefficients, keep);
      block.update(coefficients, keep);
      from = to;
    }
  }

  private void compare(Engine dense, Engine block, int sample, FiredNeurons actual) {
    FiredNeurons expected = new FiredNeurons();
    dense.query(sample, expected);
    block.query(sample, actual);
    assertEquals(expected.count(), actual.count(), "units that fire on sample " + sample);
    for (int i = 0; i < expected.count(); i++) {
      assertEquals(expected.neuron(i), actual.neuron(i), "unit on sample " + sample);
      double z = expected.preActivation(i);
      assertEquals(z, actual.preActivation(i), TOLERANCE * (1 + Math.abs(z)), "z of " + sample);
    }
  }

  private void compareWeights(Engine dense, Engine block, int units) {
    double[] expected = new double[(int) inputs.dimension()];
    double[] actual = new double[expected.length];
    double largest = 0;
    for (int r = 0; r < units; r++) {
      dense.weights(r, expected);
      block.weights(r, actual);
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(expected[i]));
        assertEquals(expected[i], actual[i], TOLERANCE * (1 + largest), "weight " + i + " of " + r);
      }
    }
    assertTrue(largest > 0);
  }
}
