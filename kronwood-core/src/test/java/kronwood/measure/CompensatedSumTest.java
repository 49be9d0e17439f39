package kronwood.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompensatedSumTest {
  @Test
  void keepsWhatALargerTermWouldSwallow() {
    assertEquals(2.0, CompensatedSum.of(new double[] {1, 1e100, 1, -1e100}));
  }

  @Test
  void ofNothingIsZero() {
    assertEquals(0.0, CompensatedSum.of(new double[0]));
  }

  @Test
  void overflowIsInfiniteAndNotNan() {
    assertEquals(
        Double.POSITIVE_INFINITY,
        CompensatedSum.of(new double[] {Double.MAX_VALUE, Double.MAX_VALUE, 1}));
  }

  @Test
  void agreesWithExactArithmeticWherePlainSummationDoesNot() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      double[] terms = new double[2001];
      BigDecimal exact = BigDecimal.ZERO;
      for (int i = 0; i < terms.length; i++) {
        terms[i] = Math.scalb(random.nextGaussian(), random.nextInt(40));
        exact = exact.add(new BigDecimal(terms[i]));
      }
      double expected = exact.doubleValue();
      assertEquals(expected, CompensatedSum.of(terms), Math.ulp(expected), "seed " + seed);
    }
  }
}
