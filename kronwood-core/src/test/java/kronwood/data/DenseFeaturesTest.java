package kronwood.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import kronwood.testing.Refusal;
import org.junit.jupiter.api.Test;

class DenseFeaturesTest {
  private static final float[] TWO_BY_THREE = {1, 2, 3, 4, 0, -6};

  @Test
  void rowsAreEntities() {
    DenseFeatures features = DenseFeatures.of(2, 3, TWO_BY_THREE);
    assertEquals(2, features.entities());
    assertEquals(3, features.columns());
    assertEquals(3, features.value(0, 2));
    assertEquals(-6, features.value(1, 2));
  }

  @Test
  void innerProductSumAndNormByHand() {
    DenseFeatures features = DenseFeatures.of(2, 3, TWO_BY_THREE);
    // 4·1 + 0·10 − 6·100
    assertEquals(-596, features.dot(1, new double[] {1, 10, 100}));
    double[] sum = {1, 1, 1};
    features.addTo(1, 0.5, sum);
    assertArrayEquals(new double[] {3, 1, -2}, sum);
    assertEquals(52, features.squaredNorm(1));
  }

  @Test
  void sumsAreTakenInDoublePrecision() {
    // 1e8 + 1 and (1 + 2⁻²³)² are not numbers of single precision.
    float next = Math.nextUp(1f);
    DenseFeatures features = DenseFeatures.of(1, 2, new float[] {1e8f, next});
    assertEquals(1e8 + next, features.dot(0, new double[] {1, 1}));
    assertEquals(1e16 + (double) next * next, features.squaredNorm(0));
  }

  @Test
  void selectedEntitiesComeInTheOrderAskedForAndMayRepeat() {
    DenseFeatures features = DenseFeatures.of(3, 2, new float[] {1, 2, 3, 4, 5, 6});
    assertArrayEquals(
        new float[] {5, 6, 1, 2, 5, 6}, features.select(new int[] {2, 0, 2}).toArray());
    assertEquals(0, features.select(new int[0]).entities());
    assertEquals(2, features.select(new int[0]).columns());
  }

  @Test
  void neitherTheCallersArrayNorTheOneHandedOutIsShared() {
    float[] values = TWO_BY_THREE.clone();
    DenseFeatures features = DenseFeatures.of(2, 3, values);
    values[0] = 99;
    features.toArray()[1] = 99;
    assertArrayEquals(TWO_BY_THREE, features.toArray());
  }

  @Test
  void noEntitiesAreAllowedButNoColumnsAreNot() {
    assertEquals(0, DenseFeatures.of(0, 4, new float[0]).entities());
    assertRefused("at least one column, found 3 × 0", 3, 0);
  }

  @Test
  void aWrongShapeNamesBothSizes() {
    assertRefused("2 × 3 need 6 values, found 5", 2, 3, 1, 2, 3, 4, 5);
    // 65536² is 0 as an int.
    assertRefused("need 4294967296 values, found 0", 65536, 65536);
  }

  @Test
  void aValueThatIsNotFiniteIsNamedByEntityAndFeatureCountedFromOne() {
    assertRefused("feature 3 of entity 2 is NaN", 2, 3, 1, 2, 3, 4, 5, Float.NaN);
    assertRefused("feature 1 of entity 2 is -Infinity", 2, 1, 1, Float.NEGATIVE_INFINITY);
  }

  private static void assertRefused(String message, int entities, int columns, float... values) {
    Refusal.assertRefused(() -> DenseFeatures.of(entities, columns, values), message);
  }
}
