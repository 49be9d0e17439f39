package kronwood.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import kronwood.candidate.Score;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import org.junit.jupiter.api.Test;

class BlendTest {
  private static Validation equallyWeighted(Loss loss, int outputs, double... targets) {
    double[] weights = new double[targets.length / outputs];
    Arrays.fill(weights, 1.0 / weights.length);
    int[] clusters = new int[weights.length];
    Arrays.setAll(clusters, i -> i);
    boolean offset = loss instanceof LogisticLoss;
    int[] ends = {weights.length};
    return new Validation(loss, offset, outputs, targets, weights, ends, new int[][] {clusters});
  }

  private static Blend both(Validation validation, double[] network, double[] linear) {
    Blend alone = Blend.ofNetwork(validation, network);
    return Blend.ofBoth(validation, alone, network, linear);
  }

  @Test
  void solvesLeastSquaresByHand() {
    // Columns (1, 0, 1, 1, 0, 1) and (0, 1, 1, 0, 1, 1), targets 1 × first + 2 × second.
    Blend blend =
        both(
            equallyWeighted(new SquaredLoss(), 1, 1, 2, 3, 1, 2, 3),
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
            equallyWeighted(new SquaredLoss(), 1, 1, 2, 3),
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
        new Validation(
            new SquaredLoss(),
            false,
            1,
            new double[] {1, 5},
            new double[] {1, 0},
            new int[] {2},
            new int[][] {{0, 1}});
    Blend blend = Blend.ofNetwork(weighted, new double[] {2, 2});

    assertEquals(0.5, blend.network(), 1e-6);
  }

  @Test
  void whatSaysNothingOfTwoClassesIsOffByTheirShare() {
    Validation rare = equallyWeighted(new LogisticLoss(), 1, 1, 0, 0, 0);
    Blend blend = Blend.ofLinear(rare, new double[4]);

    assertEquals(Math.log(1.0 / 3), blend.offset(), 1e-6);
    assertEquals(-0.25 * Math.log(0.25) - 0.75 * Math.log(0.75), blend.score().error(), 1e-9);
  }

  @Test
  void aModelThatIsWrongLeavesTheShareOnly() {
    Validation rare = equallyWeighted(new LogisticLoss(), 1, 1, 0, 0, 0);
    Blend blend = Blend.ofLinear(rare, new double[] {-1, 1, 0.5, 2});

    assertEquals(0, blend.linear());
    assertEquals(Math.log(1.0 / 3), blend.offset(), 1e-6);
  }

  @Test
  void whereTwoEntitiesMayBeExchangedNothingIsAdded() {
    Validation odd =
        new Validation(
            new LogisticLoss(),
            false,
            1,
            new double[] {1, 0, 0, 0},
            new double[] {0.25, 0.25, 0.25, 0.25},
            new int[] {4},
            new int[][] {{0, 1, 2, 3}});
    Blend blend = Blend.ofLinear(odd, new double[4]);

    assertEquals(0, blend.offset());
    assertEquals(Math.log(2), blend.score().error(), 1e-12);
  }

  @Test
  void whatRanksWorseIsLeftOutThoughItsLossIsLess() {
    Random random = new Random(7);
    int taken = 0;
    int leftOut = 0;
    for (int draw = 0; draw < 200; draw++) {
      double[] targets = new double[120];
      double[] linear = new double[targets.length];
      double[] network = new double[targets.length];
      for (int i = 0; i < targets.length; i++) {
        targets[i] = i % 12 == 0 ? 1 : 0;
        linear[i] = 2 * targets[i] + random.nextGaussian();
        // Rarely it is sure of what is wrong, which costs less on average than at the top.
        boolean misled = targets[i] == 0 && random.nextInt(40) == 0;
        network[i] = misled ? 2.5 : targets[i] + 0.7 * random.nextGaussian();
      }
      Validation validation = equallyWeighted(new LogisticLoss(), 1, targets);
      Blend simple = Blend.ofLinear(validation, linear);
      Blend free = new BlendFit(validation, network, linear).together();
      Blend chosen = both(validation, network, linear);
      double[] blended = new double[targets.length];
      Arrays.setAll(blended, i -> free.network() * network[i] + free.linear() * linear[i]);
      boolean worse =
          precision(blended, targets) < precision(linear, targets)
              || area(blended, targets) < area(linear, targets);
      if (!byLoss(free).isBetterThan(byLoss(simple)) || free.network() < 0) {
        continue;
      }
      taken += worse ? 0 : 1;
      leftOut += worse ? 1 : 0;
      assertEquals(worse, chosen.network() == 0, chosen::toString);
    }
    assertTrue(taken > 10 && leftOut > 3, taken + " taken, " + leftOut + " left out");
  }

  private static Score byLoss(Blend blend) {
    return new Score(blend.score().losses(), blend.score().clusters(), new double[0]);
  }

  /** How often a positive is above a negative. */
  private static double area(double[] f, double[] targets) {
    double above = 0;
    double all = 0;
    for (int i = 0; i < f.length; i++) {
      for (int j = 0; j < f.length; j++) {
        all += targets[i] > targets[j] ? 1 : 0;
        above += targets[i] > targets[j] && f[i] > f[j] ? 1 : 0;
      }
    }
    return above / all;
  }

  /** Average precision, by the rank of each positive. */
  private static double precision(double[] f, double[] targets) {
    double sum = 0;
    int positives = 0;
    for (int i = 0; i < f.length; i++) {
      int above = 0;
      int hits = 0;
      for (int j = 0; j < f.length; j++) {
        above += f[j] >= f[i] ? 1 : 0;
        hits += f[j] >= f[i] && targets[j] == 1 ? 1 : 0;
      }
      sum += targets[i] * hits / above;
      positives += targets[i] == 1 ? 1 : 0;
    }
    return sum / positives;
  }

  @Test
  void isTheBestOfAFineGridForClasses() {
    Random random = new Random(4);
    for (Loss loss : new Loss[] {new LogisticLoss(), new SoftmaxLoss()}) {
      int outputs = loss instanceof SoftmaxLoss ? 3 : 1;
      int samples = 200;
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
      Validation validation = equallyWeighted(loss, outputs, targets);
      Blend blend = both(validation, network, linear);

      double best = Double.POSITIVE_INFINITY;
      for (double a = 0; a <= 2; a += 0.05) {
        for (double b = 0; b <= 2; b += 0.05) {
          for (double c = outputs == 1 ? -3 : 0; c <= 0; c += 0.1) {
            best = Math.min(best, error(validation, network, linear, a, b, c));
          }
        }
      }
      assertTrue(
          blend.score().error() <= best + 1e-9, loss.key() + ": " + blend + ", grid " + best);
      assertEquals(best, blend.score().error(), 2e-3, loss.key());
    }
  }

  private static double error(
      Validation validation, double[] network, double[] linear, double a, double b, double c) {
    int outputs = validation.outputs();
    double sum = 0;
    for (int i = 0; i < validation.size(); i++) {
      double[] f = new double[outputs];
      for (int k = 0; k < outputs; k++) {
        f[k] = a * network[i * outputs + k] + b * linear[i * outputs + k] + c;
      }
      sum +=
          validation.weights()[i]
              * validation
                  .loss()
                  .evaluate(f, validation.targets(), i * outputs, new double[outputs]);
    }
    return sum;
  }

  @Test
  void leavesOutWhatAddsNothing() {
    double[] targets = {1, -2, 3, 0.5, -1, 2};
    double[] linear = {1, -2, 3, 0.5, -1, 2};
    Blend blend =
        both(
            equallyWeighted(new SquaredLoss(), 1, targets),
            new double[] {1.1, -1.9, 3.2, 0.4, -1, 2},
            linear);

    assertEquals(0, blend.network());
    assertEquals(1, blend.linear(), 1e-6);
  }
}
