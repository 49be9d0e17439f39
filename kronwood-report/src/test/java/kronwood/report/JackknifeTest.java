package kronwood.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import kronwood.data.EntityTuples;
import org.junit.jupiter.api.Test;

class JackknifeTest {
  private static double half(EntityTuples tuples, double[] values) {
    int[] all = IntStream.range(0, values.length).toArray();
    return Jackknife.halfWidths(
        tuples,
        all,
        1,
        some -> new double[] {Arrays.stream(some).mapToDouble(i -> values[i]).average().orElse(0)})[
        0];
  }

  /** Pairs of 30 × 30 entities whose values have a part of each entity. */
  private static double[] values(SplittableRandom random, double ofEntity) {
    double[] left = random.doubles(30).map(x -> x - 0.5).toArray();
    double[] right = random.doubles(30).map(x -> x - 0.5).toArray();
    double[] values = new double[900];
    for (int i = 0; i < 900; i++) {
      values[i] =
          ofEntity * (left[i / 30] + right[i % 30]) + (1 - ofEntity) * (random.nextDouble() - 0.5);
    }
    return values;
  }

  private static EntityTuples grid() {
    return EntityTuples.of(
        2, IntStream.range(0, 900).flatMap(i -> IntStream.of(i / 30, i % 30)).toArray());
  }

  @Test
  void intervalsHoldTheMeanAboutAsOftenAsTheySay() {
    for (double ofEntity : new double[] {0, 0.8}) {
      SplittableRandom random = new SplittableRandom(3);
      int held = 0;
      for (int draw = 0; draw < 200; draw++) {
        double[] values = values(random, ofEntity);
        double mean = Arrays.stream(values).average().orElseThrow();
        held += Math.abs(mean) <= half(grid(), values) ? 1 : 0;
      }
      assertTrue(held >= 176 && held <= 200, held + " of 200 with entities " + ofEntity);
    }
  }

  @Test
  void samplesThatShareEntitiesTellLess() {
    SplittableRandom random = new SplittableRandom(4);
    double apart = half(grid(), values(random, 0));
    double together = half(grid(), values(random, 0.8));
    assertTrue(together > 3 * apart, together + " and " + apart);
  }

  @Test
  void fewSamplesHaveNoInterval() {
    assertEquals(Double.NaN, half(EntityTuples.of(2, new int[20]), new double[10]));
  }
}
