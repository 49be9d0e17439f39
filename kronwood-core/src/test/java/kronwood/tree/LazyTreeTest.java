package kronwood.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LazyTreeTest {
  /** A tree of samples of which nothing has moved. */
  private static LazyTree tree(int neurons, int samples, float[] z, int stride) {
    LazyTree tree = new LazyTree(neurons);
    tree.begin(samples, z, stride);
    for (int p = 0; p < samples; p++) {
      tree.repair(p);
    }
    return tree;
  }

  private static void drift(LazyTree tree, double[] bounds) {
    for (int r = 0; r < bounds.length; r++) {
      tree.setDrift(r, bounds[r]);
    }
    for (int node = 0; node * LazyTree.nodeSize() < bounds.length; node++) {
      tree.repairDrift(node);
    }
  }

  private static int[] query(LazyTree tree, int position, double norm, double shift, int neurons) {
    int[] candidates = new int[neurons];
    return Arrays.copyOf(candidates, tree.query(position, norm, shift, candidates));
  }

  @Test
  void reportsTheNeuronsThatTheirDriftMayHaveLiftedOverTheShift() {
    LazyTree tree = tree(3, 1, new float[] {0.5f, 1.5f, 0.9f}, 3);
    drift(tree, new double[] {0.2, 0, 0.2});
    int[] candidates = new int[3];
    // ‖x‖ = 1: at most 0.7, 1.5 and 1.1 against a shift of 1.
    assertEquals(2, tree.query(0, 1, 1, candidates));
    assertArrayEquals(new int[] {1, 2}, Arrays.copyOf(candidates, 2));
    // ‖x‖ = 3: at most 1.1, 1.5 and 1.5.
    assertEquals(3, tree.query(0, 3, 1, candidates));
  }

  @Test
  void aTwoSidedTreeReportsNeuronsThatMayHaveSunkBelowMinusTheShift() {
    LazyTree tree = new LazyTree(4, true);
    tree.begin(1, new float[] {-0.5f, -1.5f, 0.9f, -0.7f}, 4);
    tree.repair(0);
    drift(tree, new double[] {0.2, 0, 0.2, 0.4});
    int[] candidates = new int[4];
    // Magnitudes of at most 0.7, 1.5, 1.1 and 1.1.
    assertEquals(3, tree.query(0, 1, 1, candidates));
    assertArrayEquals(new int[] {1, 2, 3}, Arrays.copyOf(candidates, 3));
  }

  @TestFactory
  Stream<DynamicTest> aTwoSidedTreeReportsWhatOneOfTheMagnitudesWould() {
    return Seeds.runs(
        20,
        random -> {
          int neurons = 1 + random.nextInt(200);
          float[] z = new float[neurons];
          float[] magnitudes = new float[neurons];
          double[] drift = new double[neurons];
          for (int r = 0; r < neurons; r++) {
            z[r] = 4 * random.nextFloat() - 2;
            magnitudes[r] = Math.abs(z[r]);
            drift[r] = random.nextBoolean() ? 0 : random.nextDouble();
          }
          LazyTree twoSided = new LazyTree(neurons, true);
          twoSided.begin(1, z, neurons);
          twoSided.repair(0);
          LazyTree ofMagnitudes = tree(neurons, 1, magnitudes, neurons);
          drift(twoSided, drift);
          drift(ofMagnitudes, drift);
          for (double shift : new double[] {0, 0.5, 1.7, 2.5}) {
            assertArrayEquals(
                query(ofMagnitudes, 0, 0.8, shift, neurons),
                query(twoSided, 0, 0.8, shift, neurons));
          }
        });
  }

  @Test
  void forgetsDriftWhenABlockBegins() {
    LazyTree tree = tree(2, 1, new float[] {0, 0}, 2);
    drift(tree, new double[] {0, 100});
    assertEquals(1, tree.query(0, 1, 1, new int[2]));
    tree.begin(1, new float[] {0, 0}, 2);
    tree.repair(0);
    assertEquals(0, tree.query(0, 1, 1, new int[2]));
  }

  @Test
  void whatLiesBetweenTheSamplesIsNoNeuron() {
    float[] z = {0, 0, 9, 9, 0, 0, 9, 9};
    LazyTree tree = tree(2, 2, z, 4);
    assertEquals(0, tree.query(0, 1, 1, new int[2]));
    assertEquals(0, tree.query(1, 1, 1, new int[2]));
  }

  @Test
  void aBlockMayBeLargerOrSmallerThanTheLast() {
    LazyTree tree = new LazyTree(70);
    for (int samples : new int[] {3, 1, 9, 0, 4}) {
      float[] z = new float[80 * samples];
      for (int p = 0; p < samples; p++) {
        z[80 * p + (p * 13) % 70] = 2;
      }
      tree.begin(samples, z, 80);
      for (int p = 0; p < samples; p++) {
        tree.repair(p);
      }
      for (int p = 0; p < samples; p++) {
        assertEquals(1, tree.query(p, 1, 1, new int[70]));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> reportsExactlyTheNeuronsWithinReachUpToRounding() {
    return Seeds.runs(
        20,
        random -> {
          int neurons = 1 + random.nextInt(200);
          int stride = neurons + random.nextInt(3);
          int samples = 1 + random.nextInt(5);
          float[] z = new float[stride * samples];
          for (int i = 0; i < z.length; i++) {
            z[i] = 4 * random.nextFloat() - 2;
          }
          LazyTree tree = tree(neurons, samples, z, stride);
          double[] drift = new double[neurons];
          for (int r = 0; r < neurons; r++) {
            drift[r] = random.nextBoolean() ? 0 : random.nextDouble();
          }
          drift(tree, drift);
          double norm = 2 * random.nextDouble();
          double shift = random.nextDouble();
          for (int p = 0; p < samples; p++) {
            int[] candidates = query(tree, p, norm, shift, neurons);
            boolean[] reported = new boolean[neurons];
            for (int i = 0; i < candidates.length; i++) {
              reported[candidates[i]] = true;
              assertTrue(i == 0 || candidates[i] > candidates[i - 1], "increasing");
            }
            for (int r = 0; r < neurons; r++) {
              double most = z[p * stride + r] + norm * drift[r];
              assertTrue(reported[r] || most <= shift, "neuron " + r + " was missed");
              assertTrue(!reported[r] || most > shift - 2e-5, "neuron " + r + " cannot fire");
            }
          }
        });
  }

  private static double magnitude(Random random) {
    double[] magnitudes = {0, 1e-30, 1e-12, 1e-7, 1e-3, 1, 30, 1e3, 1e5, 1e6};
    return magnitudes[random.nextInt(magnitudes.length)] * (0.5 + random.nextDouble());
  }

  /**
   * A neuron whose pre-activation has, in exact arithmetic, just passed the shift by moving along
   * the sample as far as its bound allows: the hardest that a query can be asked.
   */
  @TestFactory
  Stream<DynamicTest> missesNoNeuronHoweverLargeOrSmallTheNumbersAre() {
    return Seeds.runs(
        10,
        random -> {
          int close = 0;
          for (int i = 0; i < 20_000; i++) {
            double shift = random.nextInt(4) == 0 ? magnitude(random) : 2 * random.nextDouble();
            shift *= random.nextInt(6) == 0 ? -1 : 1;
            double norm = random.nextInt(3) == 0 ? 1 : magnitude(random);
            double drift = magnitude(random);
            BigDecimal most = new BigDecimal(norm).multiply(new BigDecimal(drift));
            // The smallest number in double precision that the movement lifts over the shift.
            double z = new BigDecimal(shift).subtract(most).doubleValue();
            z += Math.ulp(z) * random.nextInt(3);
            if (Math.abs(z) > 1e13
                || new BigDecimal(z).add(most).compareTo(new BigDecimal(shift)) <= 0) {
              continue;
            }
            close++;
            int neurons = 1 + random.nextInt(130);
            int r = random.nextInt(neurons);
            float[] leaves = new float[neurons];
            Arrays.fill(leaves, -Float.MAX_VALUE / 4);
            leaves[r] = (float) z;
            LazyTree tree = tree(neurons, 1, leaves, neurons);
            double[] bounds = new double[neurons];
            bounds[r] = drift;
            drift(tree, bounds);
            String what = "z " + z + ", norm " + norm + ", drift " + drift + ", shift " + shift;
            assertArrayEquals(new int[] {r}, query(tree, 0, norm, shift, neurons), what);
          }
          assertTrue(close > 5000, close + " neurons compared");
        });
  }

  @Test
  void reportsANeuronThatReachesTheShiftUpToRounding() {
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      double shift = random.nextDouble();
      double drift = random.nextDouble();
      LazyTree tree = tree(1, 1, new float[] {(float) Math.nextDown(shift - drift)}, 1);
      drift(tree, new double[] {drift});
      assertEquals(1, tree.query(0, 1, shift, new int[1]), "shift " + shift);
    }
  }

  @Test
  void aNodeIsOpenedForTheOneNeuronInItThatMoves() {
    int neurons = 3 * LazyTree.nodeSize();
    float[] z = new float[neurons];
    Arrays.fill(z, -1);
    LazyTree tree = tree(neurons, 1, z, neurons);
    for (int r = 0; r < neurons; r++) {
      tree.setDrift(r, 3);
      tree.repairDrift(r / LazyTree.nodeSize());
      assertArrayEquals(new int[] {r}, query(tree, 0, 1, 1, neurons));
      tree.setDrift(r, 0);
      tree.repairDrift(r / LazyTree.nodeSize());
    }
  }
}
