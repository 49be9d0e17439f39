package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.loss.HuberLoss;
import kronwood.loss.LogisticLoss;
import kronwood.loss.Loss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.math.SymmetricEigen;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class StepSizeTest {
  private static TrainingResult train(
      Scenario.Training training, EngineChoice engine, int batch, int epochs) {
    return train(training, engine, batch, epochs, 0);
  }

  private static TrainingResult train(
      Scenario.Training training, EngineChoice engine, int batch, int epochs, double momentum) {
    return Trainer.train(
        training.problem(),
        training.network(),
        TrainingOptions.plain(batch, epochs, OptionalDouble.empty(), 0, engine, 1)
            .withMomentum(momentum),
        1e9,
        TrainingListener.NONE);
  }

  /** Tangent kernel of the training samples by its definition, at the initial weights. */
  private static double[] tangentKernel(Scenario.Training training) {
    NaiveNetwork network = new NaiveNetwork(training.problem(), training.network());
    int[] train = training.problem().split().train();
    int n = train.length;
    int neurons = training.network().neurons();
    double shift = training.network().shift();
    double[] kernel = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double[] a = network.x[train[i]];
        double[] b = network.x[train[j]];
        double inner = 0;
        for (int p = 0; p < a.length; p++) {
          inner += a[p] * b[p];
        }
        for (int r = 0; r < neurons; r++) {
          if (network.z(r, train[i]) > shift && network.z(r, train[j]) > shift) {
            kernel[i * n + j] += inner / neurons;
          }
        }
      }
    }
    return kernel;
  }

  @TestFactory
  Stream<DynamicTest> itIsTheFormulaOfTheTangentKernel() {
    return Seeds.runs(
        5,
        random -> {
          for (Loss loss : new Loss[] {new SquaredLoss(), new LogisticLoss()}) {
            Scenario.Training training = new Scenario().loss(loss, 1).draw(random);
            double[] kernel = tangentKernel(training);
            int n = training.problem().split().train().length;
            double largest =
                IntStream.range(0, n).mapToDouble(i -> kernel[i * n + i]).max().orElse(0);
            double eigenvalue = SymmetricEigen.of(kernel, n).values()[n - 1];
            for (int batch : new int[] {1, 7, n, 10 * n}) {
              int samples = Math.min(batch, n);
              for (double momentum : new double[] {0, 0.8}) {
                double expected =
                    samples
                        / (loss.curvature() * largest / (1 - momentum)
                            + (samples - 1) * loss.initialCurvature(1) * eigenvalue / n);
                double found =
                    train(training, EngineChoice.EAGER, batch, 0, momentum).course().learningRate();
                // The power iteration stops before it has converged.
                assertEquals(expected, found, 0.02 * expected, "batch " + batch);
              }
            }
          }
        });
  }

  @Test
  void itNamesTheSameStepForEveryEngine() {
    Scenario.Training training = new Scenario().draw(new Random(21));
    double expected = train(training, EngineChoice.DENSE, 4, 0).course().learningRate();
    for (EngineChoice engine : EngineChoice.values()) {
      assertEquals(
          expected, train(training, engine, 4, 0).course().learningRate(), 1e-12 * expected);
    }
  }

  private static void assertLearns(String what, Scenario.Training training, int batch) {
    assertLearns(what, training, batch, 0);
  }

  private static void assertLearns(
      String what, Scenario.Training training, int batch, double momentum) {
    double[] losses = stableLosses(what, training, batch, momentum);
    assertTrue(losses[11] < 0.985 * losses[0], () -> what + ": " + Arrays.toString(losses));
  }

  /** Losses of twelve epochs, none of them much above the first. */
  private static double[] stableLosses(
      String what, Scenario.Training training, int batch, double momentum) {
    TrainingResult result = train(training, EngineChoice.EAGER, batch, 12, momentum);
    double[] losses = result.course().epochs().stream().mapToDouble(EpochReport::loss).toArray();
    for (double loss : losses) {
      assertTrue(
          loss < 1.1 * losses[0], () -> what + ", batch " + batch + ": " + Arrays.toString(losses));
    }
    return losses;
  }

  @TestFactory
  Stream<DynamicTest> lossesFallForEveryLossAndBatch() {
    return Seeds.runs(
        1,
        random -> {
          for (int batch : new int[] {1, 16, 200}) {
            assertLearns("squared", scenario().draw(random), batch);
            assertLearns("Huber", scenario().loss(new HuberLoss(1), 1).draw(random), batch);
            assertLearns("logistic", scenario().loss(new LogisticLoss(), 1).draw(random), batch);
            assertLearns("softmax", scenario().loss(new SoftmaxLoss(), 6).draw(random), batch);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> lossesFallForManyClassesAndWithMomentum() {
    return Seeds.runs(
        1,
        random -> {
          for (int batch : new int[] {1, 16, 200}) {
            for (double momentum : new double[] {0, 0.9}) {
              String what = "momentum " + momentum;
              Scenario classes = scenario().loss(new SoftmaxLoss(), 30);
              assertLearns("30 classes, " + what, classes.draw(random), batch, momentum);
              assertLearns("squared, " + what, scenario().draw(random), batch, momentum);
            }
          }
        });
  }

  private static Scenario scenario() {
    return new Scenario().samples(220, 200).neurons(64, true);
  }

  @TestFactory
  Stream<DynamicTest> lossesFallForManyOutputs() {
    return Seeds.runs(
        1,
        random -> {
          for (int batch : new int[] {1, 16, 200}) {
            Scenario scenario = scenario().loss(new SquaredLoss(), 12);
            assertLearns("12 outputs", scenario.draw(random), batch);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> lossesFallForAFewNeuronsOfManyOutputs() {
    return Seeds.runs(
        1,
        random -> {
          for (int batch : new int[] {1, 16, 200}) {
            Scenario scenario = scenario().neurons(8, true).loss(new SquaredLoss(), 20);
            double[] losses = stableLosses("8 neurons", scenario.draw(random), batch, 0);
            assertTrue(losses[11] < losses[0], () -> Arrays.toString(losses));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> lossesFallForATrainedOutputLayer() {
    return Seeds.runs(
        1,
        random -> {
          for (int batch : new int[] {1, 16, 200}) {
            assertLearns("trained output", scenario().trainOutput().draw(random), batch);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> lossesFallForVeryUnequalSampleWeights() {
    return Seeds.runs(
        1,
        random -> {
          Scenario.Training drawn = scenario().draw(random);
          TrainingProblem problem = drawn.problem();
          float[] weights = new float[220];
          Arrays.fill(weights, 1);
          for (int rare = 0; rare < 5; rare++) {
            weights[problem.split().train()[rare]] = 100;
          }
          Samples samples =
              Samples.weighted(problem.samples().tuples(), problem.samples().targets(), weights);
          Scenario.Training training =
              new Scenario.Training(
                  new TrainingProblem(problem.inputs(), samples, problem.split(), problem.loss()),
                  drawn.network(),
                  drawn.batch(),
                  drawn.learningRate(),
                  0);
          for (int batch : new int[] {1, 16, 200}) {
            assertLearns("unequal weights", training, batch);
          }
        });
  }

  @Test
  void theScaleOfTheTargetsDoesNotMatter() {
    Scenario.Training training = new Scenario().draw(new Random(22));
    TrainingProblem problem = training.problem();
    RealTargets targets = (RealTargets) problem.samples().targets();
    float[] scaled = new float[targets.size()];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = 4096 * targets.value(i, 0);
    }
    Scenario.Training other =
        new Scenario.Training(
            new TrainingProblem(
                problem.inputs(),
                Samples.of(problem.samples().tuples(), RealTargets.of(List.of("y"), scaled)),
                problem.split(),
                problem.loss()),
            training.network(),
            training.batch(),
            training.learningRate(),
            0);
    assertEquals(
        train(training, EngineChoice.EAGER, 4, 0).course().learningRate(),
        train(other, EngineChoice.EAGER, 4, 0).course().learningRate());
  }

  @Test
  void whereNoNeuronFiresTheStepIsFiniteAndNothingIsLearned() {
    Scenario.Training drawn = new Scenario().draw(new Random(23));
    NetworkOptions silent = new NetworkOptions(16, 100, true, false, 1);
    Scenario.Training training =
        new Scenario.Training(drawn.problem(), silent, 4, drawn.learningRate(), 0);
    for (EngineChoice engine : EngineChoice.values()) {
      TrainingResult result = train(training, engine, 4, 2);
      assertTrue(
          result.course().learningRate() > 0 && Double.isFinite(result.course().learningRate()),
          "step size " + result.course().learningRate());
      assertEquals(0, result.course().work().fired());
      assertEquals(0.5, result.course().epochs().getLast().loss(), 1e-6);
    }
  }

  @Test
  void moreTrainingSamplesThanTheSpectrumIsTakenOverAreAllowed() {
    Scenario.Training training =
        new Scenario().samples(1400, 1300).neurons(20, true).draw(new Random(24));
    double rate = train(training, EngineChoice.EAGER, 16, 0).course().learningRate();
    assertTrue(rate > 0 && Double.isFinite(rate));
    assertEquals(
        rate, train(training, EngineChoice.EAGER, 16, 0).course().learningRate(), "same seed");
  }

  @TestFactory
  Stream<DynamicTest> aBatchLeftOpenIsAPowerOfTwoBesideTheCriticalOne() {
    return Seeds.runs(
        3,
        random -> {
          Scenario scenario = scenario().neurons(16 << random.nextInt(3), true);
          if (random.nextBoolean()) {
            scenario.skip(random.nextDouble());
          }
          Scenario.Training training = scenario.samples(620, 600).draw(random);
          TrainingResult result =
              train(training, EngineChoice.DENSE, TrainingOptions.AUTO_BATCH, 0);
          int batch = result.course().batch();
          assertEquals(1, Integer.bitCount(batch), "batch " + batch);
          assertTrue(batch >= 16 && batch <= 1024, "batch " + batch);
          // The step is the one that this batch would have got had it been asked for.
          assertEquals(
              train(training, EngineChoice.DENSE, batch, 0).course().learningRate(),
              result.course().learningRate(),
              1e-12);
          // η(S) = S / (β + (S − 1) λ): from S₁ = 1 and S₂ = 500, β and λ and the critical batch.
          double beta = 1 / train(training, EngineChoice.DENSE, 1, 0).course().learningRate();
          double sum = 500 / train(training, EngineChoice.DENSE, 500, 0).course().learningRate();
          double critical = beta / ((sum - beta) / 499) + 1;
          assertTrue(batch == 1024 || 1.5 * batch >= 0.99 * critical, batch + ", " + critical);
          assertTrue(batch == 16 || 0.75 * batch <= 1.01 * critical, batch + ", " + critical);
        });
  }

  @Test
  void aBatchLeftOpenIsNoLargerThanTheTrainingSamples() {
    Scenario.Training training = new Scenario().samples(14, 9).draw(new Random(25));
    for (EngineChoice engine : EngineChoice.values()) {
      assertEquals(9, train(training, engine, TrainingOptions.AUTO_BATCH, 1).course().batch());
    }
  }

  @Test
  void aLearningRateThatIsGivenIsKeptWhereTheBatchIsLeftOpen() {
    Scenario.Training training = new Scenario().draw(new Random(26));
    TrainingResult result =
        Trainer.train(
            training.problem(),
            training.network(),
            TrainingOptions.plain(
                TrainingOptions.AUTO_BATCH, 0, OptionalDouble.of(0.37), 0, EngineChoice.AUTO, 1),
            1e9,
            TrainingListener.NONE);
    assertEquals(0.37, result.course().learningRate());
    assertTrue(result.course().batch() >= 16);
  }

  @Test
  void ofSingleSamplesMomentumMakesTheStepSmallerByAsMuchAsItAddsLater() {
    Scenario.Training training = new Scenario().draw(new Random(27));
    double plain = train(training, EngineChoice.DENSE, 1, 0).course().learningRate();
    double smaller = train(training, EngineChoice.DENSE, 1, 0, 0.9).course().learningRate();
    assertEquals(0.1 * plain, smaller, 1e-12 * plain);
  }
}
