package kronwood.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import kronwood.engine.weights.ComponentScales;
import kronwood.engine.weights.UpdateRule;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Drift bounds of one neuron against its movement, for which its weights are kept as vectors. */
class DriftBoundsTest {
  private static final int DIMENSION = 4;

  @TestFactory
  Stream<DynamicTest> theNormOfTheSumIsNeverBelowTheMovement() {
    return Stream.of(Precision.values())
        .flatMap(
            precision ->
                Seeds.runs(
                    precision.key(),
                    40,
                    random -> {
                      UpdateRule rule = new UpdateRule(random.nextBoolean(), 0);
                      new Walk(random, rule, precision, new NormOfSumBounds(1, precision)).run();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> theSumOfNormsIsNeverBelowTheMovement() {
    return Seeds.runs(
        60,
        random -> {
          UpdateRule rule = new UpdateRule(random.nextBoolean(), 0.1 + 0.85 * random.nextDouble());
          new Walk(random, rule, Precision.DOUBLE, new SumOfNormsBounds(1, 2)).run();
        });
  }

  @TestFactory
  Stream<DynamicTest> theNormOfTheSumIsCloseToTheMovementWhereCoefficientsCancel() {
    return Seeds.runs(
        5,
        random -> {
          NormOfSumBounds bounds = new NormOfSumBounds(1, Precision.DOUBLE);
          Walk walk = new Walk(random, UpdateRule.PLAIN, Precision.DOUBLE, bounds);
          walk.backAndForth = true;
          walk.size = 1;
          walk.run();
          assertTrue(
              walk.largestBound < 0.1 * walk.largestSum,
              "bound " + walk.largestBound + ", sum of norms " + walk.largestSum);
        });
  }

  /** {@code change = Σ_parts s · (Q + L)}, with inner products read as training reads them. */
  private static final class Walk {
    private final Random random;
    private final UpdateRule rule;
    private final double noise;
    private final DriftBounds bounds;
    private final double keep;
    private final double[][] x = new double[6][DIMENSION];
    private final double[][] state;
    private final double[][] log;
    private ComponentScales scales;
    private double[] atRefresh = new double[DIMENSION];
    private double sum;
    private boolean backAndForth;
    private double size;
    private double largestBound;
    private double largestSum;

    Walk(Random random, UpdateRule rule, Precision precision, DriftBounds bounds) {
      this.random = random;
      this.rule = rule;
      this.bounds = bounds;
      // What is read may be off by some ulps of every term.
      this.noise = 50 * precision.roundingError();
      this.keep = rule.decays() ? 1 - (1 - rule.momentum()) * 0.9 * random.nextDouble() : 1;
      this.backAndForth = random.nextBoolean();
      this.size = Math.pow(10, -5 + 9 * random.nextDouble());
      this.state = new double[rule.parts()][DIMENSION];
      this.log = new double[rule.parts()][DIMENSION];
      for (double[] input : x) {
        for (int p = 0; p < DIMENSION; p++) {
          input[p] = random.nextGaussian();
        }
      }
    }

    void run() {
      StructuredInputs inputs = Problems.inputs(random, 1, new int[] {1}, new int[] {1}, 0);
      try (Parallel parallel = Parallel.of(1)) {
        scales = new ComponentScales(rule.parts(), inputs, parallel);
        blocks();
      }
    }

    private void blocks() {
      for (int block = 0; block < 6; block++) {
        begin();
        int steps = 1 + random.nextInt(40);
        for (int step = 0; step < steps; step++) {
          step(step);
          assertBound();
        }
        absorb();
      }
    }

    private void begin() {
      scales.begin();
      bounds.begin();
      atRefresh = change();
      sum = 0;
    }

    private double[] change() {
      double[] change = new double[DIMENSION];
      for (int part = 0; part < scales.count(); part++) {
        for (int p = 0; p < DIMENSION; p++) {
          change[p] += scales.of(part) * (state[part][p] + log[part][p]);
        }
      }
      return change;
    }

    private void step(int step) {
      double[][] before = new double[log.length][];
      for (int part = 0; part < log.length; part++) {
        before[part] = log[part].clone();
        scales.decay(part, rule.rate(part, keep));
      }
      int samples = backAndForth ? 3 : random.nextInt(5);
      int[] batch = new int[samples];
      double[] gram = new double[samples * samples];
      for (int j = 0; j < samples; j++) {
        batch[j] = random.nextInt(x.length);
        double coefficient =
            backAndForth
                ? (step % 2 == 0 ? size : -size) * (1 + 1e-3 * random.nextGaussian())
                : size * random.nextGaussian();
        if (backAndForth) {
          batch[j] = j;
        }
        add(j, x[batch[j]], coefficient, before[0]);
      }
      for (int a = 0; a < samples; a++) {
        for (int b = 0; b < samples; b++) {
          gram[a * samples + b] = dot(x[batch[a]], x[batch[b]]);
        }
      }
      bounds.endBatch(0, gram, samples);
    }

    private void add(int j, double[] input, double coefficient, double[] logBefore) {
      double[] c = new double[scales.count()];
      double norm = Math.sqrt(dot(input, input));
      for (int part = 0; part < c.length; part++) {
        c[part] = coefficient * rule.share(part, keep) / scales.of(part);
        for (int p = 0; p < DIMENSION; p++) {
          log[part][p] += c[part] * input[p];
        }
      }
      double error = noise * norm * sum * (2 * random.nextDouble() - 1);
      bounds.add(0, j, c, dot(logBefore, input) + error, dot(state[0], input), norm);
      sum += Math.abs(c[0]) * norm;
    }

    private void assertBound() {
      double[] moved = change();
      for (int p = 0; p < DIMENSION; p++) {
        moved[p] -= atRefresh[p];
      }
      double norm = Math.sqrt(dot(moved, moved));
      double bound = bounds.bound(0, scales.parts());
      // The vectors above are rounded too.
      double rounding = 1e-13 * scales.of(0) * sum;
      assertTrue(bound >= norm - rounding, "moved by " + norm + ", bound " + bound);
      assertTrue(bound >= 0 && Double.isFinite(bound));
      largestBound = Math.max(largestBound, bound);
      largestSum = Math.max(largestSum, scales.of(0) * sum);
    }

    private void absorb() {
      bounds.absorb();
      for (int part = 0; part < scales.count(); part++) {
        for (int p = 0; p < DIMENSION; p++) {
          state[part][p] += log[part][p];
          log[part][p] = 0;
        }
        double scale = scales.of(part);
        if (scale < 1e-3) {
          bounds.scale(part, scale);
          scales.fold(part);
          for (int p = 0; p < DIMENSION; p++) {
            state[part][p] *= scale;
          }
        }
      }
    }

    private static double dot(double[] a, double[] b) {
      double sum = 0;
      for (int p = 0; p < a.length; p++) {
        sum += a[p] * b[p];
      }
      return sum;
    }
  }
}
