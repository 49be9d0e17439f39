package kronwood.data;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SparseFeaturesTest {
  // Rows (5, 0, 7), (0, 0, 0) and (0, −2, 0).
  private static final int[] STARTS = {0, 2, 2, 3};
  private static final int[] COLUMNS = {0, 2, 1};
  private static final float[] VALUES = {5, 7, -2};

  @Test
  void absentValuesAreZero() {
    SparseFeatures features = SparseFeatures.of(3, STARTS, COLUMNS, VALUES);
    assertEquals(3, features.entities());
    assertEquals(3, features.columns());
    assertEquals(3, features.storedValues());
    assertArrayEquals(new double[] {5, 0, 7, 0, 0, 0, 0, -2, 0}, Problems.toArray(features));
  }

  @Test
  void innerProductSumAndNormByHand() {
    SparseFeatures features = SparseFeatures.of(3, STARTS, COLUMNS, VALUES);
    assertEquals(705, features.dot(0, new double[] {1, 10, 100}));
    assertEquals(0, features.dot(1, new double[] {1, 10, 100}));
    double[] sum = {1, 1, 1};
    features.addTo(0, 2, sum);
    assertArrayEquals(new double[] {11, 1, 15}, sum);
    assertEquals(74, features.squaredNorm(0));
    assertEquals(0, features.squaredNorm(1));
  }

  @TestFactory
  Stream<DynamicTest> sparseAndDenseGiveTheSameNumbers() {
    return Seeds.runs(
        20,
        random -> {
          int entities = 1 + random.nextInt(6);
          int columns = 1 + random.nextInt(30);
          SparseFeatures sparse = Problems.sparseFeatures(random, entities, columns, 0.4);
          float[] values = new float[entities * columns];
          double[] exact = Problems.toArray(sparse);
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) exact[i];
          }
          DenseFeatures dense = DenseFeatures.of(entities, columns, values);
          double[] vector = Problems.gaussian(random, columns);
          for (int e = 0; e < entities; e++) {
            assertEquals(dense.dot(e, vector), sparse.dot(e, vector), 1e-12);
            assertEquals(dense.squaredNorm(e), sparse.squaredNorm(e), 1e-12);
            double[] toDense = vector.clone();
            double[] toSparse = vector.clone();
            dense.addTo(e, -0.7, toDense);
            sparse.addTo(e, -0.7, toSparse);
            assertArrayEquals(toDense, toSparse, 1e-12);
          }
          int[] selected = random.ints(5, 0, entities).toArray();
          assertArrayEquals(
              Problems.toArray(dense.select(selected)), Problems.toArray(sparse.select(selected)));
        });
  }

  @Test
  void selectedEntitiesComeInTheOrderAskedForAndMayRepeat() {
    SparseFeatures selected =
        SparseFeatures.of(3, STARTS, COLUMNS, VALUES).select(new int[] {2, 1, 0, 2});
    assertArrayEquals(new int[] {0, 1, 1, 3, 4}, selected.rowStarts());
    assertArrayEquals(new int[] {1, 0, 2, 1}, selected.storedColumns());
    assertArrayEquals(new float[] {-2, 5, 7, -2}, selected.stored());
  }

  @Test
  void neitherTheCallersArraysNorThoseHandedOutAreShared() {
    int[] starts = STARTS.clone();
    int[] columns = COLUMNS.clone();
    float[] values = VALUES.clone();
    SparseFeatures features = SparseFeatures.of(3, starts, columns, values);
    starts[1] = 0;
    columns[0] = 1;
    values[0] = 99;
    features.rowStarts()[1] = 0;
    features.storedColumns()[0] = 1;
    features.stored()[0] = 99;
    assertArrayEquals(STARTS, features.rowStarts());
    assertArrayEquals(COLUMNS, features.storedColumns());
    assertArrayEquals(VALUES, features.stored());
  }

  @Test
  void tablesWithoutEntitiesOrWithoutValuesAreAllowed() {
    assertEquals(0, SparseFeatures.of(2, new int[] {0}, new int[0], new float[0]).entities());
    SparseFeatures zeros = SparseFeatures.of(2, new int[] {0, 0, 0}, new int[0], new float[0]);
    assertArrayEquals(new double[4], Problems.toArray(zeros));
  }

  @Test
  void arraysThatDoNotFitTogetherAreRefused() {
    assertRefused(() -> SparseFeatures.of(0, STARTS, COLUMNS, VALUES), "one column, found 0");
    assertRefused(() -> SparseFeatures.of(3, new int[0], COLUMNS, VALUES), "begin with 0");
    assertRefused(() -> SparseFeatures.of(3, new int[] {1, 3}, COLUMNS, VALUES), "begin with 0");
    assertRefused(
        () -> SparseFeatures.of(3, STARTS, COLUMNS, new float[] {5, 7}), "3 columns", "2 values");
    assertRefused(
        () -> SparseFeatures.of(3, new int[] {0, 2}, COLUMNS, VALUES), "last row ends at 2");
    assertRefused(
        () -> SparseFeatures.of(3, new int[] {0, 2, 1, 3}, COLUMNS, VALUES),
        "row starts decrease at entity 2");
  }

  @Test
  void aRowThatEndsBeyondTheValuesIsRefused() {
    assertRefused(
        () -> SparseFeatures.of(9, new int[] {0, 9, 3}, new int[] {0, 1, 2}, VALUES), "entity");
  }

  @Test
  void columnsMustIncreaseWithinAnEntityAndStayBelowTheirNumber() {
    assertRefused(
        () -> SparseFeatures.of(2, STARTS, COLUMNS, VALUES), "entity 1", "column 2", "below 2");
    assertRefused(
        () -> SparseFeatures.of(3, STARTS, new int[] {2, 2, 1}, VALUES), "entity 1", "column 2");
    assertRefused(
        () -> SparseFeatures.of(3, STARTS, new int[] {0, 2, -1}, VALUES), "entity 3", "column -1");
  }

  @Test
  void aValueThatIsNotFiniteIsNamedByEntityAndFeatureCountedFromOne() {
    assertRefused(
        () -> SparseFeatures.of(3, STARTS, COLUMNS, new float[] {5, 7, Float.NaN}),
        "feature 2 of entity 3 is NaN");
  }
}
