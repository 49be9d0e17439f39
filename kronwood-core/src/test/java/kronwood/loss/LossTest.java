package kronwood.loss;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import kronwood.math.SymmetricEigen;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {
  static Loss[] losses() {
    return new Loss[] {
      new SquaredLoss(), new HuberLoss(1), new HuberLoss(0.3), new LogisticLoss(), new SoftmaxLoss()
    };
  }

  /** A target that the loss may meet. */
  static double[] target(Loss loss, int outputs, Random random) {
    double[] y = Problems.gaussian(random, outputs);
    if (loss.task() == Task.BINARY) {
      for (int c = 0; c < outputs; c++) {
        y[c] = random.nextInt(2);
      }
    } else if (loss.task() == Task.MULTICLASS) {
      int label = random.nextInt(outputs);
      for (int c = 0; c < outputs; c++) {
        y[c] = c == label ? 1 : 0;
      }
    }
    return y;
  }

  private static void assertLoss(
      double expected, double[] expectedGradient, Loss loss, double[] f, double... y) {
    double[] gradient = new double[f.length];
    double[] before = f.clone();
    assertEquals(expected, loss.evaluate(f, y, 0, gradient), 1e-15 * Math.max(1, expected));
    assertArrayEquals(expectedGradient, gradient, 1e-15);
    assertArrayEquals(before, f, "outputs are not changed");
    // The same target behind two other numbers.
    double[] shifted = new double[y.length + 2];
    System.arraycopy(y, 0, shifted, 2, y.length);
    assertEquals(expected, loss.evaluate(f, shifted, 2, gradient), 1e-15 * Math.max(1, expected));
  }

  @Test
  void squaredByHand() {
    assertLoss(
        0.125 + 4.5, new double[] {0.5, -3}, new SquaredLoss(), new double[] {1, -2}, 0.5, 1);
  }

  @Test
  void huberIsSquaredUpToDeltaAndLinearBeyond() {
    assertLoss(0.125 + 2.5, new double[] {0.5, -1}, new HuberLoss(1), new double[] {1, -2}, 0.5, 1);
    assertLoss(0.5, new double[] {1}, new HuberLoss(1), new double[] {1}, 0);
    // δ(|e| − δ/2) = 2 · (5 − 1)
    assertLoss(8, new double[] {2}, new HuberLoss(2), new double[] {5}, 0);
    assertLoss(8, new double[] {-2}, new HuberLoss(2), new double[] {-5}, 0);
  }

  @Test
  void huberOfAnEnormousDeltaIsSquared() {
    Random random = new Random(1);
    double[] f = Problems.gaussian(random, 5);
    double[] y = Problems.gaussian(random, 5);
    double[] expected = new double[5];
    double loss = new SquaredLoss().evaluate(f, y, 0, expected);
    assertLoss(loss, expected, new HuberLoss(1e9), f, y);
  }

  @Test
  void logisticByHand() {
    assertLoss(Math.log(2), new double[] {-0.5}, new LogisticLoss(), new double[] {0}, 1);
    // Odds of 3 to 1 for the positive class: ln(1 + 3), and 3/4.
    assertLoss(Math.log(4), new double[] {0.75}, new LogisticLoss(), new double[] {Math.log(3)}, 0);
    assertLoss(
        Math.log(4.0 / 3), new double[] {-0.25}, new LogisticLoss(), new double[] {Math.log(3)}, 1);
  }

  @Test
  void softmaxByHand() {
    // Probabilities 1/8, 2/8, 5/8.
    double[] f = {0, Math.log(2), Math.log(5)};
    assertLoss(Math.log(4), new double[] {0.125, -0.75, 0.625}, new SoftmaxLoss(), f, 0, 1, 0);
    double[] higher = {100, 100 + Math.log(2), 100 + Math.log(5)};
    double[] gradient = new double[3];
    assertEquals(
        Math.log(8),
        new SoftmaxLoss().evaluate(higher, new double[] {1, 0, 0}, 0, gradient),
        1e-13,
        "adding a number to all outputs changes nothing");
  }

  @Test
  void softmaxOfTwoClassesIsLogisticOfTheDifference() {
    double[] gradient = new double[2];
    double[] single = new double[1];
    for (double f = -30; f <= 30; f += 0.7) {
      double softmax =
          new SoftmaxLoss().evaluate(new double[] {1, f + 1}, new double[] {0, 1}, 0, gradient);
      double logistic = new LogisticLoss().evaluate(new double[] {f}, new double[] {1}, 0, single);
      assertEquals(logistic, softmax, 1e-13);
      assertEquals(single[0], gradient[1], 1e-13);
      assertEquals(-single[0], gradient[0], 1e-13);
    }
  }

  @Test
  void outputsOfAThousandDoNotOverflow() {
    assertLoss(1000, new double[] {1}, new LogisticLoss(), new double[] {1000}, 0);
    assertLoss(0, new double[] {0}, new LogisticLoss(), new double[] {1000}, 1);
    assertLoss(1000, new double[] {-1}, new LogisticLoss(), new double[] {-1000}, 1);
    assertLoss(0, new double[] {0}, new LogisticLoss(), new double[] {-1000}, 0);
    assertLoss(2000, new double[] {1, -1}, new SoftmaxLoss(), new double[] {1000, -1000}, 0, 1);
    assertLoss(0, new double[] {0, 0}, new SoftmaxLoss(), new double[] {1000, -1000}, 1, 0);
    assertLoss(999.5, new double[] {1}, new HuberLoss(1), new double[] {1000}, 0);
    assertLoss(5e5, new double[] {-1000}, new SquaredLoss(), new double[] {-1000}, 0);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void outputsThatAreNotNumbersAreNotHidden(Loss loss) {
    double[] gradient = new double[2];
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      double value = loss.evaluate(new double[] {0, bad}, new double[] {1, 0}, 0, gradient);
      assertTrue(!Double.isFinite(value), () -> loss + " of " + bad + " is " + value);
    }
  }

  @TestFactory
  Stream<DynamicTest> gradientsAreFiniteDifferences() {
    return Stream.of(losses())
        .flatMap(
            loss ->
                Seeds.runs(
                    loss.toString(),
                    10,
                    random -> {
                      int outputs = 1 + random.nextInt(5);
                      double[] f = Problems.gaussian(random, outputs);
                      double[] y = target(loss, outputs, random);
                      double[] gradient = new double[outputs];
                      double[] ignored = new double[outputs];
                      loss.evaluate(f, y, 0, gradient);
                      double step = 1e-5;
                      for (int c = 0; c < outputs; c++) {
                        double[] up = f.clone();
                        double[] down = f.clone();
                        up[c] += step;
                        down[c] -= step;
                        double difference =
                            loss.evaluate(up, y, 0, ignored) - loss.evaluate(down, y, 0, ignored);
                        assertEquals(difference / (2 * step), gradient[c], 1e-5);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> noSecondDerivativeExceedsTheCurvature() {
    return Stream.of(losses())
        .flatMap(
            loss ->
                Seeds.runs(
                    loss.toString(),
                    10,
                    random -> {
                      int outputs = 1 + random.nextInt(5);
                      double[] y = target(loss, outputs, random);
                      double[] f = Problems.gaussian(random, outputs);
                      double largest = largestSecondDerivative(loss, f, y);
                      assertTrue(
                          largest <= loss.curvature() + 1e-4, "second derivative " + largest);
                    }));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theCurvatureIsReachedSomewhere(Loss loss) {
    double largest = largestSecondDerivative(loss, new double[2], new double[] {0, 1e-3});
    assertEquals(loss.curvature(), largest, 1e-3);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theInitialCurvatureIsThatOfOutputsOfNought(Loss loss) {
    for (int outputs : loss.task() == Task.MULTICLASS ? new int[] {2, 3, 10} : new int[] {1}) {
      double[] y = new double[outputs];
      y[0] = 1e-3;
      double largest = largestSecondDerivative(loss, new double[outputs], y);
      assertEquals(loss.initialCurvature(outputs), largest, 1e-4);
    }
  }

  private static double largestSecondDerivative(Loss loss, double[] f, double[] y) {
    int n = f.length;
    double[] hessian = new double[n * n];
    double step = 1e-5;
    for (int c = 0; c < n; c++) {
      double[] up = f.clone();
      double[] down = f.clone();
      up[c] += step;
      down[c] -= step;
      double[] upper = new double[n];
      double[] lower = new double[n];
      loss.evaluate(up, y, 0, upper);
      loss.evaluate(down, y, 0, lower);
      for (int k = 0; k < n; k++) {
        double entry = (upper[k] - lower[k]) / (2 * step);
        hessian[c * n + k] += entry / 2;
        hessian[k * n + c] += entry / 2;
      }
    }
    return SymmetricEigen.of(hessian, n).values()[n - 1];
  }

  @Test
  void predictionsOfClassesAreProbabilities() {
    double[] f = {9, 0, Math.log(3), -1000, 9};
    new LogisticLoss().link(f, 1, 3);
    assertArrayEquals(new double[] {9, 0.5, 0.75, 0, 9}, f, 1e-15);
    double[] g = {9, 0, Math.log(2), Math.log(5), 9};
    new SoftmaxLoss().link(g, 1, 3);
    assertArrayEquals(new double[] {9, 0.125, 0.25, 0.625, 9}, g, 1e-15);
  }

  @Test
  void softmaxProbabilitiesSumToOneWhateverTheOutputs() {
    Random random = new Random(2);
    for (double scale : new double[] {1e-3, 1, 30, 1000}) {
      double[] f = Problems.gaussian(random, 6);
      for (int c = 0; c < 6; c++) {
        f[c] *= scale;
      }
      new SoftmaxLoss().link(f, 0, 6);
      double sum = 0;
      for (double p : f) {
        assertTrue(p >= 0 && p <= 1, "probability " + p);
        sum += p;
      }
      assertEquals(1, sum, 1e-14);
    }
  }

  @Test
  void realPredictionsStayAsTheyAre() {
    for (Loss loss : new Loss[] {new SquaredLoss(), new HuberLoss(1)}) {
      double[] f = {1, -2, 3};
      loss.link(f, 0, 3);
      assertArrayEquals(new double[] {1, -2, 3}, f);
    }
  }

  @Test
  void lossesAreFoundByTheirNames() {
    assertEquals(new SquaredLoss(), Loss.of("squared"));
    assertEquals(new HuberLoss(1), Loss.of("huber"));
    assertEquals(new LogisticLoss(), Loss.of("logistic"));
    assertEquals(new SoftmaxLoss(), Loss.of("softmax"));
    for (Loss loss : losses()) {
      assertEquals(loss.getClass(), Loss.of(loss.key()).getClass());
    }
    assertRefused(() -> Loss.of("hinge"), "'hinge'", "squared", "huber", "logistic", "softmax");
  }

  @Test
  void deltaMustBeAFiniteNumberAboveZero() {
    assertRefused(() -> new HuberLoss(0), "delta is 0.0");
    assertRefused(() -> new HuberLoss(-1), "delta is -1.0");
    assertRefused(() -> new HuberLoss(Double.NaN), "delta is NaN");
    assertRefused(() -> new HuberLoss(Double.POSITIVE_INFINITY), "delta is Infinity");
  }
}
