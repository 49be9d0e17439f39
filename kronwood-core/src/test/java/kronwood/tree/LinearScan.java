package kronwood.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a query must find, by looking at every neuron. */
final class LinearScan {
  private LinearScan() {}

  /** The tree reports exactly the values above the shift, in increasing order of neurons. */
  static void assertFinds(AsynchronousTree tree, int sample, double[] z, double shift) {
    FiredNeurons fired = new FiredNeurons();
    TreeCounters before = tree.counters();
    tree.query(sample, shift, fired);
    TreeCounters after = tree.counters();
    int next = 0;
    for (int r = 0; r < z.length; r++) {
      if (z[r] > shift) {
        assertTrue(next < fired.count(), "neuron " + r + " of " + z.length + " is missing");
        assertEquals(r, fired.neuron(next), "fired neuron at position " + next);
        assertEquals(z[r], fired.preActivation(next), "pre-activation of neuron " + r);
        next++;
      }
    }
    assertEquals(next, fired.count(), "neurons reported of " + z.length);
    assertEquals(1, after.queries() - before.queries());
    assertEquals(next, after.neuronsFired() - before.neuronsFired());
    long visited = after.nodesVisited() - before.nodesVisited();
    long bound = 2L * next * ceilLog2(z.length) + 1;
    assertTrue(
        visited <= bound,
        () -> visited + " nodes visited for " + after + ", expected at most " + bound);
    long leaves = after.leavesVisited() - before.leavesVisited();
    assertTrue(leaves >= next && leaves <= Math.min(z.length, visited), leaves + " leaves");
  }

  static int ceilLog2(int m) {
    return 32 - Integer.numberOfLeadingZeros(m - 1);
  }
}
