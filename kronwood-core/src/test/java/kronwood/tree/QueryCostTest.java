package kronwood.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cost of a query by the tree's own counters, not by the clock. */
class QueryCostTest {
  private static final int RUNS = 50;

  /** Nodes visited per query with {@code fired} neurons at random places. */
  private static double visited(int width, int fired) {
    Random random = new Random(width * 31L + fired);
    AsynchronousTree tree = new AsynchronousTree(1, width);
    FiredNeurons found = new FiredNeurons();
    for (int run = 0; run < RUNS; run++) {
      double[] z = new double[width];
      random.ints(0, width).distinct().limit(fired).forEach(r -> z[r] = 1);
      tree.init(0, z);
      tree.query(0, 0.5, found);
      assertEquals(fired, found.count());
    }
    assertEquals((long) RUNS * fired, tree.counters().neuronsFired());
    return (double) tree.counters().nodesVisited() / RUNS;
  }

  @Test
  void oneFiredNeuronCostsItsPathAndTheSiblingsBesideIt() {
    for (int log = 1; log <= 16; log++) {
      assertEquals(2 * log + 1, visited(1 << log, 1), "width 2^" + log);
    }
  }

  @Test
  void noFiredNeuronCostsTheRoot() {
    for (int width : new int[] {1, 2, 3, 1000, 1 << 16}) {
      assertEquals(1, visited(width, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20})
  void doublingTheWidthAddsAboutTwoNodesPerFiredNeuron(int fired) {
    double before = visited(256, fired);
    for (int width = 512; width <= 1 << 17; width *= 2) {
      double nodes = visited(width, fired);
      assertTrue(
          nodes - before <= 3 * fired,
          before + " nodes at half the width, " + nodes + " at " + width);
      assertTrue(nodes > before, "a deeper tree has longer paths");
      before = nodes;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 4096, 10_000})
  void theCostGrowsWithTheNumberOfFiredNeurons(int width) {
    double before = visited(width, 1);
    for (int fired = 2; fired <= 64; fired *= 2) {
      double nodes = visited(width, fired);
      assertTrue(
          nodes > 1.4 * before && nodes <= 2 * before,
          before + " nodes for half as many, " + nodes + " for " + fired);
      before = nodes;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 4096, 100_000})
  void theCostStaysWithinItsBound(int width) {
    for (int fired : new int[] {1, 2, 3, 10, 50, 200}) {
      double bound = 2.0 * fired * LinearScan.ceilLog2(width) + 1;
      double nodes = visited(width, fired);
      assertTrue(nodes <= bound, nodes + " nodes, expected at most " + bound);
    }
  }
}
