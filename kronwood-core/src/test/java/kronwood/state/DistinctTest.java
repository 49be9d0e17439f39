package kronwood.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DistinctTest {
  @Test
  void partsAreNumberedByTheirKeysAndKnowTheirFirstInput() {
    long[] keys = {5, 2, 5, 1L << 40, 2, 2};
    Distinct distinct = Distinct.of(keys.length, p -> keys[p]);
    assertEquals(3, distinct.size());
    assertArrayEquals(new int[] {1, 0, 1, 2, 0, 0}, distinct.of());
    assertArrayEquals(new int[] {1, 0, 3}, distinct.first());
  }

  @Test
  void noInputsHaveNoParts() {
    assertEquals(0, Distinct.of(0, p -> p).size());
  }
}
