package kronwood.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void equalValuesShareTheMeanOfTheirRanks() {
    assertArrayEquals(
        new double[] {4, 1.5, 4, 4, 1.5}, Ranking.of(new double[] {7, -2, 7, 7, -2}).midRanks());
  }

  @Test
  void negativeZeroTiesWithZero() {
    assertArrayEquals(
        new double[] {2.5, 2.5, 1, 4}, Ranking.of(new double[] {0.0, -0.0, -1, 1}).midRanks());
  }

  @Test
  void nothingHasNoRanks() {
    assertEquals(0, Ranking.of(new double[0]).midRanks().length);
  }

  @Test
  void groupsCoverTheAscendingOrder() {
    for (int seed = 1; seed <= 50; seed++) {
      double[] values = tied(new Random(seed), 1 + seed);
      Ranking ranking = Ranking.of(values);
      String message = "seed " + seed;
      assertEquals(values.length, ranking.size(), message);
      int end;
      for (int start = 0; start < values.length; start = end) {
        end = ranking.groupEnd(start);
        assertTrue(end > start, message);
        for (int position = start; position < end; position++) {
          assertEquals(values[ranking.at(start)], values[ranking.at(position)], message);
          assertEquals(start, ranking.groupStart(position), message);
          assertEquals(start, ranking.group(ranking.at(position)), message);
        }
        if (end < values.length) {
          assertTrue(values[ranking.at(start)] < values[ranking.at(end)], message);
        }
      }
      assertArrayEquals(DirectMetrics.midRanks(values), ranking.midRanks(), message);
    }
  }

  private static double[] tied(Random random, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(1 + size / 3) - size / 6;
    }
    return values;
  }
}
