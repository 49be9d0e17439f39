package kronwood.report.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AxisTest {
  @Test
  void ticksAreRoundNumbersWithinTheAxis() {
    Axis axis = Axis.of("x", 0.13, 0.92);
    assertEquals(
        List.of("0.2", "0.4", "0.6", "0.8"), axis.ticks().stream().map(axis::text).toList());
  }

  @Test
  void anAxisOfOneValueOrOfNoneHasAWidth() {
    assertTrue(Axis.of("x", 3, 3).high() > 3);
    assertTrue(Axis.around("x", new double[] {Double.NaN}).high() > 0);
  }

  @Test
  void everyAxisHasAFewTicksInsideIt() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 1000; i++) {
      double low = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-8, 9));
      Axis axis = Axis.of("x", low, low + Math.pow(10, random.nextInt(-3, 9)));
      int count = axis.ticks().size();
      assertTrue(count >= 2 && count <= 8, () -> axis + " has " + axis.ticks());
      axis.ticks().forEach(t -> assertTrue(axis.place(t) > -1e-6 && axis.place(t) < 1 + 1e-6));
    }
  }
}
