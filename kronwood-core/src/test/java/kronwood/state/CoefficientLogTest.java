package kronwood.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CoefficientLogTest {
  @Test
  void entriesAreKeptInTheOrderTheyCame() {
    CoefficientLog log = new CoefficientLog(3, 2);
    log.add(1, 7, 0.5, -1);
    log.add(1, 2, 4, 8);
    log.add(2, 2, 3, 0);
    assertEquals(3, log.neurons());
    assertEquals(0, log.length(0));
    assertEquals(2, log.length(1));
    assertEquals(7, log.position(1, 0));
    assertEquals(2, log.position(1, 1));
    assertEquals(-1, log.coefficient(1, 1, 0));
    assertEquals(3, log.coefficient(0, 2, 0));
    log.clear();
    assertEquals(0, log.length(1));
  }

  @Test
  void coefficientsAreSumsOverTheScaledParts() {
    CoefficientLog log = new CoefficientLog(1, 2);
    log.add(0, 7, 0.5, -1);
    log.add(0, 2, 4, 8);
    double[] scales = {2, 0.25};
    double[] wide = {9, 9};
    float[] narrow = {9, 9};
    log.coefficients(0, scales, wide);
    log.coefficients(0, scales, 0, narrow);
    assertArrayEquals(new double[] {0.75, 10}, wide);
    assertArrayEquals(new float[] {0.75f, 10}, narrow);
  }

  @Test
  void itGrows() {
    CoefficientLog log = new CoefficientLog(2, 1);
    for (int e = 0; e < 100; e++) {
      log.add(1, e, 0.5 * e);
    }
    assertEquals(100, log.length(1));
    for (int e = 0; e < 100; e++) {
      assertEquals(e, log.positions(1)[e]);
      assertEquals(0.5 * e, log.coefficient(0, 1, e));
    }
  }
}
