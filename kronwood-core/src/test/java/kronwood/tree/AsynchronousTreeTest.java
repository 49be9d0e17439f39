package kronwood.tree;

import static kronwood.testing.Refusal.assertRefused;
import static kronwood.tree.LinearScan.assertFinds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AsynchronousTreeTest {
  static IntStream widths() {
    return IntStream.concat(
        IntStream.rangeClosed(1, 70),
        IntStream.of(127, 128, 129, 500, 1000, 1023, 1024, 1025, 3000));
  }

  private static AsynchronousTree tree(double... z) {
    AsynchronousTree tree = new AsynchronousTree(1, z.length);
    tree.init(0, z);
    return tree;
  }

  @Test
  void fiveNeuronsByHand() {
    // Leaves 5 … 9: z₀ = 1, z₁ = 4, z₂ = 0, and one level deeper z₃ = 3, z₄ = 2.
    AsynchronousTree tree = tree(1, 4, 0, 3, 2);
    FiredNeurons fired = new FiredNeurons();
    tree.query(0, 2, fired);
    assertEquals(2, fired.count());
    assertEquals(1, fired.neuron(0));
    assertEquals(4, fired.preActivation(0));
    assertEquals(3, fired.neuron(1));
    assertEquals(3, fired.preActivation(1));
    // Root; 2 (max 3), 4 (3), 8, 9, 5; 3 (max 4), 6, 7: all nine nodes, of which five are leaves.
    assertEquals(new TreeCounters(1, 9, 5, 2, 0), tree.counters());
    tree.query(0, 3, fired);
    assertEquals(1, fired.count());
    // Root; 2 (3 is not above 3); 3, 6, 7.
    assertEquals(new TreeCounters(2, 14, 7, 3, 0), tree.counters());
  }

  @ParameterizedTest
  @MethodSource("widths")
  void randomValuesAtEveryWidth(int width) {
    Random random = new Random(width);
    double[] z = Problems.gaussian(random, width);
    AsynchronousTree tree = tree(z);
    for (double shift : new double[] {-3, -1, 0, 0.5, 1, 1.6, 2.5, 10}) {
      assertFinds(tree, 0, z, shift);
    }
    // Each value in turn is the threshold, and does not exceed itself.
    for (int r = 0; r < Math.min(width, 70); r++) {
      assertFinds(tree, 0, z, z[r]);
    }
  }

  @ParameterizedTest
  @MethodSource("widths")
  void equalValuesFireAllTogetherOrNotAtAll(int width) {
    double[] z = new double[width];
    Arrays.fill(z, 0.75);
    AsynchronousTree tree = tree(z);
    assertFinds(tree, 0, z, 0.75);
    assertEquals(1, tree.counters().nodesVisited(), "none fires: the root says so");
    assertFinds(tree, 0, z, Math.nextDown(0.75));
    assertEquals(width, tree.counters().neuronsFired());
    assertEquals(1 + 2 * width - 1, tree.counters().nodesVisited(), "all fire: every node once");
  }

  @ParameterizedTest
  @MethodSource("widths")
  void aSingleNeuronFiresWhereverItStands(int width) {
    double[] z = new double[width];
    AsynchronousTree tree = new AsynchronousTree(1, width);
    for (int r = 0; r < width; r += 1 + width / 97) {
      z[r] = 1;
      tree.init(0, z);
      assertFinds(tree, 0, z, 0);
      z[r] = 0;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 11, 64, 100})
  void tiesAtTheThresholdDoNotFire(int width) {
    Random random = new Random(width);
    double[] z = new double[width];
    double[] near = {1, Math.nextUp(1.0), Math.nextDown(1.0), 1, 1};
    for (int run = 0; run < 20; run++) {
      for (int r = 0; r < width; r++) {
        z[r] = near[random.nextInt(near.length)];
      }
      assertFinds(tree(z), 0, z, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 33})
  void infiniteHugeAndSignedZeroValuesAreOrdered(int width) {
    Random random = new Random(width);
    double[] extreme = {
      Double.NEGATIVE_INFINITY,
      -Double.MAX_VALUE,
      -1,
      -0.0,
      0.0,
      Double.MIN_VALUE,
      1,
      Double.MAX_VALUE,
      Double.POSITIVE_INFINITY
    };
    double[] z = new double[width];
    for (int run = 0; run < 20; run++) {
      for (int r = 0; r < width; r++) {
        z[r] = extreme[random.nextInt(extreme.length)];
      }
      AsynchronousTree tree = tree(z);
      for (double shift : extreme) {
        assertFinds(tree, 0, z, shift);
      }
    }
  }

  @Test
  void noNeuronFiresBeforeAnythingIsSet() {
    AsynchronousTree tree = new AsynchronousTree(2, 5);
    double[] z = new double[5];
    Arrays.fill(z, Double.NEGATIVE_INFINITY);
    assertFinds(tree, 1, z, -Double.MAX_VALUE);
    assertEquals(2, tree.samples());
    assertEquals(5, tree.neurons());
  }

  @Test
  void treesOfDifferentSamplesAreIndependent() {
    AsynchronousTree tree = new AsynchronousTree(3, 2);
    tree.init(0, new double[] {1, 2});
    tree.init(2, new double[] {5, 0});
    tree.update(0, UpdatePaths.of(2, new int[] {0}), new double[] {10}, 0, 1);
    assertFinds(tree, 0, new double[] {11, 2}, 1.5);
    assertFinds(tree, 2, new double[] {5, 0}, 1.5);
  }

  @Test
  void leavesSetOneByOneCountOnceTheTreeIsRepaired() {
    double[] z = Problems.gaussian(new Random(3), 37);
    AsynchronousTree tree = new AsynchronousTree(1, 37);
    for (int r = 0; r < 37; r++) {
      tree.setLeaf(0, r, z[r]);
    }
    tree.repair(0);
    assertFinds(tree, 0, z, 0.3);
    assertEquals(z[36], tree.leaf(0, 36));
  }

  @TestFactory
  Stream<DynamicTest> queriesStayRightAfterRandomUpdates() {
    return Seeds.runs(
        60,
        random -> {
          int width = 1 + random.nextInt(random.nextBoolean() ? 12 : 200);
          double[] z = Problems.gaussian(random, width);
          AsynchronousTree tree = tree(z);
          for (int step = 0; step < 30; step++) {
            int[] touched = subset(random, width);
            int stride = 1 + random.nextInt(3);
            int offset = random.nextInt(stride);
            double[] delta = Problems.gaussian(random, touched.length * stride + offset);
            for (int t = 0; t < touched.length; t++) {
              z[touched[t]] += delta[offset + t * stride];
            }
            tree.update(0, UpdatePaths.of(width, touched), delta, offset, stride);
            assertFinds(tree, 0, z, 1.2 * random.nextGaussian());
            // Values that have just sunk no longer hold up their ancestors.
            assertFinds(tree, 0, z, Arrays.stream(z).max().orElseThrow());
          }
        });
  }

  @Test
  void aTwoSidedTreeFindsLargeMagnitudesByHand() {
    AsynchronousTree tree = new AsynchronousTree(1, 4, true);
    tree.init(0, new double[] {0.5, -2, 1.5, -1});
    FiredNeurons fired = new FiredNeurons();
    tree.query(0, 1, fired);
    assertEquals(2, fired.count());
    assertEquals(1, fired.neuron(0));
    assertEquals(-2, fired.preActivation(0));
    assertEquals(2, fired.neuron(1));
    assertEquals(1.5, fired.preActivation(1));
  }

  @TestFactory
  Stream<DynamicTest> twoSidedQueriesFindWhatAScanFinds() {
    return Seeds.runs(
        30,
        random -> {
          int width = 1 + random.nextInt(random.nextBoolean() ? 12 : 200);
          double[] z = Problems.gaussian(random, width);
          AsynchronousTree tree = new AsynchronousTree(1, width, true);
          tree.init(0, z);
          for (int step = 0; step < 20; step++) {
            int[] touched = subset(random, width);
            double[] delta = Problems.gaussian(random, touched.length);
            for (int t = 0; t < touched.length; t++) {
              z[touched[t]] += delta[t];
            }
            tree.update(0, UpdatePaths.of(width, touched), delta, 0, 1);
            double shift = 2 * random.nextDouble();
            FiredNeurons fired = new FiredNeurons();
            tree.query(0, shift, fired);
            int next = 0;
            for (int r = 0; r < width; r++) {
              if (Math.abs(z[r]) > shift) {
                assertEquals(r, fired.neuron(next));
                assertEquals(z[r], fired.preActivation(next++));
              }
            }
            assertEquals(next, fired.count());
          }
        });
  }

  /** Distinct neurons in any order, none, some, or all. */
  private static int[] subset(Random random, int width) {
    int[] shuffled = Problems.range(0, width);
    for (int i = width - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int neuron = shuffled[i];
      shuffled[i] = shuffled[other];
      shuffled[other] = neuron;
    }
    return Arrays.copyOf(shuffled, random.nextInt(width + 1));
  }

  @Test
  void updatedLeavesAreCounted() {
    AsynchronousTree tree = tree(1, 2, 3, 4);
    tree.update(0, UpdatePaths.of(4, new int[] {3, 1}), new double[] {1, 1}, 0, 1);
    tree.update(0, UpdatePaths.of(4, new int[0]), new double[0], 0, 1);
    assertEquals(new TreeCounters(0, 0, 0, 0, 2), tree.counters());
  }

  @Test
  void aTreeNeedsANeuron() {
    assertRefused(() -> new AsynchronousTree(3, 0), "at least one neuron", "3 samples × 0");
    assertEquals(0, new AsynchronousTree(0, 4).samples());
  }
}
