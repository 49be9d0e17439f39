package kronwood.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.testing.Seeds;
import kronwood.tree.FiredNeurons;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Sums over units are those of a tree that is written down here as plainly as it is defined. */
class SumOrderTest {
  private static final double SHIFT = 0.5;

  private static NetworkOptions network(int neurons, boolean paired, int members, double skip) {
    return new NetworkOptions(neurons, SHIFT, paired, false, skip, Ensemble.of(members), 3);
  }

  /** A neuron on each of four panels, of which the sum of the last two is rounded away or not. */
  @Test
  void aTreeOfFourPanelsByHand() {
    InitialWeights initial = new InitialWeights(network(64, false, 1, 0), 1);
    double[] terms = {1, 0x1p53, 1, 1};
    double[] sum =
        new SumOrder(initial)
            .sum(
                0,
                1,
                (unit, to) -> {
                  if (unit % 16 == 7) {
                    to[0] += terms[unit / 16];
                  }
                });
    // One after the other: 2^53 + 1 = 2^53, and again. In pairs: (1 + 2^53) + (1 + 1).
    assertEquals(0x1p53 + 2, sum[0]);
  }

  /** What each neuron contributes to each output of its member. */
  private static double @Nullable [] node(
      NetworkOptions network, int member, int outputs, double[][] terms, int first, int leaves) {
    if (leaves == 1) {
      return leaf(network, member, outputs, terms, first);
    }
    double[] left = node(network, member, outputs, terms, first, leaves / 2);
    double[] right = node(network, member, outputs, terms, first + leaves / 2, leaves / 2);
    for (int c = 0; left != null && right != null && c < outputs; c++) {
      left[c] += right[c];
    }
    return left == null ? right : left;
  }

  private static double @Nullable [] leaf(
      NetworkOptions network, int member, int outputs, double[][] terms, int leaf) {
    double[] sum = null;
    int distinct = network.paired() ? network.neurons() / 2 : network.neurons();
    for (int r = 0; r < terms.length; r++) {
      boolean linear = r >= network.neurons();
      int of = linear ? (r - network.neurons()) / outputs : network.member(r);
      int place = linear ? 0 : 2 * (r % distinct / 16) + r / distinct;
      if (of == member && place == leaf) {
        sum = sum == null ? new double[outputs] : sum;
        for (int c = 0; c < outputs; c++) {
          sum[c] += terms[r][c];
        }
      }
    }
    return sum;
  }

  @TestFactory
  Stream<DynamicTest> sumsHaveTheBitsOfTheTree() {
    return Seeds.runs(
        40,
        random -> {
          boolean paired = random.nextBoolean();
          int members = 1 + random.nextInt(4);
          int outputs = 1 + random.nextInt(3);
          int neurons = (paired ? 2 : 1) * members * (1 + random.nextInt(60));
          double skip = random.nextBoolean() ? 0.3 : 0;
          NetworkOptions network = network(neurons, paired, members, skip);
          InitialWeights initial = new InitialWeights(network, outputs);
          OutputLayer layer = new OutputLayer(initial);
          FiredNeurons fired = fired(random, initial);
          double[][] terms = terms(fired, initial);
          double[] found = new double[layer.width()];
          layer.evaluate(fired, found);
          for (int e = 0; e < members; e++) {
            double[] expected = node(network, e, outputs, terms, 0, 256);
            double[] f = Arrays.copyOfRange(found, e * outputs, (e + 1) * outputs);
            assertArrayEquals(expected == null ? new double[outputs] : expected, f);
            double[] sum =
                layer
                    .order()
                    .sum(
                        e,
                        outputs,
                        (unit, to) -> {
                          for (int c = 0; c < outputs; c++) {
                            to[c] += terms[unit][c];
                          }
                        });
            assertArrayEquals(f, sum);
          }
        });
  }

  private static FiredNeurons fired(Random random, InitialWeights initial) {
    FiredNeurons fired = new FiredNeurons();
    double share = random.nextBoolean() ? 0.1 : 0.7;
    for (int r = 0; r < initial.units(); r++) {
      if (r >= initial.options().neurons() || random.nextDouble() < share) {
        fired.add(r, SHIFT + Math.exp(3 * random.nextGaussian()));
      }
    }
    return fired;
  }

  /** Contributions of all units to their member's outputs, 0 of those that do not fire. */
  private static double[][] terms(FiredNeurons fired, InitialWeights initial) {
    int outputs = initial.outputs();
    int neurons = initial.options().neurons();
    double norm = 1 / Math.sqrt(initial.options().memberNeurons());
    double[][] terms = new double[initial.units()][outputs];
    for (int i = 0; i < fired.count(); i++) {
      int r = fired.neuron(i);
      for (int c = 0; c < outputs; c++) {
        if (r < neurons) {
          terms[r][c] = initial.sign(c, r) * (norm * (fired.preActivation(i) - SHIFT));
        } else if ((r - neurons) % outputs == c) {
          terms[r][c] = initial.options().skip() * fired.preActivation(i);
        }
      }
    }
    return terms;
  }

  @Test
  void outputsOfPartnersThatAgreeAreExactlyZero() {
    InitialWeights initial = new InitialWeights(network(200, true, 1, 0), 2);
    FiredNeurons fired = new FiredNeurons();
    double[] z = new Random(4).doubles(100, 0, 3).toArray();
    for (int r = 0; r < 200; r++) {
      if (z[r % 100] > SHIFT) {
        fired.add(r, z[r % 100]);
      }
    }
    double[] f = {7, 7};
    new OutputLayer(initial).evaluate(fired, f);
    assertArrayEquals(new double[2], f);
  }
}
