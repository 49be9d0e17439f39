package kronwood.linear;

import static kronwood.linear.RidgeProblems.EXACT;
import static kronwood.linear.RidgeProblems.LAYOUTS;
import static kronwood.linear.RidgeProblems.assertClose;
import static kronwood.linear.RidgeProblems.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which λ and how many iterations are chosen on validation samples. */
class RidgeTrialsTest {
  private static final Parallel PARALLEL = Parallel.of(2);

  @AfterAll
  static void end() {
    PARALLEL.close();
  }

  private static RidgeOptions early(int iterations) {
    return new RidgeOptions(1e-3, 1e2, 12, iterations, 1e-13, true, 1e9);
  }

  @TestFactory
  Stream<DynamicTest> everyLambdaIsTriedAndTheBestTaken() {
    return Seeds.runs(
        5,
        random -> {
          for (int[] layout : LAYOUTS) {
            boolean weighted = random.nextBoolean();
            RidgeProblem problem = learnable(random, random(random, 70, layout), weighted);
            RandomHoldout parts = RandomHoldout.of(Problems.range(0, 60), 0.3, random.nextLong());
            // A patience that outlasts the search leaves every system solved.
            RidgeFit fit =
                KroneckerRidge.fit(problem, parts.train(), parts.validation(), EXACT, PARALLEL);
            double meanNorm = 0;
            double weights = 0;
            for (int i : parts.train()) {
              meanNorm += problem.weight(i) * DenseRidge.inner(problem.inputs(), i, i);
              weights += problem.weight(i);
            }
            meanNorm /= weights;
            for (int c = 0; c < 2; c++) {
              int output = c;
              List<RidgeTrial> trials =
                  fit.trials().stream().filter(trial -> trial.output() == output).toList();
              assertEquals(12, trials.size());
              double least = Double.POSITIVE_INFINITY;
              for (int s = 0; s < 12; s++) {
                RidgeTrial trial = trials.get(s);
                assertEquals(
                    meanNorm * 1e-3 * Math.pow(1e5, s / 11.0),
                    trial.lambda(),
                    1e-9 * trial.lambda());
                if (trial.residual() <= 1e-10) {
                  double error = error(problem, parts, trial.lambda(), c);
                  assertEquals(error, trial.validationError(), 1e-7 * error);
                }
                if (trial.residual() <= 1e-3) {
                  least = Math.min(least, trial.validationError());
                }
              }
              double found = fit.lambda()[c];
              RidgeTrial taken =
                  trials.stream()
                      .filter(trial -> trial.lambda() == found)
                      .findFirst()
                      .orElseThrow();
              assertEquals(least, taken.validationError());
              double error = error(problem, parts, found, c);
              assertEquals(error, taken.validationError(), 1e-3 * error);
              double[] expected = DenseRidge.coefficients(problem, parts.all(), found, c);
              assertClose(expected, fit.coefficients(c), 1e-7);
            }
            assertArrayEquals(parts.all(), fit.samples());
          }
        });
  }

  /** Two outputs, linear in the inputs up to noise of another strength each. */
  private static RidgeProblem learnable(Random random, StructuredInputs inputs, boolean weighted) {
    int d = Math.toIntExact(inputs.dimension());
    double[] first = Problems.gaussian(random, d);
    double[] second = Problems.gaussian(random, d);
    double[] targets = new double[2 * inputs.size()];
    double[] x = new double[d];
    for (int i = 0; i < inputs.size(); i++) {
      inputs.materialise(i, x);
      for (int j = 0; j < d; j++) {
        targets[2 * i] += first[j] * x[j];
        targets[2 * i + 1] += second[j] * x[j];
      }
      targets[2 * i] += 0.3 * random.nextGaussian();
      targets[2 * i + 1] += 3 * random.nextGaussian();
    }
    double[] weights = weighted ? random.doubles(inputs.size(), 0.2, 3).toArray() : null;
    return new RidgeProblem(inputs, 2, targets, weights);
  }

  private static double error(
      RidgeProblem problem, RandomHoldout parts, double lambda, int output) {
    double[] coefficients = DenseRidge.coefficients(problem, parts.train(), lambda, output);
    double[] predicted =
        DenseRidge.times(
            DenseRidge.kernel(problem.inputs(), parts.validation(), parts.train()), coefficients);
    double sum = 0;
    double weights = 0;
    for (int p = 0; p < predicted.length; p++) {
      int i = parts.validation()[p];
      double difference = predicted[p] - problem.targets()[2 * i + output];
      sum += problem.weight(i) * difference * difference;
      weights += problem.weight(i);
    }
    return sum / weights;
  }

  @Test
  void aNoisierOutputIsRegularisedMore() {
    Random random = new Random(1);
    StructuredInputs inputs =
        Problems.inputs(random, 2000, new int[] {20, 20}, new int[] {8, 8}, 0, 1);
    RidgeProblem problem = learnable(random, inputs, false);
    RandomHoldout parts = RandomHoldout.of(Problems.range(0, 2000), 0.2, 1);
    RidgeFit fit = KroneckerRidge.fit(problem, parts.train(), parts.validation(), EXACT, PARALLEL);
    assertTrue(fit.lambda()[0] < fit.lambda()[1], () -> Arrays.toString(fit.lambda()));
  }

  /** After few iterations small λ look better than they are once solved. */
  @Test
  void anUnfinishedTrialIsNotTakenForASolvedOne() {
    Random random = new Random(1);
    StructuredInputs inputs =
        Problems.inputs(random, 300, new int[] {20, 20}, new int[] {8, 8}, 0, 1);
    RidgeProblem problem = learnable(random, inputs, false);
    RandomHoldout parts = RandomHoldout.of(Problems.range(0, 300), 0.2, 1);
    RidgeOptions few = new RidgeOptions(1e-6, 1e4, 20, 4, 1e-13, false, 1e9);
    RidgeFit fit = KroneckerRidge.fit(problem, parts.train(), parts.validation(), few, PARALLEL);
    for (int c = 0; c < 2; c++) {
      int output = c;
      RidgeTrial taken =
          fit.trials().stream()
              .filter(trial -> trial.output() == output)
              .filter(trial -> trial.lambda() == fit.lambda()[output])
              .findFirst()
              .orElseThrow();
      assertTrue(taken.residual() <= 1e-3, taken::toString);
      assertTrue(
          fit.trials().stream()
              .filter(trial -> trial.output() == output)
              .anyMatch(trial -> trial.validationError() < taken.validationError()),
          "a case with a tempting trial");
    }
  }

  @Test
  void stoppedEarlyTheFinalFitTakesAsManyIterationsAsWereBest() {
    Random random = new Random(1);
    StructuredInputs inputs =
        Problems.inputs(random, 300, new int[] {20, 20}, new int[] {8, 8}, 0, 1);
    RidgeProblem problem = learnable(random, inputs, false);
    RandomHoldout parts = RandomHoldout.of(Problems.range(0, 300), 0.2, 1);
    RidgeFit early =
        KroneckerRidge.fit(problem, parts.train(), parts.validation(), early(100), PARALLEL);
    RidgeFit solved =
        KroneckerRidge.fit(problem, parts.train(), parts.validation(), EXACT, PARALLEL);
    for (int c = 0; c < 2; c++) {
      double lambda = early.lambda()[c];
      int output = c;
      RidgeTrial taken =
          early.trials().stream()
              .filter(trial -> trial.output() == output && trial.lambda() == lambda)
              .findFirst()
              .orElseThrow();
      assertEquals(taken.iterations(), early.iterations()[c]);
      assertTrue(early.iterations()[c] < solved.iterations()[c]);
      double best =
          solved.trials().stream()
              .filter(trial -> trial.output() == output)
              .mapToDouble(RidgeTrial::validationError)
              .min()
              .orElseThrow();
      assertTrue(taken.validationError() <= best * (1 + 1e-9));
    }
  }
}
