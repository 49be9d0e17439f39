package kronwood.engine;

import java.util.List;
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
 * Counts pairs of a sample and a neuron on which the block engine, which evaluates its candidates
 * only, agrees with an {@link ExactNetwork}, which evaluates all: over random problems, layouts,
 * update rules, block sizes and steps, tiny to absurd.
 *
 * <p>A pair is undecided, and not counted, where the exact pre-activation is as close to the shift
 * as rounding may bring it there.
 */
final class NoMissedNeuronCheck {
  private static final double UNDECIDED_DOUBLE = 1e-11;
  private static final double UNDECIDED_SINGLE = 4e-6;

  /** Pairs decided. */
  long checked;

  /** Of these, pairs that fire. */
  long fired;

  /** Neurons that the engine evaluated. */
  long candidates;

  long undecided;
  long missed;

  /** Neurons that were reported to fire and do not. */
  long wrong;

  String firstFailure = "none";

  /** Checks problem after problem until so many pairs are decided. */
  void run(long pairs, long seed) {
    try (Parallel parallel = Parallel.of(1)) {
      for (long problem = seed; checked < pairs; problem++) {
        new Run(problem, parallel).train();
      }
    }
  }

  /** How coefficients are drawn. */
  private enum Signs {
    RANDOM,
    ALL_UP,
    /** Each step takes most of the one before back: sums of norms grow, norms of sums do not. */
    BACK_AND_FORTH,
    /** Over five orders of magnitude. */
    UNEQUAL
  }

  private final class Run {
    private final long seed;
    private final Random random;
    private final StructuredInputs inputs;
    private final int neurons;
    private final double shift;
    private final BlockEngine engine;
    private final ExactNetwork exact;
    private final Signs signs;
    private final double step;
    private final double keep;
    private final double allowance;
    private final String description;
    private final BatchCoefficients batch = new BatchCoefficients();
    private final FiredNeurons found = new FiredNeurons();
    private double[] moved;
    private int steps;

    Run(long seed, Parallel parallel) {
      this.seed = seed;
      this.random = new Random(seed);
      int modes = 1 + random.nextInt(3);
      this.inputs = draw(modes);
      this.neurons = oneOf(1, 2, 15, 16, 17, 63, 64, 65, 70, 100, 128, 129, 200);
      boolean paired = neurons % 2 == 0 && random.nextBoolean();
      this.shift = -0.5 + 2.5 * random.nextDouble();
      double skip = random.nextInt(3) == 0 ? 0.3 : 0;
      NetworkOptions network =
          new NetworkOptions(neurons, shift, paired, false, skip, random.nextLong());
      InitialWeights initial = new InitialWeights(network, 1 + random.nextInt(2));
      double momentum = random.nextInt(2) == 0 ? 0 : oneOf(0.5, 0.9, 0.98);
      boolean decays = random.nextInt(3) == 0;
      this.keep = !decays ? 1 : momentum == 0 ? oneOf(0.02, 0.5, 0.9, 0.999) : oneOf(0.99, 0.9999);
      UpdateRule rule = new UpdateRule(decays, momentum);
      List<StateLayout> layouts = Layouts.of(modes);
      StateLayout layout = layouts.get(random.nextInt(layouts.size()));
      Precision precision = random.nextBoolean() ? Precision.SINGLE : Precision.DOUBLE;
      this.engine = Layouts.engine(inputs, initial, rule, layout, precision, parallel);
      SavedState.setBlockSize(engine, 64L << random.nextInt(4));
      this.exact = new ExactNetwork(inputs, initial, momentum);
      this.moved = new double[exact.units];
      this.signs = Signs.values()[random.nextInt(Signs.values().length)];
      this.step = Math.pow(10, -4 + 7 * random.nextDouble());
      double parts = (keep + momentum) / (keep - momentum);
      this.allowance =
          parts * (precision == Precision.SINGLE ? UNDECIDED_SINGLE : UNDECIDED_DOUBLE);
      this.description =
          "%s, %s, %s, %s, keep %s, step %s, %d neurons"
              .formatted(layout, precision, rule, signs, keep, step, neurons);
    }

    private StructuredInputs draw(int modes) {
      int samples = 20 + random.nextInt(280);
      int[] entities = new int[modes];
      int[] ranks = new int[modes];
      for (int k = 0; k < modes; k++) {
        entities[k] = modes == 1 ? samples : 1 + random.nextInt(24);
        ranks[k] = 1 + random.nextInt(7);
      }
      return Problems.inputs(random, samples, entities, ranks, Problems.range(0, modes));
    }

    private int oneOf(int... choices) {
      return choices[random.nextInt(choices.length)];
    }

    private double oneOf(double... choices) {
      return choices[random.nextInt(choices.length)];
    }

    /** Some epochs, each over another part of the samples. */
    void train() {
      int epochs = 4 + random.nextInt(5);
      int size = 1 + random.nextInt(40);
      for (int epoch = 0; epoch < epochs; epoch++) {
        int[] order = Shuffle.of(inputs.size(), random);
        int length = random.nextBoolean() ? order.length : 1 + random.nextInt(order.length);
        for (int from = 0; from < length; ) {
          int to = Math.min(length, from + (random.nextInt(8) == 0 ? 1 : size));
          step(order, from, to, Math.min(order.length, to + random.nextInt(200)));
          from = to;
        }
      }
      candidates += engine.work().candidates();
    }

    /** A step on [from, to), before which samples up to {@code seen} are compared too. */
    private void step(int[] order, int from, int to, int seen) {
      engine.prepare(order, from, seen);
      batch.clear();
      for (int i = from; i < seen; i++) {
        engine.query(order[i], found);
        compare(order[i]);
        if (i < to) {
          move(order[i], step / (to - from));
        }
      }
      steps++;
      engine.update(batch, keep);
      exact.step(batch, keep);
      moved = exact.moved(batch);
    }

    private void move(int sample, double scale) {
      batch.beginSample(sample);
      for (int i = 0; i < found.count(); i++) {
        double c =
            switch (signs) {
              case RANDOM -> random.nextGaussian();
              case ALL_UP -> random.nextDouble();
              case BACK_AND_FORTH -> (steps % 2 == 0 ? 1 : -1) * (1 + 0.01 * random.nextGaussian());
              case UNEQUAL -> random.nextGaussian() * Math.pow(10, -4 + 5 * random.nextDouble());
            };
        batch.add(found.neuron(i), scale * c, found.preActivation(i));
      }
    }

    private void compare(int sample) {
      double[] z = exact.z(sample);
      double norm = exact.norm(sample);
      int next = 0;
      for (int r = 0; r < neurons; r++) {
        boolean reported = next < found.count() && found.neuron(next) == r;
        if (reported) {
          next++;
        }
        double margin = z[r] - shift;
        if (Math.abs(margin) <= allowance * (1 + norm * (10 + moved[r]))) {
          undecided++;
          continue;
        }
        checked++;
        if (margin > 0) {
          fired++;
        }
        if (reported != margin > 0) {
          fail(sample, r, z[r], reported);
        }
      }
    }

    private void fail(int sample, int neuron, double z, boolean reported) {
      if (missed + wrong == 0) {
        firstFailure =
            "problem %d (%s): sample %d, neuron %d, z %s, shift %s, moved %s, step %d"
                .formatted(seed, description, sample, neuron, z, shift, moved[neuron], steps);
      }
      if (reported) {
        wrong++;
      } else {
        missed++;
      }
    }
  }
}
