package kronwood.trial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class SmallSystemTest {
  private static final boolean[] ALL = {true, true, true};

  @Test
  void byHand() {
    // x = (1, −2, 3)
    double[][] matrix = {{4, 1, 0}, {1, 3, -1}, {0, -1, 2}};
    double[] x = SmallSystem.solve(matrix, new double[] {2, -8, 8}, ALL);
    assertArrayEquals(new double[] {1, -2, 3}, x, 1e-6);
  }

  @Test
  void unknownsThatAreNotFreeAreZero() {
    double[][] matrix = {{4, 1, 0}, {1, 3, -1}, {0, -1, 2}};
    double[] x =
        SmallSystem.solve(matrix, new double[] {2, 5, 8}, new boolean[] {true, false, true});
    assertArrayEquals(new double[] {0.5, 0, 4}, x, 1e-6);
  }

  @Test
  void aSingularSystemHasASmallSolution() {
    double[][] matrix = {{1, 1, 0}, {1, 1, 0}, {0, 0, 0}};
    double[] x = SmallSystem.solve(matrix, new double[] {2, 2, 0}, ALL);
    assertArrayEquals(new double[] {1, 1, 0}, x, 1e-6);
  }
}
