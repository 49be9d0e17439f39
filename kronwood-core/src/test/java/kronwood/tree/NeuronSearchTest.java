package kronwood.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Searches by hand; that those of all engines explain their queries, EngineAgreementTest holds. */
class NeuronSearchTest {
  private static AsynchronousTree tree(boolean twoSided, double... z) {
    AsynchronousTree tree = new AsynchronousTree(1, z.length, twoSided);
    tree.init(0, z);
    return tree;
  }

  @Test
  void aTournamentIsFollowedDownToTheNeuronsThatFire() {
    // Node 1 is above nodes 2 and 3, node 2 above 4 and 5; neurons are the nodes 3, 4 and 5.
    NeuronSearch search = tree(false, 1, -1, 2).search(0, 1.5);
    assertEquals(3, search.levels().size());
    assertArrayEquals(new int[] {0}, search.levels().get(0).visited());
    assertArrayEquals(new double[] {2}, search.levels().get(0).bounds());
    assertEquals(2, search.levels().get(1).places());
    assertArrayEquals(new double[] {2, 1}, search.levels().get(1).bounds());
    assertEquals(4, search.levels().get(2).places());
    assertArrayEquals(new int[] {0, 1}, search.levels().get(2).visited());
    assertArrayEquals(new double[] {-1, 2}, search.levels().get(2).bounds());
    assertArrayEquals(new int[] {0, 1, 2}, search.visited());
    assertArrayEquals(new double[] {1, -1, 2}, search.leaves());
    assertEquals(1, search.fired());
    assertTrue(search.fires(2));
    assertFalse(search.lazy());
  }

  @Test
  void itEndsAtTheRootIfNoNeuronFires() {
    AsynchronousTree tree = tree(false, 1, -1, 2);
    NeuronSearch search = tree.search(0, 2);
    assertEquals(1, search.levels().size());
    assertEquals(0, search.visited().length);
    assertEquals(0, search.fired());
    assertEquals(0, tree.counters().nodesVisited(), "no work is counted");
    assertEquals(1, tree(false, 0.5).search(0, 0).fired(), "a root that is a neuron");
  }

  @Test
  void ofATwoSidedTreeBoundsAreMagnitudes() {
    NeuronSearch search = tree(true, 0.5, -3).search(0, 1);
    assertArrayEquals(new double[] {3}, search.levels().get(0).bounds());
    assertArrayEquals(new double[] {0.5, 3}, search.bounds());
    assertArrayEquals(new double[] {0.5, -3}, search.leaves());
    assertEquals(1, search.fired());
    assertTrue(search.fires(1));
  }

  @Test
  void aLazyTreeOpensNodesWhoseBoundReachesTheShift() {
    float[] z = new float[65];
    Arrays.fill(z, -1);
    z[0] = 1;
    z[64] = 0.25f;
    LazyTree tree = new LazyTree(65);
    tree.begin(1, z, 65);
    tree.repair(0);
    NeuronSearch still = tree.search(0, 1, 0.5, new int[] {0}, new double[] {1});
    assertEquals(2, still.levels().getFirst().visited().length);
    assertArrayEquals(IntStream.range(0, 64).toArray(), still.visited());
    assertEquals(1, still.candidates());
    assertEquals(1, still.fired());

    tree.setDrift(64, 0.5);
    tree.repairDrift(1);
    int[] found = new int[65];
    assertEquals(2, tree.query(0, 1, 0.5, found));
    NeuronSearch moved = tree.search(0, 1, 0.5, Arrays.copyOf(found, 2), new double[] {1, 0.375});
    assertTrue(moved.lazy());
    assertArrayEquals(IntStream.range(0, 65).toArray(), moved.visited());
    assertEquals(0.75, moved.bounds()[64], 1e-5);
    assertEquals(0.25, moved.leaves()[64]);
    assertEquals(0.375, moved.exact()[64]);
    assertTrue(moved.isCandidate(64) && !moved.fires(64), "evaluated in vain");
    assertFalse(moved.isCandidate(1) || moved.fires(1), "ruled out by its bound");
    assertEquals(2, moved.candidates());
    assertEquals(1, moved.fired());
  }
}
