package kronwood.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.TreeSet;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class UpdatePathsTest {
  private static int[] inner(UpdatePaths paths) {
    int[] inner = new int[paths.innerCount()];
    for (int i = 0; i < inner.length; i++) {
      inner[i] = paths.inner(i);
    }
    return inner;
  }

  @Test
  void thePathsOfTwoNeuronsByHand() {
    // Of five neurons, 0 is node 5 below 2 and 1; 4 is node 9 below 4, 2 and 1.
    UpdatePaths paths = UpdatePaths.of(5, new int[] {4, 0});
    assertArrayEquals(new int[] {4, 2, 1}, inner(paths));
    assertEquals(2, paths.neuronCount());
    assertEquals(4, paths.neuron(0));
    assertEquals(0, paths.neuron(1));
  }

  @Test
  void aTreeOfOneLeafHasNoInnerNode() {
    assertEquals(0, UpdatePaths.of(1, new int[] {0}).innerCount());
  }

  @Test
  void withoutNeuronsThereAreNoPaths() {
    UpdatePaths paths = UpdatePaths.of(9, new int[0]);
    assertEquals(0, paths.neuronCount());
    assertEquals(0, paths.innerCount());
  }

  @Test
  void everyAncestorComesOnceAndAfterItsChildren() {
    Random random = new Random(1);
    for (int width : new int[] {2, 3, 17, 64, 100}) {
      int[] touched = random.ints(8, 0, width).distinct().toArray();
      int[] inner = inner(UpdatePaths.of(width, touched));
      TreeSet<Integer> ancestors = new TreeSet<>();
      for (int neuron : touched) {
        for (int p = (width + neuron) / 2; p >= 1; p /= 2) {
          ancestors.add(p);
        }
      }
      assertArrayEquals(
          ancestors.descendingSet().stream().mapToInt(Integer::intValue).toArray(), inner);
    }
  }

  @Test
  void allNeuronsTouchAllInnerNodes() {
    for (int width = 1; width < 40; width++) {
      assertEquals(width - 1, UpdatePaths.of(width, Problems.range(0, width)).innerCount());
    }
  }

  @Test
  void theCallersArrayIsNotShared() {
    int[] touched = {1};
    UpdatePaths paths = UpdatePaths.of(4, touched);
    touched[0] = 3;
    assertEquals(1, paths.neuron(0));
  }

  @Test
  void firedNeuronsAreABufferThatGrows() {
    FiredNeurons fired = new FiredNeurons();
    for (int r = 0; r < 1000; r++) {
      fired.add(r, r + 0.5);
    }
    assertEquals(1000, fired.count());
    assertEquals(999, fired.neuron(999));
    assertEquals(999.5, fired.preActivation(999));
    fired.rotate(300);
    assertEquals(300, fired.neuron(0));
    assertEquals(999.5, fired.preActivation(699));
    assertEquals(0, fired.neuron(700));
    assertEquals(299.5, fired.preActivation(999));
    fired.clear();
    assertEquals(0, fired.count());
  }
}
