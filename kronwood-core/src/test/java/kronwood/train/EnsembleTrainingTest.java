package kronwood.train;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.loss.HuberLoss;
import kronwood.loss.LogisticLoss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.measure.Metric;
import kronwood.measure.SpreadCalibration;
import kronwood.network.Ensemble;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Members that are trained together are networks that are trained apart. */
class EnsembleTrainingTest {
  private static final int EPOCHS = 6;

  private static TrainingResult train(
      Scenario.Training training, EngineChoice engine, int epochs, int threads) {
    return Trainer.train(
        training.problem(),
        training.network(),
        training.options(engine, epochs, threads),
        1e9,
        TrainingListener.NONE);
  }

  private static Stream<Scenario> scenarios() {
    return Stream.of(
        new Scenario().ensemble(4),
        new Scenario().ensemble(3).neurons(15, false).weighted().loss(new SquaredLoss(), 2),
        new Scenario().ensemble(2).trainOutput().loss(new HuberLoss(0.8), 1).decay(0.1),
        new Scenario().ensemble(2).skip(0.3).loss(new SquaredLoss(), 2).momentum(0.5),
        new Scenario().validatedEnsemble(2).skip(0.5),
        new Scenario().ensemble(4).loss(new SoftmaxLoss(), 3).skip(0.4),
        new Scenario().ensemble(8).loss(new LogisticLoss(), 1));
  }

  @TestFactory
  Stream<DynamicTest> membersAreNetworksThatDoNotSeeWhatIsHiddenFromThem() {
    return Seeds.runs(
        2,
        random ->
            scenarios()
                .forEach(
                    scenario -> {
                      // With one batch an epoch, the order of the samples does not matter.
                      Scenario.Training training = scenario.batch(30).draw(random);
                      for (EngineChoice engine : EngineChoice.values()) {
                        assertMembersAreNetworks(training, engine);
                      }
                    }));
  }

  private static void assertMembersAreNetworks(Scenario.Training training, EngineChoice engine) {
    int members = training.network().ensemble().members();
    int outputs = training.targets().outputs();
    int[] train = training.problem().split().train();
    HiddenSamples hidden = training.losses().hidden();
    TrainingResult result = train(training, engine, EPOCHS, 1);
    TrainingResult untrained = train(training, EngineChoice.DENSE, 0, 1);
    double[] losses = new double[EPOCHS];
    for (int e = 0; e < members; e++) {
      int member = e;
      int firstLinear = training.network().neurons() + e * outputs;
      double[][] start =
          new double[training.network().hasSkip() ? outputs : 0]
              [(int) training.problem().inputs().dimension()];
      for (int c = 0; c < start.length; c++) {
        untrained.network().engine().weights(firstLinear + c, start[c]);
      }
      NaiveNetwork alone =
          new NaiveNetwork(
              training.problem(),
              training.network(),
              start,
              e,
              sample -> hidden.isHidden(sample, member));
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        losses[epoch] += alone.meanLoss(train) / members;
        alone.step(train, training.learningRate(), training.decay(), training.momentum());
      }
      int[] neurons = NaiveNetwork.neurons(training.network(), e);
      for (int i = 0; i < neurons.length; i++) {
        assertWeights(alone.w[i], result, neurons[i]);
        for (int c = 0; c < outputs; c++) {
          assertEquals(alone.a[i][c], result.network().output().weight(c, neurons[i]), 1e-9);
        }
      }
      for (int c = 0; c < start.length; c++) {
        assertWeights(alone.linear[c], result, firstLinear + c);
      }
    }
    assertArrayEquals(losses, TrainingResults.losses(result), 1e-9 * losses[0], engine.key());
  }

  private static void assertWeights(double[] expected, TrainingResult result, int unit) {
    double[] found = new double[expected.length];
    result.network().engine().weights(unit, found);
    assertArrayEquals(expected, found, 1e-9, result.network().engine().name() + ", unit " + unit);
  }

  private static Scenario.Training withTarget(Scenario.Training training, int sample) {
    RealTargets targets = (RealTargets) training.problem().samples().targets();
    float[] values = new float[targets.size() * targets.outputs()];
    for (int i = 0; i < values.length; i++) {
      values[i] = targets.value(i / targets.outputs(), i % targets.outputs());
    }
    values[sample * targets.outputs()] += 100;
    TrainingProblem problem = training.problem();
    return new Scenario.Training(
        new TrainingProblem(
            problem.inputs(),
            Samples.of(problem.samples().tuples(), RealTargets.of(targets.names(), values)),
            problem.split(),
            problem.loss()),
        training.network(),
        training.batch(),
        training.learningRate(),
        training.decay());
  }

  /** With a linear skip that starts from ridge regression, and targets that are standardised. */
  @Test
  void nothingOfAHiddenSampleReachesTheMembersItIsHiddenFrom() {
    for (EngineChoice engine : List.of(EngineChoice.DENSE, EngineChoice.EAGER)) {
      Scenario.Training training =
          new Scenario().ensemble(4).skip(0.3).trainOutput().samples(60, 60).draw(new Random(31));
      HiddenSamples hidden = training.losses().hidden();
      TrainingResult before = train(training, engine, 4, 1);
      int sample = hidden.hidden()[2];
      TrainingResult after = train(withTarget(training, sample), engine, 4, 1);
      int units = before.network().output().units();
      int changed = 0;
      int dimension = (int) training.problem().inputs().dimension();
      for (int unit = 0; unit < units; unit++) {
        int neurons = training.network().neurons();
        int member = unit < neurons ? before.network().output().member(unit) : unit - neurons;
        boolean same =
            Arrays.equals(weights(before, unit, dimension), weights(after, unit, dimension));
        if (unit < neurons) {
          same &=
              before.network().output().weight(0, unit) == after.network().output().weight(0, unit);
        }
        if (hidden.isHidden(sample, member)) {
          assertTrue(same, engine.key() + ": unit " + unit + " of member " + member);
        } else {
          changed += same ? 0 : 1;
        }
      }
      assertTrue(changed > units / 4, changed + " of " + units + " units changed");
      assertFalse(before.metrics().calibration().equals(after.metrics().calibration()));
    }
  }

  private static double[] weights(TrainingResult result, int unit, int dimension) {
    double[] weights = new double[dimension];
    result.network().engine().weights(unit, weights);
    return weights;
  }

  @Test
  void metricsAreThoseOfTheMeanOverMembers() {
    Scenario.Training training = new Scenario().ensemble(2).batch(30).draw(new Random(32));
    TrainingResult result = train(training, EngineChoice.DENSE, 3, 1);
    HiddenSamples hidden = training.losses().hidden();
    int[] test = training.problem().split().test();
    RealTargets targets = (RealTargets) training.problem().samples().targets();
    double[] means = new double[test.length];
    for (int e = 0; e < 2; e++) {
      int member = e;
      NaiveNetwork alone =
          new NaiveNetwork(
              training.problem(),
              training.network(),
              new double[0][],
              e,
              sample -> hidden.isHidden(sample, member));
      for (int epoch = 0; epoch < 3; epoch++) {
        alone.step(training.problem().split().train(), training.learningRate(), 0);
      }
      for (int i = 0; i < test.length; i++) {
        means[i] +=
            (result.network().targets().offset(e)
                    + result.network().targets().scale(e) * alone.outputs(test[i])[0])
                / 2;
      }
    }
    double squares = 0;
    for (int i = 0; i < test.length; i++) {
      double error = means[i] - targets.value(test[i], 0);
      squares += error * error / test.length;
    }
    assertEquals(squares, result.metrics().test().get(Metric.MSE), 1e-9 * squares);
  }

  @Test
  void thereIsACalibrationForEachRealTargetOfAnEnsembleOnly() {
    Random random = new Random(33);
    assertEquals(
        2,
        train(
                new Scenario().ensemble(2).loss(new SquaredLoss(), 2).draw(random),
                EngineChoice.AUTO,
                2,
                1)
            .metrics()
            .calibration()
            .size());
    SpreadCalibration validated =
        train(new Scenario().validatedEnsemble(4).draw(random), EngineChoice.AUTO, 2, 1)
            .metrics()
            .calibration()
            .getFirst();
    assertTrue(validated.factor() + validated.variance() > 0);
    assertEquals(
        List.of(),
        train(new Scenario().draw(random), EngineChoice.AUTO, 2, 1).metrics().calibration());
    assertEquals(
        List.of(),
        train(
                new Scenario().ensemble(2).loss(new LogisticLoss(), 1).draw(random),
                EngineChoice.AUTO,
                2,
                1)
            .metrics()
            .calibration());
  }

  @Test
  void averagesEarlyStoppingAndThreadsWorkForEnsembles() {
    Scenario.Training training =
        new Scenario().validatedEnsemble(4).samples(80, 50).draw(new Random(34));
    TrainingOptions options =
        training.options(EngineChoice.BLOCK, 8, 1).withAveraging(3).withPatience(2);
    TrainingResult one =
        Trainer.train(training.problem(), training.network(), options, 1e9, TrainingListener.NONE);
    TrainingOptions two =
        options
            .withWeightDecay(0)
            .withMomentum(0)
            .withAveraging(3)
            .withPatience(2)
            .withPlan(EngineChoice.BLOCK, null)
            .withThreads(2);
    TrainingResult other =
        Trainer.train(training.problem(), training.network(), two, 1e9, TrainingListener.NONE);
    assertArrayEquals(
        TrainingResults.weights(one, training), TrainingResults.weights(other, training));
    assertEquals(one.metrics().calibration(), other.metrics().calibration());
    double best =
        one.course().epochs().stream()
            .mapToDouble(report -> report.validation().get(Metric.MSE))
            .min()
            .orElseThrow();
    assertEquals(best, one.metrics().validation().get(Metric.MSE), 1e-6 * best);
  }

  @Test
  void theStepIsOneThatEveryMemberBears() {
    Scenario.Training training = new Scenario().validatedEnsemble(2).draw(new Random(35));
    TrainingOptions automatic =
        TrainingOptions.plain(4, 0, OptionalDouble.empty(), 0, EngineChoice.DENSE, 1);
    NetworkOptions network = training.network();
    double step =
        Trainer.train(training.problem(), network, automatic, 1e9, TrainingListener.NONE)
            .course()
            .learningRate();
    NetworkOptions half = new NetworkOptions(8, network.shift(), true, false, 0, network.seed());
    // Its neurons are others, so that it bears a step like that, not the same.
    double single =
        Trainer.train(training.problem(), half, automatic, 1e9, TrainingListener.NONE)
            .course()
            .learningRate();
    assertTrue(step > 0.3 * single && step < 2 * single, step + " and " + single);
  }

  @Test
  void widthsThatDoNotMakeEqualMembersAreRefused() {
    NetworkOptions paired = NetworkOptions.of(12, 1);
    assertEquals(4, paired.withEnsemble(Ensemble.of(3)).memberNeurons());
    assertRefused(
        () -> paired.withEnsemble(Ensemble.of(4)),
        "neurons is 12",
        "multiple of 8",
        "ensemble of 4");
    assertRefused(() -> Ensemble.of(0), "ensemble is 0", "at least 1");
    NetworkOptions unpaired = new NetworkOptions(12, 1, false, false, 1);
    assertEquals(2, unpaired.withEnsemble(Ensemble.of(4)).member(8));
    assertRefused(() -> unpaired.withEnsemble(Ensemble.of(5)), "multiple of 5");
  }
}
