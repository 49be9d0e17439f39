package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import kronwood.engine.DenseEngine;
import kronwood.engine.weights.UpdateRule;
import kronwood.loss.SquaredLoss;
import kronwood.math.SymmetricEigen;
import kronwood.network.Exchange;
import kronwood.network.InitialWeights;
import kronwood.network.NetworkOptions;
import kronwood.network.OutputLayer;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Eigenvalues of the tangent kernel against those of the product of explicit gradients. */
class TangentKernelTest {
  @TestFactory
  Stream<DynamicTest> itIsTheProductOfTheGradientsOfAllThatIsTrained() {
    return Stream.of(
            agrees("neurons only", new Scenario()),
            agrees("with a linear skip", new Scenario().skip(0.3)),
            agrees("3 outputs", new Scenario().skip(1).loss(new SquaredLoss(), 3)),
            agrees("unequal weights", new Scenario().skip(0.7).weighted()),
            agrees(
                "with all",
                new Scenario()
                    .skip(0.5)
                    .trainOutput()
                    .weighted()
                    .neurons(9, false)
                    .loss(new SquaredLoss(), 2)),
            agrees(
                "the largest of the members'",
                new Scenario().skip(0.3).trainOutput().weighted().neurons(12, true).ensemble(3)))
        .flatMap(tests -> tests);
  }

  private static Stream<DynamicTest> agrees(String name, Scenario scenario) {
    return Seeds.runs(name, 3, random -> compare(scenario, random));
  }

  private static void compare(Scenario scenario, Random random) {
    Scenario.Training training = scenario.samples(24, 16).draw(random);
    TrainingProblem problem = training.problem();
    InitialWeights initial = training.initial();
    DenseEngine engine = new DenseEngine(problem.inputs(), initial, UpdateRule.PLAIN);
    int[] subset = problem.split().train();
    MemberLosses losses = training.losses();
    TangentKernel kernel =
        TangentKernel.of(engine, new OutputLayer(initial), problem, losses, Exchange.NONE, subset);
    double largest = 0;
    double largestBlock = 0;
    for (int e = 0; e < losses.members(); e++) {
      double[] expected = explicit(training, subset, e);
      int size = subset.length * initial.outputs();
      largest = Math.max(largest, SymmetricEigen.of(expected, size).values()[size - 1]);
      largestBlock =
          Math.max(largestBlock, largestBlock(expected, subset.length, initial.outputs()));
    }
    assertClose(largest, kernel.largestEigenvalue(new SplittableRandom(1)));
    assertClose(largestBlock, kernel.largestBlockEigenvalue(new SplittableRandom(1)));
  }

  private static double largestBlock(double[] expected, int samples, int outputs) {
    int size = samples * outputs;
    double largestBlock = 0;
    for (int i = 0; i < samples; i++) {
      double[] block = new double[outputs * outputs];
      for (int c = 0; c < outputs; c++) {
        System.arraycopy(
            expected, (i * outputs + c) * size + i * outputs, block, c * outputs, outputs);
      }
      largestBlock =
          Math.max(largestBlock, SymmetricEigen.of(block, outputs).values()[outputs - 1]);
    }
    return largestBlock;
  }

  /** A power iteration comes close from below. */
  private static void assertClose(double expected, double found) {
    assertTrue(expected > 0);
    assertTrue(found <= expected * (1 + 1e-10), found + " is above " + expected);
    assertEquals(expected, found, 0.02 * expected);
  }

  /** {@code √(w_i w_j) ⟨∇f_c(x_i), ∇f_c'(x_j)⟩}, gradients written out number by number. */
  private static double[] explicit(Scenario.Training training, int[] subset, int member) {
    NetworkOptions network = training.network();
    HiddenSamples hidden = training.losses().hidden();
    NaiveNetwork naive =
        new NaiveNetwork(
            training.problem(), network, new double[0][], member, i -> hidden.isHidden(i, member));
    int m = naive.w.length;
    int outputs = naive.a[0].length;
    int d = naive.x[0].length;
    double[][] gradients = new double[subset.length * outputs][];
    for (int i = 0; i < subset.length; i++) {
      double[] x = naive.x[subset[i]];
      double root = Math.sqrt(naive.weight[subset[i]]);
      for (int c = 0; c < outputs; c++) {
        double[] gradient = new double[m * d + outputs * d + m * outputs];
        for (int r = 0; r < m; r++) {
          double z = naive.z(r, subset[i]);
          if (z > network.shift()) {
            for (int p = 0; p < d; p++) {
              gradient[r * d + p] = root * naive.a[r][c] * x[p] / Math.sqrt(m);
            }
            if (network.trainOutput()) {
              gradient[(m + outputs) * d + r * outputs + c] =
                  root * (z - network.shift()) / Math.sqrt(m);
            }
          }
        }
        for (int p = 0; p < d; p++) {
          gradient[(m + c) * d + p] = root * network.skip() * x[p];
        }
        gradients[i * outputs + c] = gradient;
      }
    }
    double[] kernel = new double[gradients.length * gradients.length];
    for (int a = 0; a < gradients.length; a++) {
      for (int b = 0; b < gradients.length; b++) {
        for (int p = 0; p < gradients[a].length; p++) {
          kernel[a * gradients.length + b] += gradients[a][p] * gradients[b][p];
        }
      }
    }
    return kernel;
  }
}
