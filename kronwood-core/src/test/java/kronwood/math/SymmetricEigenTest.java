package kronwood.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {

  private static final long SEED = 4711;

  @Test
  void aTwoByTwoMatrixByHand() {
    // [[2, 1], [1, 2]]: 1 with (1, -1)/√2 and 3 with (1, 1)/√2.
    SymmetricEigen eigen = SymmetricEigen.of(new double[] {2, 1, 1, 2}, 2);
    assertArrayEquals(new double[] {1, 3}, eigen.values(), 1e-15);
    double[] v = eigen.vectors();
    double half = Math.sqrt(0.5);
    assertArrayEquals(
        new double[] {half, -half, half, half},
        new double[] {
          v[0] * Math.signum(v[0]), v[1] * Math.signum(v[0]),
          v[2] * Math.signum(v[2]), v[3] * Math.signum(v[2])
        },
        1e-15);
  }

  @Test
  void aThreeByThreeMatrixByHand() {
    // Path of three nodes: eigenvalues -√2, 0, √2; the middle vector is (1, 0, -1)/√2.
    double[] path = {0, 1, 0, 1, 0, 1, 0, 1, 0};
    SymmetricEigen eigen = SymmetricEigen.of(path, 3);
    double root = Math.sqrt(2);
    assertArrayEquals(new double[] {-root, 0, root}, eigen.values(), 1e-15);
    double[] v = eigen.vectors();
    double sign = Math.signum(v[3]);
    assertArrayEquals(
        new double[] {Math.sqrt(0.5), 0, -Math.sqrt(0.5)},
        new double[] {sign * v[3], sign * v[4], sign * v[5]},
        1e-15);
    assertDecomposes(path, 3, eigen);
  }

  @Test
  void aDiagonalMatrixHasItsDiagonalSortedAndUnitVectors() {
    double[] a = {5, 0, 0, 0, 0, -1, 0, 0, 0, 0, 9, 0, 0, 0, 0, 3};
    SymmetricEigen eigen = SymmetricEigen.of(a, 4);
    assertArrayEquals(new double[] {-1, 3, 5, 9}, eigen.values());
    double[] magnitudes = Arrays.stream(eigen.vectors()).map(Math::abs).toArray();
    assertArrayEquals(new double[] {0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0}, magnitudes);
  }

  @Test
  void theZeroMatrixHasZeroValuesAndOrthonormalVectors() {
    SymmetricEigen eigen = SymmetricEigen.of(new double[25], 5);
    assertArrayEquals(new double[5], eigen.values());
    assertDecomposes(new double[25], 5, eigen);
  }

  @Test
  void noRowsAndOneRowAreMatricesToo() {
    assertEquals(0, SymmetricEigen.of(new double[0], 0).values().length);
    assertEquals(0, SymmetricEigen.of(new double[0], 0).vectors().length);
    SymmetricEigen one = SymmetricEigen.of(new double[] {-7.5}, 1);
    assertArrayEquals(new double[] {-7.5}, one.values());
    assertArrayEquals(new double[] {1}, one.vectors());
  }

  @Test
  void theInputIsLeftAsItIs() {
    double[] a = randomSymmetric(new Random(SEED), 20);
    double[] copy = a.clone();
    SymmetricEigen.of(a, 20);
    assertArrayEquals(copy, a);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 8, 15, 16, 17, 31, 33, 47, 64, 100, 149, 150, 300})
  void randomMatricesAreReproduced(int n) {
    double[] a = randomSymmetric(new Random(SEED + n), n);
    assertDecomposes(a, n, SymmetricEigen.of(a, n));
  }

  /** Wide enough for several panels of columns and several batches of sweeps. */
  @Test
  void theSecondDifferenceHasItsKnownEigenvalues() {
    int n = 270;
    double[] a = new double[n * n];
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      a[i * n + i] = 2;
      if (i > 0) {
        a[i * n + i - 1] = -1;
        a[(i - 1) * n + i] = -1;
      }
      expected[i] = 2 - 2 * Math.cos((i + 1) * Math.PI / (n + 1));
    }
    SymmetricEigen eigen = SymmetricEigen.of(a, n);
    assertArrayEquals(expected, eigen.values(), 1e-13);
    assertDecomposes(a, n, eigen);
  }

  @Test
  void aGivenSpectrumWithRepetitionsIsFound() {
    int n = 60;
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      expected[i] = i < 20 ? -2 : i < 45 ? 0 : i < 59 ? 1 : 1 + 1e-9;
    }
    double[] a = withSpectrum(expected, n);
    SymmetricEigen eigen = SymmetricEigen.of(a, n);
    assertArrayEquals(expected, eigen.values(), 1e-13);
    assertDecomposes(a, n, eigen);
  }

  @Test
  void aGradedSpectrumIsFoundToTheAccuracyOfItsLargestValue() {
    int n = 40;
    double[] expected = new double[n];
    for (int i = 0; i < n; i++) {
      expected[n - 1 - i] = Math.pow(10, -i / 2.0);
    }
    double[] a = withSpectrum(expected, n);
    SymmetricEigen eigen = SymmetricEigen.of(a, n);
    assertArrayEquals(expected, eigen.values(), 1e-14);
    assertDecomposes(a, n, eigen);
  }

  @Test
  void theAllOnesMatrixHasOneEigenvalueThatIsNotZero() {
    int n = 70;
    double[] ones = new double[n * n];
    Arrays.fill(ones, 1);
    SymmetricEigen eigen = SymmetricEigen.of(ones, n);
    double[] expected = new double[n];
    expected[n - 1] = n;
    assertArrayEquals(expected, eigen.values(), 1e-13);
    assertDecomposes(ones, n, eigen);
  }

  @Test
  void aBlockDiagonalMatrixIsDecomposedBlockByBlock() {
    int n = 24;
    double[] a = new double[n * n];
    double[] block = randomSymmetric(new Random(SEED), 8);
    for (int b = 0; b < 3; b++) {
      for (int i = 0; i < 8; i++) {
        System.arraycopy(block, i * 8, a, (b * 8 + i) * n + b * 8, 8);
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(a, n);
    double[] once = SymmetricEigen.of(block, 8).values();
    for (int i = 0; i < n; i++) {
      assertEquals(once[i / 3], eigen.values()[i], 1e-14);
    }
    assertDecomposes(a, n, eigen);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1070, -900, -300, 300, 900, 1015})
  void scalingByAPowerOfTwoScalesTheValuesOnly(int exponent) {
    double[] a = randomSymmetric(new Random(SEED), 12);
    // Few digits, so that even a subnormal number is exact.
    for (int k = 0; k < a.length; k++) {
      a[k] = Math.rint(a[k] * 4);
    }
    double[] scaled = Arrays.stream(a).map(x -> Math.scalb(x, exponent)).toArray();
    SymmetricEigen plain = SymmetricEigen.of(a, 12);
    SymmetricEigen eigen = SymmetricEigen.of(scaled, 12);
    assertArrayEquals(plain.vectors(), eigen.vectors());
    for (int i = 0; i < 12; i++) {
      assertEquals(Math.scalb(plain.values()[i], exponent), eigen.values()[i]);
    }
  }

  @Test
  void roundingLevelAsymmetryPasses() {
    SymmetricEigen eigen = SymmetricEigen.of(new double[] {2, 1 + 1e-13, 1, 2}, 2);
    assertArrayEquals(new double[] {1, 3}, eigen.values(), 1e-12);
  }

  @Test
  void anAsymmetricMatrixIsRefusedWithThePlace() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> SymmetricEigen.of(new double[] {1, 2, 3, 2, 1, 4, 3, 4.5, 1}, 3));
    assertTrue(e.getMessage().contains("row 2, column 1"), e.getMessage());
    assertTrue(e.getMessage().contains("4.5") && e.getMessage().contains("4.0"), e.getMessage());
  }

  @Test
  void aNumberThatIsNotFiniteIsRefusedWithThePlace() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> SymmetricEigen.of(new double[] {1, 0, bad, 1}, 2));
      assertTrue(e.getMessage().contains("row 1, column 0"), e.getMessage());
      assertTrue(e.getMessage().contains(String.valueOf(bad)), e.getMessage());
    }
  }

  @Test
  void anArrayOfTheWrongLengthIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> SymmetricEigen.of(new double[8], 3));
    assertThrows(IllegalArgumentException.class, () -> SymmetricEigen.of(new double[1], -1));
    // 65536 squared is 0 in int arithmetic.
    assertThrows(IllegalArgumentException.class, () -> SymmetricEigen.of(new double[0], 65536));
  }

  /** A·vᵢ = λᵢ·vᵢ, vᵢ·vⱼ = δᵢⱼ, ascending values, equal trace. */
  private static void assertDecomposes(double[] a, int n, SymmetricEigen eigen) {
    double[] values = eigen.values();
    double[] v = eigen.vectors();
    double norm = 0;
    for (double value : values) {
      norm = Math.max(norm, Math.abs(value));
    }
    double tolerance = (20 + n) * 0x1p-52;
    double trace = 0;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      trace += a[i * n + i];
      sum += values[i];
      assertTrue(i == 0 || values[i - 1] <= values[i], "values ascend at " + i);
      for (int j = 0; j < n; j++) {
        double product = 0;
        double inner = 0;
        for (int k = 0; k < n; k++) {
          product += a[j * n + k] * v[i * n + k];
          inner += v[i * n + k] * v[j * n + k];
        }
        assertEquals(values[i] * v[i * n + j], product, tolerance * norm, "residual of " + i);
        assertEquals(i == j ? 1 : 0, inner, tolerance, "orthogonality of " + i + ", " + j);
      }
    }
    assertEquals(trace, sum, n * tolerance * norm, "trace");
  }

  private static double[] randomSymmetric(Random random, int n) {
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        a[i * n + j] = random.nextGaussian();
        a[j * n + i] = a[i * n + j];
      }
    }
    return a;
  }

  /** Q·diag(values)·Qᵀ with Q a product of reflections at random vectors. */
  private static double[] withSpectrum(double[] values, int n) {
    Random random = new Random(SEED);
    double[] q = new double[n * n];
    for (int i = 0; i < n; i++) {
      q[i * n + i] = 1;
    }
    for (int reflection = 0; reflection < n; reflection++) {
      double[] u = random.doubles(n, -1, 1).toArray();
      double squares = Arrays.stream(u).map(x -> x * x).sum();
      for (int i = 0; i < n; i++) {
        double along = 0;
        for (int j = 0; j < n; j++) {
          along += q[i * n + j] * u[j];
        }
        for (int j = 0; j < n; j++) {
          q[i * n + j] -= 2 * along / squares * u[j];
        }
      }
    }
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        for (int k = 0; k < n; k++) {
          a[i * n + j] += q[k * n + i] * values[k] * q[k * n + j];
        }
        a[j * n + i] = a[i * n + j];
      }
    }
    return a;
  }
}
