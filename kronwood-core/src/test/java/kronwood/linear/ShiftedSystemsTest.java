package kronwood.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.math.Parallel;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ShiftedSystemsTest {
  private static final Parallel PARALLEL = Parallel.of(2);

  @AfterAll
  static void end() {
    PARALLEL.close();
  }

  private static ShiftedSystems systems(
      double[][] stacked, double[] b, double[] shifts, double tolerance) {
    return new ShiftedSystems(
        (x, y) -> System.arraycopy(DenseRidge.times(stacked, x), 0, y, 0, stacked.length),
        b,
        stacked.length - b.length,
        shifts,
        tolerance,
        PARALLEL);
  }

  private static void run(ShiftedSystems systems, int most) {
    boolean running = true;
    while (running && systems.iterations() < most) {
      running = systems.advance();
    }
  }

  @Test
  void twoByTwoByHand() {
    // (A + I)⁻¹ = [[3, −1], [−1, 3]] / 8 and (A + 2I)⁻¹ = [[4, −1], [−1, 4]] / 15.
    double[][] a = {{2, 1}, {1, 2}, {1, 10}};
    ShiftedSystems systems = systems(a, new double[] {1, 0}, new double[] {1, 2}, 1e-14);
    run(systems, 10);
    assertEquals(2, systems.iterations());
    assertArrayEquals(new double[] {3.0 / 8, -1.0 / 8}, systems.solution(0), 1e-15);
    assertArrayEquals(new double[] {4.0 / 15, -1.0 / 15}, systems.solution(1), 1e-15);
    assertArrayEquals(new double[] {-7.0 / 8}, systems.follower(0), 1e-14);
    assertArrayEquals(new double[] {-6.0 / 15}, systems.follower(1), 1e-14);
  }

  @Test
  void theFirstStepOfEveryShiftByHand() {
    // With x = 0 the direction is b, and the step ‖b‖² / (bᵀ(A + λI)b) = 1 / (2 + λ).
    ShiftedSystems systems =
        systems(new double[][] {{2, 1}, {1, 2}}, new double[] {1, 0}, new double[] {1, 3}, 1e-14);
    assertTrue(systems.advance());
    assertArrayEquals(new double[] {1.0 / 3, 0}, systems.solution(0), 1e-16);
    assertArrayEquals(new double[] {1.0 / 5, 0}, systems.solution(1), 1e-16);
  }

  @Test
  void zeroIsSolvedAtOnce() {
    ShiftedSystems systems =
        systems(new double[][] {{2, 1}, {1, 2}}, new double[2], new double[] {1, 3}, 1e-14);
    assertEquals(0, systems.residual(1));
    assertFalse(systems.advance());
    assertEquals(0, systems.iterations());
    assertArrayEquals(new double[2], systems.solution(1));
  }

  /** Each iterate is that of conjugate gradients on its own system, written down afresh. */
  @TestFactory
  Stream<DynamicTest> everyIterateIsThatOfItsOwnSystem() {
    return Seeds.runs(
        5,
        random -> {
          double[][] a = positive(random, 20, 20, 3);
          double[] b = Problems.gaussian(random, 20);
          double[] shifts = {0.1, 0.5, 4, 300};
          ShiftedSystems systems = systems(a, b, shifts, 1e-15);
          double[][] square = Arrays.copyOf(a, 20);
          for (int k = 1; k <= 8; k++) {
            systems.advance();
            for (int s = 0; s < shifts.length; s++) {
              if (systems.residual(s) > 1e-15) {
                double[] expected = plain(square, shifts[s], b, k);
                assertArrayEquals(expected, systems.solution(s), 1e-9, "shift " + s);
              }
            }
          }
        });
  }

  /** Textbook conjugate gradients. */
  private static double[] plain(double[][] a, double shift, double[] b, int iterations) {
    int n = b.length;
    double[] x = new double[n];
    double[] r = b.clone();
    double[] p = b.clone();
    for (int k = 0; k < iterations; k++) {
      double[] q = DenseRidge.times(a, p);
      double rr = 0;
      double pq = 0;
      for (int i = 0; i < n; i++) {
        q[i] += shift * p[i];
        rr += r[i] * r[i];
        pq += p[i] * q[i];
      }
      double next = 0;
      for (int i = 0; i < n; i++) {
        x[i] += rr / pq * p[i];
        r[i] -= rr / pq * q[i];
        next += r[i] * r[i];
      }
      for (int i = 0; i < n; i++) {
        p[i] = r[i] + next / rr * p[i];
      }
    }
    return x;
  }

  /** U Uᵀ of the given rank, with more rows below it. */
  private static double[][] positive(Random random, int n, int rank, int more) {
    double[][] u = new double[n + more][];
    Arrays.setAll(u, i -> Problems.gaussian(random, rank));
    double[][] stacked = new double[n + more][];
    double[][] top = Arrays.copyOf(u, n);
    Arrays.setAll(stacked, i -> DenseRidge.times(top, u[i]));
    return stacked;
  }

  @TestFactory
  Stream<DynamicTest> everyShiftIsSolvedAndFollowed() {
    return Seeds.runs(
        10,
        random -> {
          int n = 1 + random.nextInt(30);
          // Of low rank: singular without a shift.
          double[][] a = positive(random, n, 1 + random.nextInt(n), 4);
          double[] b = Problems.gaussian(random, n);
          double[] shifts = {1e-3, 0.01, 0.3, 7, 1e4};
          ShiftedSystems systems = systems(a, b, shifts, 1e-13);
          run(systems, 2000);
          double[][] square = Arrays.copyOf(a, n);
          double[][] below = Arrays.copyOfRange(a, n, n + 4);
          for (int s = 0; s < shifts.length; s++) {
            assertTrue(systems.residual(s) <= 1e-13, "shift " + s);
            double[] diagonal = new double[n];
            Arrays.fill(diagonal, shifts[s]);
            double[] expected = DenseRidge.solve(square, diagonal, b);
            double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
            assertArrayEquals(expected, systems.solution(s), 1e-8 * scale, "shift " + s);
            double[] followed = DenseRidge.times(below, systems.solution(s));
            assertArrayEquals(followed, systems.follower(s), 1e-8 * scale, "shift " + s);
          }
        });
  }

  @Test
  void aMatrixThatIsNotPositiveStopsInsteadOfDiverging() {
    double[][] a = {{-5, 0}, {0, 1}};
    ShiftedSystems systems = systems(a, new double[] {1, 0}, new double[] {1}, 1e-10);
    assertFalse(systems.advance());
    assertFalse(systems.advance());
    assertArrayEquals(new double[2], systems.solution(0));
    assertEquals(1, systems.residual(0));
  }

  @Test
  void theZeroMatrixIsSolvedInOneStep() {
    ShiftedSystems systems =
        systems(new double[2][2], new double[] {3, 4}, new double[] {0.5, 2}, 1e-10);
    assertFalse(systems.advance());
    assertArrayEquals(new double[] {6, 8}, systems.solution(0), 1e-12);
    assertArrayEquals(new double[] {1.5, 2}, systems.solution(1), 1e-12);
  }
}
