package kronwood.state;

import static kronwood.state.Representation.COEFFICIENT;
import static kronwood.state.Representation.VALUE;
import static kronwood.state.Representation.WEIGHT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;
import kronwood.testing.PairInputs;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class StateLayoutTest {
  /** 20 inputs of 5 entities with 3 coordinates and 4 entities with 2. */
  private static final StructuredInputs INPUTS =
      Problems.inputs(new Random(1), 20, new int[] {5, 4}, new int[] {3, 2}, 0, 1);

  private static StateLayout modes(Representation... representations) {
    return new StateLayout(false, List.of(representations));
  }

  private static StateLayout whole(Representation representation) {
    return new StateLayout(true, List.of(representation));
  }

  private static void assertCosts(double size, double read, double update, StateLayout layout) {
    assertEquals(size, layout.size(INPUTS), layout::toString);
    assertEquals(read, layout.readCost(INPUTS), layout::toString);
    assertEquals(update, layout.updateCost(INPUTS), layout::toString);
  }

  @Test
  void sizesAndCostsAreProductsOverTheModes() {
    assertCosts(6, 6, 6, modes(WEIGHT, WEIGHT));
    assertCosts(20, 1, 20, modes(VALUE, VALUE));
    assertCosts(20, 20, 1, modes(COEFFICIENT, COEFFICIENT));
    assertCosts(20, 4, 5, modes(VALUE, COEFFICIENT));
    assertCosts(20, 5, 4, modes(COEFFICIENT, VALUE));
    assertCosts(10, 10, 2, modes(COEFFICIENT, WEIGHT));
    assertCosts(10, 2, 10, modes(VALUE, WEIGHT));
    assertCosts(12, 3, 12, modes(WEIGHT, VALUE));
  }

  @Test
  void wholeInputsAreEntitiesOfOneMode() {
    assertCosts(6, 6, 6, whole(WEIGHT));
    assertCosts(20, 1, 20, whole(VALUE));
    assertCosts(20, 20, 1, whole(COEFFICIENT));
  }

  @Test
  void theLongestArrayOfABlockHasARowForEachDifferentSetOfEntities() {
    // 3 rows of 5 values, which take a strip of 128 each; of many inputs, 5.
    assertEquals(3 * 128, modes(VALUE, COEFFICIENT).blockArray(INPUTS, 3));
    assertEquals(5 * 128, modes(VALUE, COEFFICIENT).blockArray(INPUTS, 100));
    // 4 rows of 4 values against 5 of 3 coordinates.
    assertEquals(5 * 128, modes(WEIGHT, VALUE).blockArray(INPUTS, 100));
    // 6 rows of 6 coordinates; of many inputs one for each of 20 pairs.
    assertEquals(6 * 128, modes(WEIGHT, WEIGHT).blockArray(INPUTS, 6));
    assertEquals(20 * 128, modes(WEIGHT, WEIGHT).blockArray(INPUTS, 100));
    assertEquals(20 * 128, whole(VALUE).blockArray(INPUTS, 100));
  }

  /** A symmetric pair is two products, of which the first is enough to read a symmetric state. */
  @Test
  void aSumIsWrittenAsAllItsProducts() {
    StructuredInputs pairs =
        PairInputs.draw(new Random(2), 30, PairStructure.SYMMETRIC, new int[] {0, 0});
    StateLayout layout = modes(VALUE, COEFFICIENT);
    assertEquals(2, layout.writes(pairs));
    assertEquals(1, layout.reads(pairs));
    assertEquals(9, layout.readCost(pairs));
    assertEquals(2 * 9, layout.updateCost(pairs));
    assertEquals(1, whole(VALUE).writes(pairs));
    assertEquals(30, whole(VALUE).updateCost(pairs));
  }

  @Test
  void itIsNamedForOptionsAndForPeople() {
    List<String> names = List.of("left", "right");
    assertEquals("left=VALUE,right=WEIGHT", modes(VALUE, WEIGHT).named(names));
    assertEquals("whole=COEFFICIENT", whole(COEFFICIENT).named(names));
    assertEquals("value ⊗ weight", modes(VALUE, WEIGHT).toString());
    assertEquals("coefficient of whole inputs", whole(COEFFICIENT).toString());
  }
}
