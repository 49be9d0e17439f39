package kronwood.gram;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LandmarkFitTest {
  private static Features positive(Random random, int entities, int columns) {
    float[] values = new float[entities * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(4) == 0 ? 0 : random.nextFloat();
    }
    return DenseFeatures.of(entities, columns, values);
  }

  private static Blocks blocks(Random random, int entities, FeatureKernel... kernels) {
    return new Blocks(
        Stream.of(kernels)
            .map(
                kernel ->
                    (Block)
                        new Block.OfFeatures(
                            "of " + kernel,
                            1 + random.nextInt(3),
                            kernel,
                            positive(random, entities, 4)))
            .toList());
  }

  private static double[] embedded(FactorFit fit, Blocks blocks, int entity) {
    double[] out = new double[fit.map().rank()];
    fit.map().embed(blocks, entity, out, 0);
    return out;
  }

  @Test
  void oneLandmarkOfTwoDirectionsLeavesTheLongerOne() {
    // Rows (2, 0), (0, 1), (2, 1): the last is the longest and describes itself and parts of both.
    Features features = DenseFeatures.of(3, 2, new float[] {2, 0, 0, 1, 2, 1});
    Blocks blocks =
        new Blocks(List.of(new Block.OfFeatures("f", 1, FeatureKernel.LINEAR, features)));
    FactorFit fit =
        LandmarkFit.of(blocks, Problems.range(0, 3), 1, new GramOptions(false, 0, 1e-10));
    // Along (2, 1) / √5: 4 / √5, 1 / √5 and √5, whose mean square is (16 + 1 + 25) / 15.
    double scale = Math.sqrt(15 / 42.0 / 5);
    assertEquals(1, fit.table().rank());
    assertEquals(4 * scale, fit.table().coordinate(0, 0), 1e-6);
    assertEquals(scale, fit.table().coordinate(1, 0), 1e-6);
    assertEquals(5 * scale, fit.table().coordinate(2, 0), 1e-6);
  }

  @TestFactory
  Stream<DynamicTest> withAsManyLandmarksAsAreWantedInnerProductsAreThoseOfTheGramMatrix() {
    return Seeds.runs(
        8,
        random -> {
          int entities = 12 + random.nextInt(20);
          Blocks blocks =
              blocks(
                  random,
                  entities,
                  FeatureKernel.LINEAR,
                  FeatureKernel.COSINE,
                  FeatureKernel.TANIMOTO,
                  FeatureKernel.GAUSSIAN);
          int[] training = Problems.range(2, entities - 3);
          GramOptions options = new GramOptions(random.nextBoolean(), random.nextInt(2), 1e-12);
          FactorFit expected = FactorFit.of(Problems.table("t", blocks), training, options);
          FactorFit found = LandmarkFit.of(blocks, training, entities, options);
          for (int a = 0; a < entities; a++) {
            // Of two new ones, what is outside of all that varies in training may differ.
            for (int b : training) {
              assertEquals(
                  expected.table().inner(a, b), found.table().inner(a, b), 1e-5, a + ", " + b);
            }
            assertArrayEquals(
                row(found, a), embedded(found, blocks, a), 1e-6, "entity " + a + " embedded");
          }
        });
  }

  private static double[] row(FactorFit fit, int entity) {
    double[] row = new double[fit.table().rank()];
    for (int p = 0; p < row.length; p++) {
      row[p] = fit.table().coordinate(entity, p);
    }
    return row;
  }

  @Test
  void moreLandmarksComeCloser() {
    Random random = new Random(3);
    Blocks blocks = blocks(random, 40, FeatureKernel.GAUSSIAN, FeatureKernel.TANIMOTO);
    int[] training = Problems.range(0, 36);
    GramOptions options = GramOptions.DEFAULT;
    FactorFit exact = FactorFit.of(Problems.table("t", blocks), training, options);
    double[] errors = new double[3];
    int[] landmarks = {2, 12, 30};
    for (int k = 0; k < landmarks.length; k++) {
      FactorFit fit = LandmarkFit.of(blocks, training, landmarks[k], options);
      assertEquals(landmarks[k] + 1, fit.table().rank());
      for (int a = 0; a < 40; a++) {
        for (int b = 0; b < a; b++) {
          errors[k] += Math.abs(exact.table().inner(a, b) - fit.table().inner(a, b));
        }
      }
    }
    assertTrue(
        errors[1] < 0.7 * errors[0] && errors[2] < 0.5 * errors[1],
        errors[0] + " " + errors[1] + " " + errors[2]);
  }

  @Test
  void componentsOfManyEntitiesNeedNoGramMatrix() {
    int entities = 50_000;
    Random random = new Random(4);
    Blocks blocks = blocks(random, entities, FeatureKernel.COSINE);
    EntityTable table = Problems.table("t", blocks);
    int[] training = Problems.range(0, entities - 10);
    GramOptions components = new GramOptions(true, 1, 1e-10, Map.of("t", 2));
    assertTrue(FactorFit.bytes(table, training.length, components) < 3e9);
    assertTrue(FactorFit.bytes(table, training.length, GramOptions.DEFAULT) > 3e10);
    FactorFit fit = FactorFit.of(table, training, components);
    assertEquals(3, fit.table().rank());
    assertInstanceOf(ComponentMap.class, fit.map());
    assertArrayEquals(row(fit, entities - 1), embedded(fit, blocks, entities - 1), 1e-9);
    assertRefused(() -> FactorFit.of(table, training, GramOptions.DEFAULT), "principal components");
  }
}
