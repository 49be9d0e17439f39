package kronwood.gram;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GramOptionsTest {
  @Test
  void theDefaultIsCentredWithConstantOne() {
    assertEquals(new GramOptions(true, 1, 1e-10), GramOptions.DEFAULT);
  }

  @Test
  void aConstantBelowZeroIsNamed() {
    assertRefused(() -> new GramOptions(true, -0.5, 1e-10), "constant is -0.5");
    assertRefused(() -> new GramOptions(true, Double.NaN, 1e-10), "constant is NaN");
    assertRefused(
        () -> new GramOptions(true, Double.POSITIVE_INFINITY, 1e-10), "constant is Infinity");
  }

  @Test
  void aToleranceOutsideZeroAndOneIsNamed() {
    assertRefused(() -> new GramOptions(true, 1, 0), "tolerance is 0.0");
    assertRefused(() -> new GramOptions(true, 1, 1), "tolerance is 1.0");
    assertRefused(() -> new GramOptions(true, 1, Double.NaN), "tolerance is NaN");
  }
}
