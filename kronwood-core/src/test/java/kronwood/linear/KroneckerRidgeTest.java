package kronwood.linear;

import static kronwood.linear.RidgeProblems.EXACT;
import static kronwood.linear.RidgeProblems.LAYOUTS;
import static kronwood.linear.RidgeProblems.assertClose;
import static kronwood.linear.RidgeProblems.random;
import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.testing.PairInputs;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class KroneckerRidgeTest {
  private static final Parallel PARALLEL = Parallel.of(2);

  @AfterAll
  static void end() {
    PARALLEL.close();
  }

  /** Left entities (1, 0), (0, 1), right entities (2), (1): ⟨x_0, x_1⟩ = 2, ⟨x_0, x_2⟩ = 0. */
  private static StructuredInputs byHand() {
    return StructuredInputs.of(
        List.of(
            FactorTable.of(2, 2, new double[] {1, 0, 0, 1}),
            FactorTable.of(2, 1, new double[] {2, 1})),
        new int[] {0, 1},
        EntityTuples.of(2, new int[] {0, 0, 0, 1, 1, 0, 1, 1}));
  }

  @Test
  void twoSamplesByHand() {
    // K = [[4, 2], [2, 1]]; (K + I)⁻¹ = [[2, −2], [−2, 5]] / 6.
    RidgeProblem problem = new RidgeProblem(byHand(), 1, new double[] {3, 6, 0, 0}, null);
    RidgeFit fit =
        KroneckerRidge.solve(problem, new int[] {0, 1}, new double[] {1}, EXACT, PARALLEL);
    assertArrayEquals(new double[] {-1, 4}, fit.coefficients(), 1e-12);
    assertArrayEquals(new double[] {1}, fit.lambda());
    assertEquals(List.of(), fit.trials());
    // W = −1·(2, 0) + 4·(1, 0).
    assertArrayEquals(new double[] {2, 0}, fit.weights(problem.inputs(), 0), 1e-12);
    assertArrayEquals(
        new double[] {4, 2, 0},
        fit.predict(problem.inputs(), new int[] {0, 1, 3}, 1e9, PARALLEL),
        1e-12);
  }

  @Test
  void twoWeightedSamplesByHand() {
    // Weights 1 and 3 count as 1/2 and 3/2. Samples 0 and 2 are orthogonal, of squared norm 4:
    // α = w y / (4 w + λ).
    RidgeProblem problem =
        new RidgeProblem(byHand(), 1, new double[] {5, 0, 7, 0}, new double[] {1, 0, 3, 0});
    RidgeFit fit =
        KroneckerRidge.solve(problem, new int[] {0, 2}, new double[] {2}, EXACT, PARALLEL);
    assertArrayEquals(new double[] {2.5 / 4, 10.5 / 8}, fit.coefficients(), 1e-12);
  }

  private static RidgeProblem problem(
      Random random, StructuredInputs inputs, int outputs, boolean weighted) {
    double[] weights = null;
    if (weighted) {
      weights = random.doubles(inputs.size(), 0.2, 3).toArray();
    }
    double[] targets = Problems.gaussian(random, inputs.size() * outputs);
    return new RidgeProblem(inputs, outputs, targets, weights);
  }

  @TestFactory
  Stream<DynamicTest> coefficientsAreThoseOfCholesky() {
    return Seeds.runs(
        5,
        random -> {
          for (int[] layout : LAYOUTS) {
            assertSolves(random, random(random, 50, layout));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> coefficientsAreThoseOfCholeskyWhereInputsAreSums() {
    return Seeds.runs(
        3,
        random -> {
          for (PairStructure structure : PairInputs.SUMS) {
            for (int[] layout : new int[][] {{0, 0}, {0, 1, 0}}) {
              assertSolves(random, PairInputs.draw(random, 50, structure, layout));
            }
          }
        });
  }

  private static void assertSolves(Random random, StructuredInputs inputs) {
    RidgeProblem problem = problem(random, inputs, 3, random.nextBoolean());
    // Some samples twice: the kernel matrix is singular.
    int[] samples = random.ints(40, 0, 50).toArray();
    double[] lambda = {0.01, 0.7, 30};
    RidgeFit fit = KroneckerRidge.solve(problem, samples, lambda, EXACT, PARALLEL);
    for (int c = 0; c < 3; c++) {
      double[] expected = DenseRidge.coefficients(problem, samples, lambda[c], c);
      assertClose(expected, fit.coefficients(c), 1e-8);
      double[][] kernel = DenseRidge.kernel(problem.inputs(), Problems.range(0, 50), samples);
      double[] predicted = fit.predict(problem.inputs(), Problems.range(0, 50), 1e9, PARALLEL);
      double[] column = new double[50];
      for (int i = 0; i < 50; i++) {
        column[i] = predicted[3 * i + c];
      }
      assertClose(DenseRidge.times(kernel, expected), column, 1e-8);
      double[] weights = fit.weights(problem.inputs(), c);
      double[] x = new double[weights.length];
      problem.inputs().materialise(7, x);
      double value = 0;
      for (int i = 0; i < x.length; i++) {
        value += weights[i] * x[i];
      }
      assertEquals(column[7], value, 1e-8 * Math.max(1, Math.abs(value)));
    }
  }

  @Test
  void aSampleOfWeightZeroHasNoSay() {
    Random random = new Random(1);
    StructuredInputs inputs = random(random, 30, new int[] {0, 1});
    double[] targets = Problems.gaussian(random, 30);
    targets[3] = 1e9;
    double[] weights = new double[30];
    Arrays.fill(weights, 1);
    weights[3] = 0;
    RidgeProblem problem = new RidgeProblem(inputs, 1, targets, weights);
    double lambda = 0.5;
    RidgeFit with =
        KroneckerRidge.solve(
            problem, Problems.range(0, 30), new double[] {lambda}, EXACT, PARALLEL);
    assertEquals(0, with.coefficients()[3]);
    int[] others = IntStream.range(0, 30).filter(i -> i != 3).toArray();
    // Weights are relative to the mean of all, so that 29 samples have 30 / 29 each.
    RidgeFit without =
        KroneckerRidge.solve(
            new RidgeProblem(inputs, 1, targets, null),
            others,
            new double[] {lambda * 29 / 30},
            EXACT,
            PARALLEL);
    assertClose(
        without.predict(inputs, Problems.range(0, 30), 1e9, PARALLEL),
        with.predict(inputs, Problems.range(0, 30), 1e9, PARALLEL),
        1e-8);
  }

  @Test
  void targetsOfZeroGiveTheModelZero() {
    RidgeProblem problem = new RidgeProblem(byHand(), 1, new double[4], null);
    RidgeFit fit =
        KroneckerRidge.fit(
            problem, new int[] {0, 1, 2}, new int[] {3}, RidgeOptions.DEFAULT, PARALLEL);
    assertArrayEquals(new double[4], fit.coefficients());
    assertArrayEquals(new int[1], fit.iterations());
    assertEquals(fit.trials().getLast().lambda(), fit.lambda()[0]);
  }

  @Test
  void inputsOfZeroGiveTheModelZero() {
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(FactorTable.of(3, 1, new double[3])),
            new int[] {0},
            EntityTuples.of(1, new int[] {0, 1, 2}));
    RidgeProblem problem = new RidgeProblem(inputs, 1, new double[] {1, 2, 3}, null);
    RidgeFit fit =
        KroneckerRidge.fit(
            problem, new int[] {0, 1}, new int[] {2}, RidgeOptions.DEFAULT, PARALLEL);
    assertArrayEquals(new double[3], fit.predict(inputs, new int[] {0, 1, 2}, 1e9, PARALLEL));
  }

  @Test
  void targetsAndWeightsOutsideTheSelectionsAreNotRead() {
    double[] targets = {3, 6, Double.NaN, Double.NaN};
    double[] weights = {1, 1, Double.NaN, -1};
    RidgeProblem problem = new RidgeProblem(byHand(), 1, targets, weights);
    RidgeFit fit =
        KroneckerRidge.solve(problem, new int[] {0, 1}, new double[] {1}, EXACT, PARALLEL);
    assertArrayEquals(new double[] {-1, 4}, fit.coefficients(), 1e-12);
  }

  @Test
  void resultsDoNotDependOnTheNumberOfThreads() {
    Random random = new Random(1);
    StructuredInputs inputs =
        Problems.inputs(random, 3000, new int[] {90, 80}, new int[] {60, 50}, 0, 1);
    RidgeProblem problem = problem(random, inputs, 2, true);
    RandomHoldout parts = RandomHoldout.of(Problems.range(0, 3000), 0.1, 1);
    RidgeOptions options = new RidgeOptions(1e-3, 1e2, 12, 60, 1e-6, false, 1e9);
    double[] first = null;
    for (int threads : new int[] {1, 2, 4}) {
      try (Parallel parallel = Parallel.of(threads)) {
        RidgeFit fit =
            KroneckerRidge.fit(problem, parts.train(), parts.validation(), options, parallel);
        first = first == null ? fit.coefficients() : first;
        assertArrayEquals(first, fit.coefficients());
      }
    }
  }

  @Test
  void badInputIsRefused() {
    StructuredInputs inputs = byHand();
    double[] four = new double[4];
    assertRefused(() -> new RidgeProblem(inputs, 0, four, null), "0 outputs");
    assertRefused(() -> new RidgeProblem(inputs, 2, four, null), "4 targets", "2 for each of 4");
    assertRefused(() -> new RidgeProblem(inputs, 1, four, new double[3]), "3 weights for 4");
    RidgeProblem good = new RidgeProblem(inputs, 1, four, null);
    assertRefused(() -> fit(good, new int[0], new int[] {1}), "no training samples");
    assertRefused(() -> fit(good, new int[] {1}, new int[0]), "no validation samples");
    assertRefused(() -> fit(good, new int[] {1}, new int[] {4}), "validation sample 4", "are 4");
    assertRefused(() -> fit(good, new int[] {-1}, new int[] {1}), "training sample -1");
    assertRefused(() -> fit(of(four, 1, 0, 1, 0), new int[] {1, 3}, new int[] {0}), "weight 0");
    assertRefused(() -> fit(of(four, 1, -2, 1, 0), new int[] {1}, new int[] {0}), "is -2.0");
    double[] infinite = {0, Double.POSITIVE_INFINITY, 0, 0};
    assertRefused(() -> fit(of(infinite), new int[] {1}, new int[] {0}), "target 0 of sample 1");
    assertRefused(() -> solve(good, 1, 2), "2 values of λ for 1 outputs");
    assertRefused(() -> solve(good, 0), "λ is 0.0");
    assertRefused(() -> solve(good, Double.NaN), "λ is NaN");
  }

  private static RidgeProblem of(double[] targets, double @Nullable ... weights) {
    return new RidgeProblem(
        byHand(), 1, targets, weights == null || weights.length == 0 ? null : weights);
  }

  private static void fit(RidgeProblem problem, int[] train, int[] validation) {
    KroneckerRidge.fit(problem, train, validation, EXACT, PARALLEL);
  }

  private static void solve(RidgeProblem problem, double... lambda) {
    KroneckerRidge.solve(problem, new int[] {0, 1}, lambda, EXACT, PARALLEL);
  }
}
