package kronwood.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LazyTreeTest {
  @Test
  void reportsTheNeuronsThatTheirDriftMayHaveLiftedOverTheShift() {
    LazyTree tree = new LazyTree(3);
    tree.begin(1, new double[] {0.5, 1.5, 0.9});
    tree.setDrift(0, 0.2);
    tree.setDrift(2, 0.2);
    int[] candidates = new int[3];
    // ‖x‖ = 1: at most 0.7, 1.5 and 1.1 against a shift of 1.
    assertEquals(2, tree.query(0, 1, 1, candidates));
    assertArrayEquals(new int[] {1, 2}, Arrays.copyOf(candidates, 2));
    // ‖x‖ = 3: at most 1.1, 1.5 and 1.5.
    assertEquals(3, tree.query(0, 3, 1, candidates));
  }

  @Test
  void forgetsDriftWhenABlockBegins() {
    LazyTree tree = new LazyTree(2);
    tree.begin(1, new double[] {0, 0});
    tree.setDrift(1, 100);
    tree.begin(1, new double[] {0, 0});
    assertEquals(0, tree.query(0, 1, 1, new int[2]));
  }

  @TestFactory
  Stream<DynamicTest> missesNoNeuronThatStayedWithinItsBound() {
    return Seeds.runs(
        20,
        random -> {
          int neurons = 1 + random.nextInt(200);
          int samples = 1 + random.nextInt(5);
          double[] z = random.doubles((long) neurons * samples, -2, 2).toArray();
          LazyTree tree = new LazyTree(neurons);
          tree.begin(samples, z);
          double[] drift = new double[neurons];
          for (int r = 0; r < neurons; r++) {
            drift[r] = random.nextBoolean() ? 0 : random.nextDouble();
            tree.setDrift(r, drift[r]);
          }
          double norm = 2 * random.nextDouble();
          double shift = random.nextDouble();
          int[] candidates = new int[neurons];
          for (int p = 0; p < samples; p++) {
            int count = tree.query(p, norm, shift, candidates);
            boolean[] reported = new boolean[neurons];
            for (int i = 0; i < count; i++) {
              reported[candidates[i]] = true;
              assertTrue(i == 0 || candidates[i] > candidates[i - 1], "increasing");
            }
            for (int r = 0; r < neurons; r++) {
              double most = z[p * neurons + r] + norm * drift[r];
              assertTrue(reported[r] || most <= shift, "neuron " + r + " was missed");
              assertTrue(!reported[r] || most > shift - 1e-6, "neuron " + r + " cannot fire");
            }
          }
        });
  }

  @Test
  void reportsANeuronThatReachesTheShiftUpToRounding() {
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      double shift = random.nextDouble();
      double drift = random.nextDouble();
      LazyTree tree = new LazyTree(1);
      tree.begin(1, new double[] {Math.nextDown(shift - drift)});
      tree.setDrift(0, drift);
      assertEquals(1, tree.query(0, 1, shift, new int[1]), "shift " + shift);
    }
  }
}
