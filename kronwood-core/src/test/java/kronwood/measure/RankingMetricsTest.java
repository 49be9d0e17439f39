package kronwood.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingMetricsTest {
  private static int[] numbered(int count) {
    return IntStream.range(0, count).toArray();
  }

  @Test
  void oneEntityAgreesWithTheAnswersByHand() {
    RankingMetrics metrics = new RankingMetrics(List.of(2, 3), 5);
    // In order: relevant, not, relevant, not, relevant.
    assertTrue(
        metrics.add(
            numbered(5),
            new double[] {0.1, 0.9, 0.5, 0.7, 0.3},
            new boolean[] {true, true, true, false, false}));
    RankingReport report = metrics.report();
    assertEquals(1.0 / 2, report.get("precision@2"));
    assertEquals(1.0 / 3, report.get("recall@2"));
    assertEquals(2.0 / 3, report.get("precision@3"), 1e-15);
    assertEquals(2.0 / 3, report.get("recall@3"), 1e-15);
    assertEquals(1, report.get("hit@2"));
    double second = 1 / (Math.log(3) / Math.log(2));
    assertEquals(1 / (1 + second), report.get("ndcg@2"), 1e-15);
    assertEquals(1.5 / (1 + second + 0.5), report.get("ndcg@3"), 1e-15);
    assertEquals(1.0 / 2, report.get("map@2"));
    assertEquals((1 + 2.0 / 3) / 3, report.get("map@3"), 1e-15);
    assertEquals((1 + 2.0 / 3 + 3.0 / 5) / 3, report.get("map"), 1e-15);
    assertEquals(1, report.get("mrr@2"));
    assertEquals(2.0 / 5, report.get("coverage@2"));
    assertEquals(3.0 / 5, report.get("coverage@3"));
    assertEquals(1, report.entities());
    assertEquals(5, report.candidates());
  }

  @Test
  void meansAreOverEntitiesThatHaveARelevantCandidate() {
    RankingMetrics metrics = new RankingMetrics(List.of(1), 4);
    metrics.add(new int[] {0, 1}, new double[] {2, 1}, new boolean[] {true, false});
    metrics.add(new int[] {0, 1}, new double[] {2, 1}, new boolean[] {false, true});
    assertFalse(metrics.add(new int[] {3}, new double[] {2}, new boolean[] {false}));
    RankingReport report = metrics.report();
    assertEquals(0.5, report.get("hit@1"));
    assertEquals(0.75, report.get("mrr"));
    // The third entity's list shows nobody anything.
    assertEquals(0.25, report.get("coverage@1"));
    assertEquals(2, report.entities());
    assertEquals(1, report.without());
    assertTrue(Double.isNaN(new RankingMetrics(List.of(1), 4).report().get("ndcg@1")));
  }

  @Test
  void tiesCountAsTheMeanOverAllTheirOrders() {
    RankingMetrics metrics = new RankingMetrics(List.of(1, 2), 3);
    metrics.add(numbered(3), new double[] {1, 1, 1}, new boolean[] {false, false, true});
    RankingReport report = metrics.report();
    assertEquals(1.0 / 3, report.get("precision@1"), 1e-15);
    assertEquals(2.0 / 3, report.get("hit@2"), 1e-15);
    assertEquals((1 + 1.0 / 2 + 1.0 / 3) / 3, report.get("mrr"), 1e-15);
  }

  @Test
  void randomRankingsAgreeWithTheDefinitions() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int n = 1 + random.nextInt(6);
      // Few different values: there are ties.
      double[] predictions = random.ints(n, 0, 3).asDoubleStream().toArray();
      boolean[] relevant = new boolean[n];
      relevant[random.nextInt(n)] = true;
      for (int i = 0; i < n; i++) {
        relevant[i] |= random.nextInt(3) == 0;
      }
      List<Integer> cuts = List.of(1, 2, 7);
      RankingMetrics metrics = new RankingMetrics(cuts, 7);
      metrics.add(numbered(n), predictions, relevant);
      RankingReport report = metrics.report();
      for (RankingMetric metric : RankingMetric.values()) {
        if (metric == RankingMetric.COVERAGE) {
          continue;
        }
        for (int k : cuts) {
          assertEquals(
              DirectRankingMetrics.of(metric, k, predictions, relevant),
              report.get(metric.at(k)),
              1e-12,
              metric.at(k) + " of seed " + seed);
        }
        if (metric.hasWhole()) {
          assertEquals(
              DirectRankingMetrics.of(metric, 0, predictions, relevant),
              report.get(metric.key()),
              1e-12,
              metric.key() + " of seed " + seed);
        }
      }
    }
  }

  @Test
  void aPredictionThatIsNoNumberComesLast() {
    RankingMetrics metrics = new RankingMetrics(List.of(1), 3);
    metrics.add(numbered(3), new double[] {Double.NaN, -5, -6}, new boolean[] {true, false, false});
    assertEquals(1.0 / 3, metrics.report().get("mrr"), 1e-15);
  }

  @Test
  void cutsThatNoListHasAreRefused() {
    for (int k : new int[] {0, 4}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> new RankingMetrics(List.of(k), 3))
              .getMessage();
      assertEquals(
          "ranking metrics at " + k + ": expected a number from 1 to the 3 candidates", message);
    }
  }

  @Test
  void metricsAreFoundByTheirKeys() {
    for (RankingMetric metric : RankingMetric.values()) {
      assertSame(metric, RankingMetric.ofKey(metric.key()));
    }
    assertThrows(IllegalArgumentException.class, () -> RankingMetric.ofKey("dcg"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RankingMetrics(List.of(1), 3).report().get("ndcg@2"));
  }
}
