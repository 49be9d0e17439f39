package kronwood.linear;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class RidgeOptionsTest {
  private static RidgeOptions of(
      double smallest, double largest, int count, int iterations, double tolerance, double memory) {
    return new RidgeOptions(smallest, largest, count, iterations, tolerance, false, memory);
  }

  @Test
  void lambdasAreInGeometricProgressionRelativeToTheInputs() {
    RidgeOptions options = of(0.01, 100, 5, 1, 0.1, 1);
    assertArrayEquals(new double[] {0.03, 0.3, 3, 30, 300}, options.lambdas(3), 1e-12);
    assertArrayEquals(new double[] {0.01, 0.1, 1, 10, 100}, options.lambdas(0), 1e-12);
    assertArrayEquals(new double[] {0.5}, of(0.5, 2, 1, 1, 0.1, 1).lambdas(1));
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    assertRefused(() -> of(0, 1, 2, 1, 0.1, 1), "from 0.0 to 1.0");
    assertRefused(() -> of(2, 1, 2, 1, 0.1, 1), "from 2.0 to 1.0");
    assertRefused(() -> of(1, Double.POSITIVE_INFINITY, 2, 1, 0.1, 1), "Infinity");
    assertRefused(() -> of(Double.NaN, 1, 2, 1, 0.1, 1), "NaN");
    assertRefused(() -> of(1, 2, 0, 1, 0.1, 1), "0 values");
    assertRefused(() -> of(1, 2, 25, 1, 0.1, 1), "25 values", "1 to 24");
    assertRefused(() -> of(1, 2, 3, 0, 0.1, 1), "iterations is 0");
    assertRefused(() -> of(1, 2, 3, 1, 1, 1), "tolerance is 1.0");
    assertRefused(() -> of(1, 2, 3, 1, 0, 1), "tolerance is 0.0");
    assertRefused(() -> of(1, 2, 3, 1, 0.1, 0), "memory is 0.0");
  }
}
