package kronwood.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import kronwood.train.LogisticLoss;
import kronwood.train.Loss;
import kronwood.train.SoftmaxLoss;
import kronwood.train.SquaredLoss;
import org.junit.jupiter.api.Test;

class BlendTest {
  private static Validation equallyWeighted(int outputs, double... targets) {
    double[] weights = new double[targets.length / outputs];
    Arrays.fill(weights, 1.0 / weights.length);
    int[] clusters = new int[weights.length];
    Arrays.setAll(clusters, i -> i);
    return new Validation(outputs, targets, weights, new int[][] {clusters});
  }

  private static Blend both(Loss loss, Validation validation, double[] network, double[] linear) {
    Blend alone = Blend.ofNetwork(loss, validation, network);
    return Blend.ofBoth(loss, validation, alone, network, linear);
  }

  @Test
  void solvesLeastSquaresByHand() {
    // Columns (1, 0, 1, 1, 0, 1) and (0, 1, 1, 0, 1, 1), targets 1 × first + 2 × second.
    Blend blend =
        both(
            new SquaredLoss(),
            equallyWeighted(1, 1, 2, 3, 1, 2, 3),
            new double[] {1, 0, 1, 1, 0, 1},
            new double[] {0, 1, 1, 0, 1, 1});

    assertEquals(1, blend.network(), 1e-6);
    assertEquals(2, blend.linear(), 1e-6);
    assertEquals(0, blend.score().error(), 1e-10);
  }

  @Test
  void leavesOutWhatWouldCountNegatively() {
    // The second column is minus the targets: least squares without bounds would turn its sign.
    Blend blend =
        both(
            new SquaredLoss(),
            equallyWeighted(1, 1, 2, 3),
            new double[] {1, 1, 1},
            new double[] {-1, -2, -3});

    assertEquals(2, blend.network(), 1e-6);
    assertEquals(0, blend.linear());
    // (1 + 0 + 1) / 3 squared differences, of which the loss is half.
    assertEquals(1.0 / 3, blend.score().error(), 1e-9);
  }

  @Test
  void weighsSamples() {
    Validation weighted =
        new Validation(1, new double[] {1, 5}, new double[] {1, 0}, new int[][] {{0, 1}});
    Blend blend = Blend.ofNetwork(new SquaredLoss(), weighted, new double[] {2, 2});

    assertEquals(0.5, blend.network(), 1e-6);
  }

  @Test
  void isTheBestOfAFineGridForClasses() {
    Random random = new Random(4);
    for (Loss loss : new Loss[] {new LogisticLoss(), new SoftmaxLoss()}) {
      int outputs = loss instanceof SoftmaxLoss ? 3 : 1;
      int samples = 400;
      double[] targets = new double[samples * outputs];
      double[] network = new double[targets.length];
      double[] linear = new double[targets.length];
      for (int i = 0; i < samples; i++) {
        int label = random.nextInt(outputs == 1 ? 2 : outputs);
        for (int c = 0; c < outputs; c++) {
          double target = outputs == 1 ? label : (c == label ? 1 : 0);
          targets[i * outputs + c] = target;
          network[i * outputs + c] = target + random.nextGaussian();
          linear[i * outputs + c] = 2 * target + 2 * random.nextGaussian();
        }
      }
      Validation validation = equallyWeighted(outputs, targets);
      Blend blend = both(loss, validation, network, linear);

      double best = Double.POSITIVE_INFINITY;
      for (double a = 0; a <= 3; a += 0.05) {
        for (double b = 0; b <= 3; b += 0.05) {
          best = Math.min(best, error(loss, validation, network, linear, a, b));
        }
      }
      assertTrue(
          blend.score().error() <= best + 1e-9, loss.key() + ": " + blend + ", grid " + best);
      assertEquals(best, blend.score().error(), 2e-3, loss.key());
    }
  }

  private static double error(
      Loss loss, Validation validation, double[] network, double[] linear, double a, double b) {
    int outputs = validation.outputs();
    double sum = 0;
    for (int i = 0; i < validation.size(); i++) {
      double[] f = new double[outputs];
      for (int c = 0; c < outputs; c++) {
        f[c] = a * network[i * outputs + c] + b * linear[i * outputs + c];
      }
      sum +=
          validation.weights()[i]
              * loss.evaluate(f, validation.targets(), i * outputs, new double[outputs]);
    }
    return sum;
  }

  @Test
  void leavesOutWhatAddsNothing() {
    double[] targets = {1, -2, 3, 0.5, -1, 2};
    double[] linear = {1, -2, 3, 0.5, -1, 2};
    Blend blend =
        both(
            new SquaredLoss(),
            equallyWeighted(1, targets),
            new double[] {1.1, -1.9, 3.2, 0.4, -1, 2},
            linear);

    assertEquals(0, blend.network());
    assertEquals(1, blend.linear(), 1e-6);
  }
}
