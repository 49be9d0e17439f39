package kronwood.gram;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import kronwood.data.DenseFeatures;
import kronwood.data.Similarities;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class FactorMapTest {
  @Test
  void directCoordinatesByHand() {
    // Columns 0 and 2 less their means, doubled; then the constant.
    FactorMap map = new DirectFeatureMap(new double[] {1, 7, 3}, new int[] {0, 2}, 2, 0.5);
    assertEquals(3, map.rank());
    assertEquals(3, map.columns());
    double[] out = {9, 9, 9, 9, 9};
    map.embed(DenseFeatures.of(2, 3, new float[] {0, 0, 0, 4, 5, 6}), 1, out, 1);
    assertArrayEquals(new double[] {9, 6, 6, 0.5, 9}, out);
  }

  @Test
  void pivotCoordinatesByHand() {
    // Pivots (2, 0) and (1, 3): Gram matrix (4, 2; 2, 10), L = (2, 0; 1, 3).
    // For (6, 3): g = (12, 15), u = (12 / 2, (15 − 1 · 6) / 3) = (6, 3), times 10.
    FactorMap map =
        new PivotFeatureMap(
            DenseFeatures.of(2, 2, new float[] {2, 0, 1, 3}),
            new double[2],
            new double[] {2, 0, 1, 3},
            10,
            0);
    assertEquals(2, map.rank());
    double[] out = {9, 9, 9};
    map.embed(DenseFeatures.of(1, 2, new float[] {6, 3}), 0, out, 0);
    assertArrayEquals(new double[] {60, 30, 9}, out);
  }

  @Test
  void similarityCoordinatesByHand() {
    // (1, 2, 3; 0, 1, −1) · (10, 20, 30) + (0.5, 0.25), and the constant.
    FactorMap map =
        new SimilarityMap(3, new double[] {1, 2, 3, 0, 1, -1}, new double[] {0.5, 0.25}, 0.125);
    assertEquals(3, map.rank());
    FactorTable table = map.embedAll(Similarities.to(3, 1, new float[] {10, 20, 30}));
    assertEquals(140.5, table.coordinate(0, 0));
    assertEquals(-9.75, table.coordinate(0, 1));
    assertEquals(0.125, table.coordinate(0, 2));
  }

  @Test
  void attributesOfAnotherWidthOrKindAreRefused() {
    Random random = new Random(1);
    FactorMap direct = new DirectFeatureMap(new double[3], new int[] {0, 1, 2}, 1, 0);
    FactorMap pivot =
        new PivotFeatureMap(
            DenseFeatures.of(1, 3, new float[] {1, 0, 0}), new double[3], new double[] {1}, 1, 0);
    FactorMap similarity = new SimilarityMap(3, new double[] {1, 1, 1}, new double[1], 0);
    DenseFeatures fourFeatures = Problems.denseFeatures(random, 2, 4);
    DenseFeatures threeFeatures = Problems.denseFeatures(random, 2, 3);
    Similarities threeSimilarities = Similarities.to(3, 2, new float[6]);
    Similarities twoSimilarities = Similarities.to(2, 2, new float[4]);
    for (FactorMap map : new FactorMap[] {direct, pivot}) {
      assertRefused(() -> map.embedAll(fourFeatures), "found 4 features", "expected 3 features");
      assertRefused(
          () -> map.embedAll(threeSimilarities), "found 3 similarities", "expected 3 features");
    }
    assertRefused(
        () -> similarity.embedAll(threeFeatures),
        "found 3 features",
        "expected similarities to 3 entities");
    assertRefused(
        () -> similarity.embedAll(twoSimilarities),
        "found 2 similarities",
        "similarities to 3 entities");
  }

  @Test
  void tablesAreRowsOfCoordinates() {
    FactorTable table = FactorTable.of(2, 3, new double[] {1, 2, 3, 4, 5, 6});
    assertEquals(2, table.entities());
    assertEquals(3, table.rank());
    assertEquals(6, table.coordinate(1, 2));
    assertEquals(32, table.inner(0, 1));
    assertEquals(77, table.inner(1, 1));
  }

  @Test
  void tablesOfOneRankMakeALongerOne() {
    FactorTable table = FactorTable.of(1, 2, new double[] {1, 2});
    FactorTable both = table.append(FactorTable.of(2, 2, new double[] {3, 4, 5, 6}));
    assertEquals(3, both.entities());
    assertEquals(1, both.coordinate(0, 0));
    assertEquals(6, both.coordinate(2, 1));
    assertEquals(1, table.entities());
    assertRefused(() -> table.append(FactorTable.of(1, 3, new double[3])), "rank 2 and 3");
  }

  @Test
  void coordinatesThatDoNotFitTheirShapeAreRefused() {
    assertRefused(() -> FactorTable.of(2, 3, new double[5]), "2 × 3", "5 values");
    assertRefused(() -> FactorTable.of(2, 0, new double[0]), "2 × 0");
  }
}
