package kronwood.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RealArrayTest {
  @ParameterizedTest
  @EnumSource(Precision.class)
  void aStretchIsAddedToNumbersOfDoublePrecision(Precision precision) {
    RealArray array = precision.array(4);
    array.write(0, new double[] {0.1, 2, -3, 5}, 4);
    double[] target = {1, 1, 1, 1, 1};
    array.addTo(target, 2, 0.5, 1, 2);
    assertArrayEquals(new double[] {1, 1, 2, -0.5, 1}, target);

    // What is kept is rounded, the sum is not.
    double kept = precision == Precision.SINGLE ? 0.1f : 0.1;
    assertEquals(kept, array.get(0));
    array.addTo(target, 0, 3, 0, 1);
    assertEquals(1 + 3 * kept, target[0]);
  }
}
