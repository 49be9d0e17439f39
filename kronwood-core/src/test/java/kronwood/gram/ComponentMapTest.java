package kronwood.gram;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import java.util.Random;
import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.DenseFeatures;
import kronwood.data.FeatureKernel;
import kronwood.math.SymmetricEigen;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class ComponentMapTest {
  private static final int[] TRAINING = {0, 1, 3, 4, 6, 7, 8, 9, 11, 12, 13, 15};
  private static final int ENTITIES = 16;

  private static FactorFit fit(
      Attributes attributes, int[] training, double constant, Map<String, Integer> components) {
    return FactorFit.of(
        Problems.table("t", attributes),
        training,
        new GramOptions(true, constant, 1e-10, components));
  }

  @Test
  void oneComponentByHand() {
    // Along (1, 1) the variance is 4, along (1, −1) it is 1. The first alone, scaled to mean square
    // 1: (2, 2) is at √2 and (1, −1) at 0. The new one, (3, 1), has the same share as (2, 2).
    DenseFeatures features = DenseFeatures.of(5, 2, new float[] {2, 2, -2, -2, 1, -1, -1, 1, 3, 1});
    FactorFit fit = fit(features, Problems.range(0, 4), 0, Map.of("t", 1));
    FactorTable table = fit.table();
    assertEquals(1, fit.report().rank());
    assertEquals(2, table.inner(0, 0), 1e-12);
    assertEquals(-2, table.inner(0, 1), 1e-12);
    assertEquals(0, table.inner(2, 2), 1e-12);
    assertEquals(2, table.inner(0, 4), 1e-12);
    assertEquals(2, table.inner(4, 4), 1e-12);
  }

  /** Attributes of each kind, of which training entities have more than 5 coordinates. */
  private static List<Attributes> everyKind(Random random) {
    DenseFeatures narrow = Problems.denseFeatures(random, ENTITIES, 7);
    DenseFeatures wide = Problems.denseFeatures(random, ENTITIES, 40);
    return List.of(
        narrow,
        wide,
        Problems.sparseFeatures(random, ENTITIES, 30, 0.5),
        Problems.similarities(random, ENTITIES, 9),
        new Blocks(
            List.of(
                new Block.OfFeatures("a", 1, FeatureKernel.GAUSSIAN, narrow),
                new Block.OfFeatures("b", 0.5, FeatureKernel.COSINE, wide))));
  }

  /** The nearest matrix of a rank, by the eigenvectors of the whole, at the same mean diagonal. */
  private static double[] truncated(FactorTable table, int components) {
    int n = TRAINING.length;
    double[] gram = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram[i * n + j] = table.inner(TRAINING[i], TRAINING[j]);
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(gram, n);
    double kept = 0;
    for (int p = 1; p <= components; p++) {
      kept += eigen.values()[n - p];
    }
    double[] nearest = new double[n * n];
    for (int p = 1; p <= components; p++) {
      for (int i = 0; i < n * n; i++) {
        nearest[i] +=
            n
                / kept
                * eigen.values()[n - p]
                * eigen.vectors()[(n - p) * n + i / n]
                * eigen.vectors()[(n - p) * n + i % n];
      }
    }
    return nearest;
  }

  @Test
  void innerProductsAreTheNearestOfTheirRank() {
    Random random = new Random(4);
    for (Attributes attributes : everyKind(random)) {
      FactorTable whole = fit(attributes, TRAINING, 0, Map.of()).table();
      for (int components : new int[] {1, 3, 5}) {
        double[] expected = truncated(whole, components);
        FactorFit plain = fit(attributes, TRAINING, 0, Map.of("t", components));
        assertEquals(components, plain.map().rank());
        NaiveGram.assertInnerProducts(expected, plain.table(), TRAINING, 1e-5);
        FactorFit shifted = fit(attributes, TRAINING, 0.5, Map.of("t", components));
        assertEquals(components + 1, shifted.map().rank());
        for (int i = 0; i < expected.length; i++) {
          expected[i] = (expected[i] + 0.5) / 1.5;
        }
        NaiveGram.assertInnerProducts(expected, shifted.table(), TRAINING, 1e-5);
      }
    }
  }

  @Test
  void componentsAreUncorrelatedAndDescend() {
    Attributes features = Problems.denseFeatures(new Random(5), ENTITIES, 7);
    FactorTable table = fit(features, TRAINING, 1, Map.of("t", 4)).table();
    double before = Double.POSITIVE_INFINITY;
    for (int a = 0; a < 4; a++) {
      for (int b = 0; b <= a; b++) {
        double product = 0;
        for (int entity : TRAINING) {
          product += table.coordinate(entity, a) * table.coordinate(entity, b);
        }
        if (b < a) {
          assertEquals(0, product, 1e-12);
        } else {
          assertEquals(Math.min(before, product), product);
          before = product;
        }
      }
    }
  }

  @Test
  void allComponentsAreTheWholeInOtherCoordinates() {
    Random random = new Random(6);
    for (Attributes attributes : everyKind(random)) {
      FactorFit whole = fit(attributes, TRAINING, 1, Map.of());
      int coordinates = whole.map().rank() - 1;
      ComponentMap all =
          ComponentMap.fit(
              whole.map(),
              whole.table(),
              TRAINING,
              coordinates,
              GramOptions.DEFAULT.constantCoordinate());
      FactorTable table = all.project(whole.table());
      for (int e = 0; e < ENTITIES; e++) {
        for (int f = 0; f < ENTITIES; f++) {
          assertEquals(whole.table().inner(e, f), table.inner(e, f), 1e-9);
        }
      }
      // Asked for, they are found even where nothing is left out; of blocks without the others.
      FactorFit asked = fit(attributes, TRAINING, 1, Map.of("t", coordinates + 1));
      Class<?> kind = attributes instanceof Blocks ? BlocksMap.class : ComponentMap.class;
      assertSame(kind, asked.map().getClass());
      assertEquals(whole.map().rank(), asked.map().rank());
      for (int e = 0; e < ENTITIES; e++) {
        assertEquals(whole.table().inner(e, 1), asked.table().inner(e, 1), 1e-5);
      }
    }
  }

  @Test
  void entitiesOutsideTheTrainingChangeNothing() {
    Random random = new Random(7);
    DenseFeatures features = Problems.denseFeatures(random, ENTITIES, 7);
    int[] order = Problems.range(0, ENTITIES);
    order[2] = 5;
    order[5] = 10;
    order[10] = 14;
    Map<String, Integer> three = Map.of("t", 3);
    ComponentMap one = (ComponentMap) fit(features, TRAINING, 1, three).map();
    ComponentMap other = (ComponentMap) fit(features.select(order), TRAINING, 1, three).map();
    assertArrayEquals(one.matrix(), other.matrix());
  }

  @Test
  void manyEntitiesAreAddedUpInBlocks() {
    // More than two blocks of entities, the last one incomplete.
    int n = 300;
    DenseFeatures features = Problems.denseFeatures(new Random(8), n, 3);
    int[] training = Problems.range(0, n);
    FactorFit whole = fit(features, training, 0, Map.of());
    double[] moments = new double[9];
    for (int entity : training) {
      for (int i = 0; i < 9; i++) {
        moments[i] +=
            whole.table().coordinate(entity, i / 3) * whole.table().coordinate(entity, i % 3) / n;
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(moments, 3);
    FactorTable table = fit(features, training, 0, Map.of("t", 2)).table();
    double kept = eigen.values()[1] + eigen.values()[2];
    for (int c = 0; c < 2; c++) {
      double square = 0;
      for (int entity : training) {
        square += table.coordinate(entity, c) * table.coordinate(entity, c) / n;
      }
      assertEquals(eigen.values()[2 - c] / kept, square, 1e-12);
    }
  }

  @Test
  void attributesGoThroughTheBase() {
    FactorMap base = new DirectFeatureMap(new double[] {1, 1}, new int[] {0, 1}, 2, 0.5);
    ComponentMap map = new ComponentMap(base, 1, new double[] {0.6, 0.8}, 0.5);
    double[] out = {9, 9, 9, 9};
    map.embed(DenseFeatures.of(1, 2, new float[] {2, 3}), 0, out, 1);
    // 0.6 · 2 + 0.8 · 4.
    assertArrayEquals(new double[] {9, 4.4, 0.5, 9}, out, 1e-15);
    assertEquals(2, map.columns());
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    FactorMap base = new DirectFeatureMap(new double[] {1, 1}, new int[] {0, 1}, 2, 0.5);
    assertRefused(() -> new ComponentMap(base, 2, new double[3], 0.5), "3 values", "2 components");
    assertRefused(() -> new ComponentMap(base, 0, new double[0], 0.5), "0 principal components");
    ComponentMap map = new ComponentMap(base, 1, new double[] {0.6, 0.8}, 0.5);
    assertRefused(
        () -> new ComponentMap(map, 1, new double[] {1}, 0.5), "components of components");
    assertRefused(() -> new GramOptions(true, 1, 1e-10, Map.of("t", 0)), "'t' are 0");
  }
}
