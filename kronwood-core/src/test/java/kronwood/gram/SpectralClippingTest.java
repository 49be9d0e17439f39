package kronwood.gram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import kronwood.data.Similarities;
import kronwood.math.SymmetricEigen;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SpectralClippingTest {
  @Test
  void twoByTwoByHand() {
    // (1, 2; 2, 1) has the eigenvalues 3 and −1; what is left is 3 · ½ (1, 1; 1, 1).
    double[] matrix = {1, 2, 2, 1};
    SpectralClipping clipping = SpectralClipping.of(matrix, 2);
    assertEquals(1, clipping.count());
    assertEquals(-1, clipping.mostNegative(), 1e-14);
    assertEquals(0.25, clipping.share(), 1e-14);
    assertArrayEquals(new double[] {1, 2, 2, 1}, matrix, "not changed before clip");
    clipping.clip(matrix);
    assertArrayEquals(new double[] {1.5, 1.5, 1.5, 1.5}, matrix, 1e-14);
  }

  @Test
  void diagonalByHand() {
    double[] matrix = {2, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -4};
    SpectralClipping clipping = SpectralClipping.of(matrix, 4);
    clipping.clip(matrix);
    assertArrayEquals(new double[] {2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0}, matrix, 1e-14);
    assertEquals(2, clipping.count());
    assertEquals(-4, clipping.mostNegative(), 1e-14);
    assertEquals(5.0 / 8, clipping.share(), 1e-14);
  }

  @Test
  void aZeroDiagonalDoesNotHideWhatIsIndefinite() {
    double[] matrix = {0, 1, 1, 0};
    SpectralClipping clipping = SpectralClipping.of(matrix, 2);
    clipping.clip(matrix);
    assertEquals(1, clipping.count());
    assertEquals(0.5, clipping.share(), 1e-14);
    assertArrayEquals(new double[] {0.5, 0.5, 0.5, 0.5}, matrix, 1e-14);
  }

  @Test
  void aNegativeDefiniteMatrixVanishes() {
    double[] matrix = {-2, 1, 1, -2};
    SpectralClipping clipping = SpectralClipping.of(matrix, 2);
    clipping.clip(matrix);
    assertEquals(2, clipping.count());
    assertEquals(-3, clipping.mostNegative(), 1e-14);
    assertEquals(1, clipping.share(), 1e-14);
    assertArrayEquals(new double[4], matrix, 1e-14);
  }

  @TestFactory
  Stream<DynamicTest> positiveSemiDefiniteMatricesAreLeftAlone() {
    return Seeds.runs(
        10,
        random -> {
          int n = 2 + random.nextInt(30);
          double[] matrix = matrix(Problems.similarities(random, n, 1 + random.nextInt(n)), n);
          double[] clipped = matrix.clone();
          SpectralClipping clipping = SpectralClipping.of(matrix, n);
          clipping.clip(clipped);
          assertEquals(0, clipping.count());
          assertEquals(0, clipping.mostNegative());
          assertEquals(0, clipping.share());
          assertArrayEquals(matrix, clipped);
        });
  }

  @TestFactory
  Stream<DynamicTest> negativeEigenvaluesBecomeZeroAndTheOthersStay() {
    return Seeds.runs(
        10,
        random -> {
          int n = 2 + random.nextInt(30);
          double[] matrix = matrix(Problems.indefiniteSimilarities(random, n), n);
          double[] before = SymmetricEigen.of(matrix, n).values();
          double[] expected = NaiveGram.clipped(matrix, n);
          SpectralClipping clipping = SpectralClipping.of(matrix, n);
          clipping.clip(matrix);
          assertArrayEquals(expected, matrix, 1e-11);
          int negative = 0;
          double sum = 0;
          double total = 0;
          for (double value : before) {
            negative += value < 0 ? 1 : 0;
            sum += Math.max(0, -value);
            total += Math.abs(value);
          }
          assertEquals(negative, clipping.count());
          assertEquals(Math.min(0, before[0]), clipping.mostNegative());
          assertEquals(sum / total, clipping.share(), 1e-12);
        });
  }

  @TestFactory
  Stream<DynamicTest> projectingAFunctionOfSimilaritiesIsApplyingItToClippedOnes() {
    return Seeds.runs(
        5,
        random -> {
          int n = 3 + random.nextInt(10);
          double[] matrix = matrix(Problems.indefiniteSimilarities(random, n), n);
          SpectralClipping clipping = SpectralClipping.of(matrix, n);
          assertTrue(clipping.count() > 0, "this seed gives no indefinite matrix");
          double[] clipped = matrix.clone();
          clipping.clip(clipped);
          double[] function = Problems.gaussian(random, n + 2);
          double[] projected = function.clone();
          clipping.project(projected, 2);
          assertEquals(function[1], projected[1], "what is before the offset stays");
          for (int i = 0; i < n; i++) {
            double expected = 0;
            double found = 0;
            for (int j = 0; j < n; j++) {
              expected += function[2 + j] * clipped[i * n + j];
              found += projected[2 + j] * matrix[i * n + j];
            }
            assertEquals(expected, found, 1e-10);
          }
        });
  }

  private static double[] matrix(Similarities similarities, int n) {
    return CentredGram.ofSimilarities(similarities, Problems.range(0, n));
  }
}
