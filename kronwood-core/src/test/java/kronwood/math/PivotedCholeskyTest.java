package kronwood.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PivotedCholeskyTest {

  private static final long SEED = 815;

  @Test
  void aThreeByThreeMatrixByHand() {
    // Pivot 1 (9) gives the column (2, 3, 1); the residual diagonal is then 4-4, 0, 5-1 = 0, 0, 4,
    // so pivot 2 follows with (0, 0, 2), and nothing is left.
    double[] g = {4, 6, 2, 6, 9, 3, 2, 3, 5};
    PivotedCholesky cholesky = PivotedCholesky.of(g, 3, 0);
    assertEquals(2, cholesky.rank());
    assertArrayEquals(new int[] {1, 2}, cholesky.pivots());
    assertArrayEquals(new double[] {2, 0, 3, 0, 1, 2}, cholesky.factor());
    assertEquals(0, cholesky.residual());
    assertEquals(0, cholesky.mostNegativeDiagonal());
  }

  @Test
  void theToleranceIsRelativeToTheLargestDiagonalElement() {
    double[] g = {100, 0, 0, 0, 1, 0, 0, 0, 0.01};
    assertEquals(3, PivotedCholesky.of(g, 3, 0.5e-4).rank());
    // Equal is enough.
    assertEquals(1, PivotedCholesky.of(g, 3, 0.01).rank());
    assertEquals(1, PivotedCholesky.of(g, 3, 0.01).residual());
    PivotedCholesky two = PivotedCholesky.of(g, 3, 1e-3);
    assertEquals(2, two.rank());
    assertEquals(0.01, two.residual());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 20, 64, 120})
  void aFullRankMatrixIsReproduced(int n) {
    double[] g = gram(new Random(SEED + n), n, 2 * n);
    PivotedCholesky cholesky = PivotedCholesky.of(g, n, 0);
    assertEquals(n, cholesky.rank());
    assertEquals(0, cholesky.residual());
    assertReproduces(g, n, cholesky, 1e-12);
  }

  @Test
  void theRankOfALowRankMatrixIsFound() {
    int n = 90;
    double[] g = gram(new Random(SEED), n, 11);
    for (double tolerance : new double[] {0, 1e-12, 1e-8}) {
      PivotedCholesky cholesky = PivotedCholesky.of(g, n, tolerance);
      assertEquals(11, cholesky.rank(), "tolerance " + tolerance + ", seed " + SEED);
      assertReproduces(g, n, cholesky, 1e-11);
      assertTrue(cholesky.mostNegativeDiagonal() > -1e-11);
    }
  }

  @Test
  void everyElementOfTheResidualIsWithinTheTolerance() {
    // Smooth similarities, whose spectrum falls off gradually.
    int n = 80;
    double[] g = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        g[i * n + j] = 3 * Math.exp(-0.01 * (i - j) * (i - j));
      }
    }
    int before = 0;
    for (double tolerance : new double[] {0.3, 1e-2, 1e-4, 1e-8}) {
      PivotedCholesky cholesky = PivotedCholesky.of(g, n, tolerance);
      assertTrue(cholesky.rank() > before && cholesky.rank() < n, "rank " + cholesky.rank());
      assertTrue(cholesky.residual() <= 3 * tolerance);
      assertReproduces(g, n, cholesky, 3 * tolerance + 1e-14);
      before = cholesky.rank();
    }
  }

  @Test
  void duplicatedItemsGetTheSameRowAndNoPivot() {
    int n = 30;
    double[] g = gram(new Random(SEED), n, n);
    double[] doubled = new double[4 * n * n];
    for (int i = 0; i < 2 * n; i++) {
      for (int j = 0; j < 2 * n; j++) {
        doubled[i * 2 * n + j] = g[i % n * n + j % n];
      }
    }
    PivotedCholesky cholesky = PivotedCholesky.of(doubled, 2 * n, 1e-12);
    assertEquals(n, cholesky.rank());
    for (int pivot : cholesky.pivots()) {
      assertTrue(pivot < n, "the first of equal items is taken");
    }
    double[] factor = cholesky.factor();
    for (int i = 0; i < n; i++) {
      double[] row = Arrays.copyOfRange(factor, i * n, (i + 1) * n);
      double[] twin = Arrays.copyOfRange(factor, (n + i) * n, (n + i + 1) * n);
      // The pivots' own rows have exact zeros; their twins' have rounding there.
      assertArrayEquals(row, twin, 1e-6);
    }
    assertReproduces(doubled, 2 * n, cholesky, 1e-11);
  }

  @Test
  void thePivotRowsAreLowerTriangular() {
    PivotedCholesky cholesky = PivotedCholesky.of(gram(new Random(SEED), 25, 40), 25, 0);
    for (int k = 0; k < 25; k++) {
      for (int later = k + 1; later < 25; later++) {
        assertEquals(0, cholesky.factor()[cholesky.pivots()[k] * 25 + later]);
      }
      assertTrue(cholesky.factor()[cholesky.pivots()[k] * 25 + k] > 0);
    }
  }

  @Test
  void anIndefiniteMatrixShowsANegativeDiagonal() {
    // [[1, 2], [2, 1]] has the eigenvalue -1; after the pivot 0 the residual diagonal is 1-4.
    PivotedCholesky cholesky = PivotedCholesky.of(new double[] {1, 2, 2, 1}, 2, 0);
    assertEquals(1, cholesky.rank());
    assertEquals(-3, cholesky.mostNegativeDiagonal());
    assertEquals(0, cholesky.residual());
    PivotedCholesky negative = PivotedCholesky.of(new double[] {-2, 0, 0, -5}, 2, 0.1);
    assertEquals(0, negative.rank());
    assertEquals(-5, negative.mostNegativeDiagonal());
    assertEquals(0, negative.residual());
  }

  @Test
  void emptyAndZeroMatricesHaveRankZero() {
    PivotedCholesky empty = PivotedCholesky.of(new double[0], 0, 0);
    assertEquals(0, empty.rank());
    assertEquals(0, empty.factor().length);
    assertEquals(0, empty.residual());
    PivotedCholesky zero = PivotedCholesky.of(new double[9], 3, 0);
    assertEquals(0, zero.rank());
    assertEquals(0, zero.mostNegativeDiagonal());
    zero.solve(new double[0], new double[0]);
  }

  @Test
  void solveGivesBackTheRowOfAnItem() {
    int n = 50;
    for (int features : new int[] {6, 80}) {
      double[] g = gram(new Random(SEED), n, features);
      PivotedCholesky cholesky = PivotedCholesky.of(g, n, 1e-13);
      int rank = cholesky.rank();
      double[] similarities = new double[rank];
      double[] out = new double[rank];
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < rank; k++) {
          similarities[k] = g[i * n + cholesky.pivots()[k]];
        }
        cholesky.solve(similarities, out);
        double[] row = Arrays.copyOfRange(cholesky.factor(), i * rank, (i + 1) * rank);
        assertArrayEquals(row, out, 1e-10, "item " + i + ", seed " + SEED);
        cholesky.solve(similarities, similarities);
        assertArrayEquals(out, similarities, "in place");
      }
    }
  }

  @Test
  void solveEmbedsANewItemInTheSpanWithItsSimilarities() {
    // The last item is left out of the factorisation and embedded afterwards.
    int n = 31;
    double[] g = gram(new Random(SEED), n, 9);
    double[] known = new double[(n - 1) * (n - 1)];
    for (int i = 0; i < n - 1; i++) {
      System.arraycopy(g, i * n, known, i * (n - 1), n - 1);
    }
    PivotedCholesky cholesky = PivotedCholesky.of(known, n - 1, 1e-12);
    int rank = cholesky.rank();
    assertEquals(9, rank);
    double[] x = new double[rank];
    for (int k = 0; k < rank; k++) {
      x[k] = g[(n - 1) * n + cholesky.pivots()[k]];
    }
    cholesky.solve(x, x);
    for (int i = 0; i < n - 1; i++) {
      double similarity = 0;
      for (int k = 0; k < rank; k++) {
        similarity += cholesky.factor()[i * rank + k] * x[k];
      }
      assertEquals(g[(n - 1) * n + i], similarity, 1e-9, "item " + i + ", seed " + SEED);
    }
  }

  @Test
  void rowsOnDemandGiveTheSameAndOnlyPivotsAreAskedFor() {
    int n = 40;
    double[] g = gram(new Random(SEED), n, 5);
    double[] diagonal = new double[n];
    for (int i = 0; i < n; i++) {
      diagonal[i] = g[i * n + i];
    }
    List<Integer> asked = new ArrayList<>();
    PivotedCholesky lazy =
        PivotedCholesky.of(
            diagonal,
            (i, out) -> {
              asked.add(i);
              System.arraycopy(g, i * n, out, 0, n);
            },
            1e-12);
    PivotedCholesky full = PivotedCholesky.of(g, n, 1e-12);
    assertArrayEquals(full.factor(), lazy.factor());
    assertArrayEquals(full.pivots(), asked.stream().mapToInt(Integer::intValue).toArray());
  }

  @Test
  void moreItemsThanAChunkAreFactorised() {
    int n = 5003;
    double[] features = new Random(SEED).doubles(3L * n, -1, 1).toArray();
    double[] diagonal = new double[n];
    for (int i = 0; i < n; i++) {
      diagonal[i] = inner(features, i, i, 3);
    }
    PivotedCholesky cholesky =
        PivotedCholesky.of(
            diagonal,
            (i, out) -> {
              for (int j = 0; j < n; j++) {
                out[j] = inner(features, i, j, 3);
              }
            },
            1e-12);
    assertEquals(3, cholesky.rank());
    for (int i = 0; i < n; i++) {
      int j = (i * 31 + 7) % n;
      double product = inner(cholesky.factor(), i, j, 3);
      assertEquals(inner(features, i, j, 3), product, 1e-13, "items " + i + ", " + j);
    }
  }

  @Test
  void theInputIsLeftAsItIs() {
    double[] g = gram(new Random(SEED), 12, 5);
    double[] copy = g.clone();
    PivotedCholesky.of(g, 12, 1e-9);
    assertArrayEquals(copy, g);
  }

  @Test
  void badArgumentsAreRefused() {
    Class<IllegalArgumentException> refused = IllegalArgumentException.class;
    assertThrows(refused, () -> PivotedCholesky.of(new double[5], 2, 0));
    assertThrows(refused, () -> PivotedCholesky.of(new double[1], -1, 0));
    for (double bad : new double[] {-1e-9, 1, Double.NaN}) {
      assertThrows(refused, () -> PivotedCholesky.of(new double[4], 2, bad));
    }
    IllegalArgumentException e =
        assertThrows(
            refused, () -> PivotedCholesky.of(new double[] {2, Double.NaN, Double.NaN, 1}, 2, 0));
    assertTrue(e.getMessage().contains("row 0, column 1"), e.getMessage());
    assertThrows(refused, () -> PivotedCholesky.of(new double[] {Double.NaN}, 1, 0));
    PivotedCholesky one = PivotedCholesky.of(new double[] {4}, 1, 0);
    assertThrows(refused, () -> one.solve(new double[2], new double[1]));
    assertThrows(refused, () -> one.solve(new double[1], new double[0]));
  }

  private static void assertReproduces(
      double[] g, int n, PivotedCholesky cholesky, double tolerance) {
    int rank = cholesky.rank();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double product = inner(cholesky.factor(), i, j, rank);
        assertEquals(g[i * n + j], product, tolerance, "element " + i + ", " + j);
      }
    }
  }

  private static double inner(double[] rows, int i, int j, int length) {
    double sum = 0;
    for (int k = 0; k < length; k++) {
      sum += rows[i * length + k] * rows[j * length + k];
    }
    return sum;
  }

  private static double[] gram(Random random, int n, int features) {
    double[] x = new double[n * features];
    for (int k = 0; k < x.length; k++) {
      x[k] = random.nextGaussian() / Math.sqrt(features);
    }
    double[] g = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        g[i * n + j] = inner(x, i, j, features);
      }
    }
    return g;
  }
}
