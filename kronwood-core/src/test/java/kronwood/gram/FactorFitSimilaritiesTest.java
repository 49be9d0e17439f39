package kronwood.gram;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.Similarities;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactorFitSimilaritiesTest {
  private static FactorFit fit(Similarities similarities, int[] training, GramOptions options) {
    return FactorFit.of(Problems.table("t", similarities), training, options);
  }

  private static GramOptions options(boolean centre, double constant) {
    return new GramOptions(centre, constant, 1e-10);
  }

  @Test
  void anIndefiniteMatrixByHand() {
    // (1, 2; 2, 1) is clipped to 1.5 everywhere, and scaled to 1: one coordinate for both.
    FactorFit fit =
        fit(Similarities.square(2, new float[] {1, 2, 2, 1}), new int[] {0, 1}, options(false, 0));
    NaiveGram.assertInnerProducts(new double[] {1, 1, 1, 1}, fit.table(), new int[] {0, 1}, 1e-14);
    assertEquals(1, fit.report().rank());
    assertEquals(1, fit.report().clipped());
    assertEquals(-1, fit.report().mostNegative(), 1e-14);
    assertEquals(0.25, fit.report().clippedShare(), 1e-14);
  }

  @Test
  void centringByHand() {
    // Means 2, 1, total 1.5: centred (0.5, −0.5; −0.5, 0.5), scaled by 2; plus 1, halved.
    FactorFit fit =
        fit(Similarities.square(2, new float[] {3, 1, 1, 1}), new int[] {0, 1}, options(true, 1));
    NaiveGram.assertInnerProducts(new double[] {1, 0, 0, 1}, fit.table(), new int[] {0, 1}, 1e-14);
    assertEquals(new FactorReport(2, 0, 0, 0), fit.report());
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "true, 1", "true, 0.3", "false, 0", "false, 1", "false, 0.3"})
  void innerProductsOfTrainingEntitiesAreTheGramMatrix(boolean centre, double constant) {
    GramOptions options = options(centre, constant);
    Random random = new Random(6);
    int[] training = {0, 1, 3, 4, 5, 8, 9, 10, 13, 15, 16, 17, 18, 19, 20, 22, 23, 24};
    for (Similarities similarities :
        new Similarities[] {
          Problems.similarities(random, 25, 40),
          Problems.similarities(random, 25, 6),
          Problems.similarities(random, 25, 1),
          Problems.indefiniteSimilarities(random, 25)
        }) {
      FactorFit fit = fit(similarities, training, options);
      double[] expected = NaiveGram.ofSimilarities(similarities, training, options);
      NaiveGram.assertInnerProducts(expected, fit.table(), training, 1e-9);
      assertEquals(1, NaiveGram.meanDiagonal(fit.table(), training), 1e-9);
      assertEquals(fit.map().rank(), fit.report().rank());
      assertEquals(training.length, fit.map().columns());
    }
  }

  @Test
  void theRankOfADeficientMatrixIsFound() {
    Random random = new Random(7);
    int[] all = Problems.range(0, 20);
    Similarities similarities = Problems.similarities(random, 20, 4);
    assertEquals(4, fit(similarities, all, options(false, 0)).report().rank());
    assertEquals(4, fit(similarities, all, options(true, 0)).report().rank());
    assertEquals(5, fit(similarities, all, options(true, 1)).report().rank());
  }

  @TestFactory
  Stream<DynamicTest> roundingToSinglePrecisionIsNeitherClippedNorAmplified() {
    // A matrix of low rank is positive semi-definite only until it is rounded.
    return Seeds.runs(
        10,
        random -> {
          int n = 20 + random.nextInt(100);
          int rank = 2 + random.nextInt(10);
          double[] u = Problems.gaussian(random, n * rank);
          float[] values = new float[n * n];
          for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
              double inner = 0;
              for (int c = 0; c < rank; c++) {
                inner += u[i * rank + c] * u[j * rank + c];
              }
              values[i * n + j] = (float) inner;
            }
          }
          Similarities similarities = Similarities.square(n, values);
          FactorFit fit = fit(similarities, Problems.range(0, n), options(true, 1));
          assertEquals(0, fit.report().clipped());
          double[] expected =
              NaiveGram.ofSimilarities(similarities, Problems.range(0, n), options(true, 1));
          NaiveGram.assertInnerProducts(expected, fit.table(), Problems.range(0, n), 1e-4);
        });
  }

  @Test
  void theReportCountsWhatIsClippedAmongTrainingEntitiesOnly() {
    // Entities 0 and 1 are as in the example by hand; 2 and 3 would add two more.
    float[] values = {1, 2, 0, 0, 2, 1, 0, 0, 0, 0, -3, 0, 0, 0, 0, -5};
    FactorFit fit = fit(Similarities.square(4, values), new int[] {0, 1}, options(false, 0));
    assertEquals(1, fit.report().clipped());
    assertEquals(-1, fit.report().mostNegative(), 1e-14);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void entitiesThatDoNotTrainDoNotInfluenceTheFit(boolean indefinite) {
    Random random = new Random(8);
    Similarities before =
        indefinite
            ? Problems.indefiniteSimilarities(random, 15)
            : Problems.similarities(random, 15, 20);
    int[] training = {1, 2, 3, 6, 8, 9, 10, 14};
    float[] changed = new float[15 * 15];
    for (int i = 0; i < 15; i++) {
      for (int j = 0; j <= i; j++) {
        boolean trains =
            Arrays.binarySearch(training, i) >= 0 && Arrays.binarySearch(training, j) >= 0;
        float value = trains ? before.value(i, j) : random.nextFloat();
        changed[i * 15 + j] = value;
        changed[j * 15 + i] = value;
      }
    }
    FactorFit first = fit(before, training, options(true, 1));
    FactorFit second = fit(Similarities.square(15, changed), training, options(true, 1));
    SimilarityMap map = assertInstanceOf(SimilarityMap.class, first.map());
    SimilarityMap other = assertInstanceOf(SimilarityMap.class, second.map());
    assertArrayEquals(map.map(), other.map());
    assertArrayEquals(map.offset(), other.offset());
    assertEquals(map.constant(), other.constant());
    assertEquals(first.report(), second.report());
    assertTrue(first.table().inner(0, 1) != second.table().inner(0, 1));
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void aKnownEntityGivenAsNewGetsItsCoordinates(boolean indefinite, boolean centre) {
    Random random = new Random(9);
    Similarities similarities =
        indefinite
            ? Problems.indefiniteSimilarities(random, 15)
            : Problems.similarities(random, 15, 5);
    int[] training = {0, 2, 3, 4, 7, 8, 11, 12, 14};
    FactorFit fit = fit(similarities, training, options(centre, 1));
    assertArrayEquals(training, fit.trainingEntities());
    for (int entity = 0; entity < 15; entity++) {
      float[] row = new float[training.length];
      for (int j = 0; j < row.length; j++) {
        row[j] = similarities.value(entity, training[j]);
      }
      FactorTable embedded = fit.map().embedAll(Similarities.to(row.length, 1, row));
      for (int c = 0; c < fit.table().rank(); c++) {
        assertEquals(fit.table().coordinate(entity, c), embedded.coordinate(0, c), 1e-9);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> similaritiesThatAreInnerProductsActLikeTheFeatures() {
    return Seeds.runs(
        10,
        random -> {
          // Small whole numbers: inner products are exact in single precision.
          int entities = 12;
          int columns = 1 + random.nextInt(20);
          float[] features = new float[entities * columns];
          for (int i = 0; i < features.length; i++) {
            features[i] = random.nextInt(7) - 3;
          }
          float[] inner = new float[entities * entities];
          for (int i = 0; i < entities; i++) {
            for (int j = 0; j < entities; j++) {
              for (int c = 0; c < columns; c++) {
                inner[i * entities + j] += features[i * columns + c] * features[j * columns + c];
              }
            }
          }
          int[] training = Problems.range(0, 10);
          GramOptions options = options(random.nextBoolean(), 1);
          FactorTable byFeatures =
              FactorFit.of(
                      Problems.table("t", DenseFeatures.of(entities, columns, features)),
                      training,
                      options)
                  .table();
          FactorTable bySimilarities =
              fit(Similarities.square(entities, inner), training, options).table();
          // Also towards entities that did not train.
          for (int a : training) {
            for (int b = 0; b < entities; b++) {
              assertEquals(byFeatures.inner(a, b), bySimilarities.inner(a, b), 1e-8);
            }
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 49})
  void equalTrainingEntitiesAreRefusedWhereNoConstantIsAdded(int entities) {
    for (float value : new float[] {0, 1, 0.1f, 1 / 3f, 1e-3f, 12345.678f}) {
      Similarities similarities = equal(entities, value);
      assertRefused(
          () -> fit(similarities, Problems.range(0, entities), options(true, 0)),
          entities + " training entities",
          "'t'",
          "same attributes");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 10, 49})
  void equalTrainingEntitiesKeepTheConstantOnly(int entities) {
    for (float value : new float[] {0, 1, 0.1f, 1 / 3f, 1e-3f, 12345.678f}) {
      FactorFit fit = fit(equal(entities, value), Problems.range(0, entities), options(true, 1));
      assertEquals(1, fit.report().rank(), "similarity " + value);
      assertEquals(0.5, fit.table().inner(0, entities - 1), 1e-12);
    }
  }

  private static Similarities equal(int entities, float value) {
    float[] values = new float[entities * entities];
    Arrays.fill(values, value);
    return Similarities.square(entities, values);
  }

  @Test
  void aMatrixWithNothingPositiveIsRefused() {
    Similarities negative = Similarities.square(2, new float[] {-2, 1, 1, -2});
    assertRefused(
        () -> fit(negative, new int[] {0, 1}, options(false, 0)), "every input would be zero");
  }

  @Test
  void aMatrixThatIsNotSquareIsRefusedWithItsShape() {
    EntityTable table =
        new EntityTable(
            "t",
            EntityIds.of(List.of("a", "b")),
            List.of("x", "y", "z"),
            Similarities.to(3, 2, new float[6]));
    assertRefused(() -> FactorFit.of(table, new int[] {0}, GramOptions.DEFAULT), "2 × 3", "square");
  }
}
