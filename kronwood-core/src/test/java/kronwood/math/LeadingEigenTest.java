package kronwood.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import kronwood.testing.Problems;
import org.junit.jupiter.api.Test;

class LeadingEigenTest {
  /** A matrix with these eigenvalues, in coordinates that k reflections made. */
  private static double[] matrix(Random random, double[] eigenvalues) {
    int n = eigenvalues.length;
    double[] matrix = new double[n * n];
    for (int i = 0; i < n; i++) {
      matrix[i * n + i] = eigenvalues[i];
    }
    for (int k = 0; k < 3; k++) {
      double[] v = Problems.gaussian(random, n);
      double square = 0;
      for (double value : v) {
        square += value * value;
      }
      // H A H with H = I − 2 v vᵀ / ‖v‖²: first from the left, then from the right.
      for (int side = 0; side < 2; side++) {
        int across = side == 0 ? n : 1;
        int along = side == 0 ? 1 : n;
        for (int line = 0; line < n; line++) {
          double inner = 0;
          for (int j = 0; j < n; j++) {
            inner += v[j] * matrix[line * along + j * across];
          }
          for (int j = 0; j < n; j++) {
            matrix[line * along + j * across] -= 2 * v[j] * inner / square;
          }
        }
      }
    }
    return matrix;
  }

  private static void assertPairs(double[] matrix, int n, LeadingEigen found, double tolerance) {
    double[] values = found.values();
    for (int c = 0; c < values.length; c++) {
      double residual = 0;
      for (int i = 0; i < n; i++) {
        double image = 0;
        for (int j = 0; j < n; j++) {
          image += matrix[i * n + j] * found.vectors()[c * n + j];
        }
        residual = Math.max(residual, Math.abs(image - values[c] * found.vectors()[c * n + i]));
      }
      assertTrue(residual <= tolerance * Math.abs(values[0]), "pair " + c + ": " + residual);
      for (int d = 0; d <= c; d++) {
        double inner = 0;
        for (int i = 0; i < n; i++) {
          inner += found.vectors()[c * n + i] * found.vectors()[d * n + i];
        }
        assertEquals(c == d ? 1 : 0, inner, 1e-9);
      }
    }
  }

  @Test
  void oneOfTwoByHand() {
    // 3 along (1, 1), 1 along (1, −1).
    LeadingEigen found = LeadingEigen.of(new double[] {2, 1, 1, 2}, 2, 1);
    assertArrayEquals(new double[] {3}, found.values(), 1e-15);
    assertEquals(Math.sqrt(0.5), Math.abs(found.vectors()[0]), 1e-15);
    assertEquals(found.vectors()[0], found.vectors()[1], 1e-15);
  }

  @Test
  void fewOfManyAreThoseOfTheWholeMatrix() {
    Random random = new Random(3);
    int n = 400;
    double[] eigenvalues = new double[n];
    for (int i = 0; i < n; i++) {
      // A slow decay, and negative ones, of which none is among the largest.
      eigenvalues[i] = i % 9 == 8 ? -2 : 10 / Math.sqrt(1 + i);
    }
    double[] matrix = matrix(random, eigenvalues);
    for (int count : new int[] {1, 7, 40}) {
      LeadingEigen found = LeadingEigen.of(matrix, n, count);
      SymmetricEigen all = SymmetricEigen.of(matrix, n);
      for (int c = 0; c < count; c++) {
        assertEquals(all.values()[n - 1 - c], found.values()[c], 1e-7);
      }
      assertPairs(matrix, n, found, 2e-7);
    }
  }

  @Test
  void repeatedAndZeroEigenvaluesAreFound() {
    Random random = new Random(4);
    int n = 300;
    double[] eigenvalues = new double[n];
    for (int i = 0; i < 12; i++) {
      eigenvalues[i * 20] = i < 5 ? 4 : 1;
    }
    double[] matrix = matrix(random, eigenvalues);
    LeadingEigen found = LeadingEigen.of(matrix, n, 20);
    assertPairs(matrix, n, found, 2e-7);
    for (int c = 0; c < 20; c++) {
      assertEquals(c < 5 ? 4 : c < 12 ? 1 : 0, found.values()[c], 1e-7);
    }
    assertEquals(0, LeadingEigen.of(new double[n * n], n, 3).values()[0], 1e-15);
  }

  @Test
  void theSameMatrixGivesTheSameBits() {
    double[] eigenvalues = new Random(5).doubles(300, 0, 1).toArray();
    double[] matrix = matrix(new Random(6), eigenvalues);
    assertArrayEquals(
        LeadingEigen.of(matrix, 300, 10).vectors(), LeadingEigen.of(matrix, 300, 10).vectors());
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> LeadingEigen.of(new double[3], 2, 1));
    assertThrows(IllegalArgumentException.class, () -> LeadingEigen.of(new double[4], 2, 3));
    assertEquals(0, LeadingEigen.of(new double[4], 2, 0).values().length);
  }
}
