package kronwood.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import kronwood.input.StructuredInputs;
import kronwood.testing.Problems;

/**
 * Random inputs of ridge regression, options that solve exactly, and the comparison with what is
 * expected.
 */
final class RidgeProblems {
  private RidgeProblems() {}

  static final RidgeOptions EXACT = new RidgeOptions(1e-3, 1e2, 12, 5000, 1e-13, false, 1e9);

  static final int[][] LAYOUTS = {{0}, {0, 1}, {0, 0}, {0, 1, 2}, {0, 1, 0}};

  static StructuredInputs random(Random random, int size, int[] layout) {
    int[] entities = {2 + random.nextInt(7), 2 + random.nextInt(9), 1 + random.nextInt(4)};
    int[] ranks = {1 + random.nextInt(5), 1 + random.nextInt(4), 1 + random.nextInt(3)};
    return Problems.inputs(random, size, entities, ranks, layout);
  }

  static void assertClose(double[] expected, double[] actual, double share) {
    double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
    assertArrayEquals(expected, actual, share * scale);
  }
}
