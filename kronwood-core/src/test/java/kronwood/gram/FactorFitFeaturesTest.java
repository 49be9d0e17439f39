package kronwood.gram;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.DenseFeatures;
import kronwood.data.Features;
import kronwood.data.SparseFeatures;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactorFitFeaturesTest {
  private static final double TOLERANCE = 1e-9;

  private static FactorFit fit(Features features, int[] training, GramOptions options) {
    return FactorFit.of(Problems.table("t", features), training, options);
  }

  private static GramOptions options(boolean centre, double constant) {
    return new GramOptions(centre, constant, 1e-10);
  }

  @Test
  void twoEntitiesByHand() {
    // Centred, 1 and 3 are −1 and 1, and the Gram matrix (1, −1; −1, 1); plus 1, halved: identity.
    DenseFeatures features = DenseFeatures.of(3, 1, new float[] {1, 3, 4});
    FactorTable table = fit(features, new int[] {0, 1}, options(true, 1)).table();
    assertEquals(1, table.inner(0, 0), 1e-15);
    assertEquals(0, table.inner(0, 1), 1e-15);
    assertEquals(1, table.inner(1, 1), 1e-15);
    // The entity that does not train is 2 from the centre of the others: (−2 + 1) / 2, (2 + 1) / 2.
    assertEquals(-0.5, table.inner(0, 2), 1e-15);
    assertEquals(1.5, table.inner(1, 2), 1e-15);
  }

  @Test
  void twoEntitiesOfFourFeaturesByHand() {
    // Not centred: (5, 3; 3, 9) has mean diagonal 7; more features than entities.
    DenseFeatures features = DenseFeatures.of(2, 4, new float[] {1, 2, 0, 0, 1, 1, 1, -2.4494898f});
    FactorFit fit = fit(features, new int[] {0, 1}, options(false, 0));
    assertInstanceOf(PivotFeatureMap.class, fit.map());
    NaiveGram.assertInnerProducts(
        new double[] {5.0 / 7, 3.0 / 7, 3.0 / 7, 9.0 / 7}, fit.table(), new int[] {0, 1}, 1e-7);
    assertEquals(2, fit.report().rank());
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "true, 1", "true, 0.3", "false, 0", "false, 1", "false, 0.3"})
  void innerProductsOfTrainingEntitiesAreTheGramMatrix(boolean centre, double constant) {
    GramOptions options = options(centre, constant);
    Random random = new Random(1);
    for (int columns : new int[] {1, 3, 10, 19, 20, 21, 40, 200}) {
      for (Features features :
          new Features[] {
            Problems.denseFeatures(random, 30, columns),
            Problems.sparseFeatures(random, 30, columns, 0.5)
          }) {
        int[] training = {0, 2, 3, 5, 6, 7, 8, 11, 12, 13, 14, 15, 17, 18, 21, 22, 24, 26, 27, 29};
        FactorFit fit = fit(features, training, options);
        double[] expected = NaiveGram.ofFeatures(features, training, options);
        NaiveGram.assertInnerProducts(expected, fit.table(), training, TOLERANCE);
        assertEquals(1, NaiveGram.meanDiagonal(fit.table(), training), TOLERANCE);
        assertEquals(fit.table().rank(), fit.map().rank());
        assertEquals(new FactorReport(fit.map().rank(), 0, 0, 0), fit.report());
      }
    }
  }

  @Test
  void theRankNeverExceedsFeaturesNorTrainingEntities() {
    Random random = new Random(2);
    int[] training = Problems.range(0, 8);
    for (int columns : new int[] {1, 5, 8, 9, 50}) {
      Features features = Problems.denseFeatures(random, 12, columns);
      int rank = fit(features, training, options(false, 0)).report().rank();
      assertEquals(Math.min(8, columns), rank, columns + " features");
      // Centring takes one direction away where entities are the scarce side.
      int centred = fit(features, training, options(true, 0)).report().rank();
      assertEquals(columns <= 8 ? columns : 7, centred, columns + " features, centred");
    }
  }

  @Test
  void columnsThatDoNotVaryAreDropped() {
    float[] values = {7, 1, 0.1f, 7, 2, 0.1f, 7, 4, 0.1f, 7, 4, 0.1f, 7, 9, 0.1f};
    Features features = DenseFeatures.of(5, 3, values);
    FactorFit fit = fit(features, Problems.range(0, 5), options(true, 0));
    assertEquals(1, fit.report().rank());
    assertEquals(1, NaiveGram.meanDiagonal(fit.table(), Problems.range(0, 5)), 1e-12);
  }

  @Test
  void linearlyDependentEntitiesAreReducedToTheirRank() {
    // Ten entities of 30 features in a space of three dimensions.
    Random random = new Random(3);
    double[] basis = Problems.gaussian(random, 3 * 30);
    float[] values = new float[10 * 30];
    for (int e = 0; e < 10; e++) {
      for (int b = 0; b < 3; b++) {
        int weight = random.nextInt(5) - 2;
        for (int c = 0; c < 30; c++) {
          values[e * 30 + c] += weight * (float) (Math.round(16 * basis[b * 30 + c]) / 16.0);
        }
      }
    }
    Features features = DenseFeatures.of(10, 30, values);
    for (double constant : new double[] {0, 1}) {
      GramOptions options = options(true, constant);
      FactorFit fit = fit(features, Problems.range(0, 10), options);
      assertEquals(3 + (int) constant, fit.report().rank());
      NaiveGram.assertInnerProducts(
          NaiveGram.ofFeatures(features, Problems.range(0, 10), options),
          fit.table(),
          Problems.range(0, 10),
          TOLERANCE);
    }
  }

  @TestFactory
  Stream<DynamicTest> directAndReducedCoordinatesHaveTheSameGramMatrix() {
    return Seeds.runs(
        10,
        random -> {
          // The same features, padded with columns of zeros until they outnumber the entities.
          int columns = 1 + random.nextInt(8);
          int entities = 15;
          float[] values = Problems.gaussianFloats(random, entities * columns);
          float[] padded = new float[entities * 40];
          for (int e = 0; e < entities; e++) {
            System.arraycopy(values, e * columns, padded, e * 40, columns);
          }
          int[] training = Problems.range(2, 12);
          for (boolean centre : new boolean[] {true, false}) {
            GramOptions options = options(centre, random.nextInt(2));
            FactorFit direct = fit(DenseFeatures.of(entities, columns, values), training, options);
            FactorFit reduced = fit(DenseFeatures.of(entities, 40, padded), training, options);
            assertInstanceOf(DirectFeatureMap.class, direct.map());
            assertInstanceOf(PivotFeatureMap.class, reduced.map());
            // The training entities span the features' space, so this holds for all entities.
            for (int a = 0; a < entities; a++) {
              for (int b = 0; b < entities; b++) {
                double expected = direct.table().inner(a, b);
                double tolerance = 1e-8 * Math.max(1, Math.abs(expected));
                assertEquals(expected, reduced.table().inner(a, b), tolerance, a + ", " + b);
              }
            }
          }
        });
  }

  @Test
  void inOtherDirectionsThanTheTrainingEntitiesNothingCounts() {
    // Entity 2 has a fifth feature that no training entity has.
    float[] values = {1, 0, 0, 0, 0, /**/ 0, 1, 0, 0, 0, /**/ 1, 1, 0, 0, 5};
    FactorTable table =
        fit(DenseFeatures.of(3, 5, values), new int[] {0, 1}, options(false, 0)).table();
    assertEquals(1, table.inner(0, 2), 1e-12);
    assertEquals(1, table.inner(1, 2), 1e-12);
    assertEquals(2, table.inner(2, 2), 1e-12);
  }

  @ParameterizedTest
  @CsvSource({"5, true", "5, false", "60, true", "60, false"})
  void entitiesThatDoNotTrainDoNotInfluenceTheFit(int columns, boolean centre) {
    Random random = new Random(4);
    float[] values = Problems.gaussianFloats(random, 20 * columns);
    int[] training = {1, 4, 5, 6, 9, 12, 13, 19};
    float[] changed = values.clone();
    for (int e = 0; e < 20; e++) {
      if (Arrays.binarySearch(training, e) < 0) {
        for (int c = 0; c < columns; c++) {
          changed[e * columns + c] = (float) (100 * random.nextGaussian());
        }
      }
    }
    GramOptions options = options(centre, 1);
    FactorFit before = fit(DenseFeatures.of(20, columns, values), training, options);
    FactorFit after = fit(DenseFeatures.of(20, columns, changed), training, options);
    assertArrayEquals(numbers(before.map()), numbers(after.map()));
    assertEquals(before.report(), after.report());
    for (int entity : training) {
      for (int c = 0; c < before.table().rank(); c++) {
        assertEquals(before.table().coordinate(entity, c), after.table().coordinate(entity, c));
      }
    }
    assertTrue(before.table().inner(0, 0) != after.table().inner(0, 0));
  }

  private static double[] numbers(FactorMap map) {
    return switch (map) {
      case DirectFeatureMap direct ->
          concatenate(
              direct.mean(),
              Arrays.stream(direct.kept()).asDoubleStream().toArray(),
              new double[] {direct.scale(), direct.constant()});
      case PivotFeatureMap pivot ->
          concatenate(
              pivot.mean(),
              Problems.toArray(pivot.pivots()),
              pivot.lower(),
              new double[] {pivot.scale(), pivot.constant()});
      case SimilarityMap similarity ->
          concatenate(similarity.map(), similarity.offset(), new double[] {similarity.constant()});
      case BlocksMap blocks -> numbers(blocks.projection());
      case ComponentMap components -> concatenate(numbers(components.base()), components.matrix());
      case IdentityMap identities -> new double[] {identities.own(), identities.shared()};
    };
  }

  private static double[] concatenate(double[]... parts) {
    return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
  }

  @ParameterizedTest
  @CsvSource({"5, true", "5, false", "60, true", "60, false"})
  void aKnownEntityGivenAsNewGetsItsCoordinates(int columns, boolean centre) {
    Features features = Problems.sparseFeatures(new Random(5), 20, columns, 0.6);
    int[] training = Problems.range(0, 12);
    FactorFit fit = fit(features, training, options(centre, 0.5));
    // A table of new entities in another order, one of them twice.
    int[] asNew = {19, 3, 0, 11, 3};
    FactorTable embedded = fit.map().embedAll(features.select(asNew));
    for (int i = 0; i < asNew.length; i++) {
      for (int c = 0; c < fit.table().rank(); c++) {
        double tolerance = TOLERANCE * Math.max(1, Math.abs(fit.table().coordinate(asNew[i], c)));
        assertEquals(fit.table().coordinate(asNew[i], c), embedded.coordinate(i, c), tolerance);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2", "3, 40", "7, 40", "10, 7", "10, 200", "49, 60"})
  void equalTrainingEntitiesAreRefusedWhereNoConstantIsAdded(int entities, int columns) {
    for (float value : new float[] {0, 1, 0.1f, -1 / 3f, 1e-3f, 12345.678f}) {
      Features features = equal(entities, columns, value);
      assertRefused(
          () -> fit(features, Problems.range(0, entities), options(true, 0)),
          entities + " training entities",
          "'t'",
          "same attributes");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2", "3, 40", "7, 40", "10, 7", "10, 200", "49, 60"})
  void equalTrainingEntitiesKeepTheConstantOnly(int entities, int columns) {
    for (float value : new float[] {0, 1, 0.1f, -1 / 3f, 1e-3f, 12345.678f}) {
      FactorFit fit =
          fit(equal(entities, columns, value), Problems.range(0, entities), options(true, 1));
      String message = value + ", rank " + fit.report().rank();
      assertEquals(1, fit.report().rank(), message);
      assertEquals(0.5, fit.table().inner(0, entities - 1), 1e-12, message);
    }
  }

  /** Entities that share features around {@code value}. */
  private static Features equal(int entities, int columns, float value) {
    float[] values = new float[entities * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = value * (1 + i % columns);
    }
    return DenseFeatures.of(entities, columns, values);
  }

  @Test
  void moreTrainingEntitiesThanAMatrixHasRoomForAreFittedOrRefusedByTheirNumber() {
    int entities = 46_341;
    Features zeros =
        SparseFeatures.of(entities + 1, new int[entities + 1], new int[0], new float[0]);
    try {
      assertEquals(1, fit(zeros, Problems.range(0, entities), options(true, 1)).report().rank());
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage().contains("46341"), e.getMessage());
    }
  }

  @Test
  void zeroFeaturesAreRefusedWithoutCentringToo() {
    Features zeros = DenseFeatures.of(3, 2, new float[6]);
    assertRefused(
        () -> fit(zeros, Problems.range(0, 3), options(false, 0)), "every input would be zero");
  }

  @Test
  void aTableWithoutTrainingEntitiesIsNamed() {
    Features features = DenseFeatures.of(3, 2, new float[6]);
    assertRefused(() -> fit(features, new int[0], GramOptions.DEFAULT), "no entity of table 't'");
  }
}
