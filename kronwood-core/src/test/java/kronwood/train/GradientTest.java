package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Random;
import java.util.stream.Stream;
import kronwood.loss.HuberLoss;
import kronwood.loss.LogisticLoss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.plan.EngineChoice;
import kronwood.testing.PairInputs;
import kronwood.testing.Seeds;
import kronwood.train.Scenario.Kind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A step of the dense engine is the step size times the slope of the batch's mean loss, measured by
 * finite differences on a network of plain formulas.
 */
class GradientTest {
  private static final double STEP = 1e-5;

  private static Stream<DynamicTest> stepsFollowTheSlope(String name, Scenario scenario) {
    scenario.samples(14, 9).batch(9);
    return Seeds.runs(name, 3, random -> assertStepsFollowTheSlope(scenario, random));
  }

  /** From the start, where paired neurons are equal, and from where the first step has led. */
  private static void assertStepsFollowTheSlope(Scenario scenario, Random random) {
    for (int draw = 0; draw < 100; draw++) {
      Scenario.Training training = scenario.draw(random);
      int[] batch = training.problem().split().train();
      NaiveNetwork start = after(0, training);
      NaiveNetwork first = after(1, training);
      // Where a pre-activation equals the shift there is no slope.
      if (Math.min(start.distanceFromKink(batch), first.distanceFromKink(batch)) > 50 * STEP) {
        assertFollowsTheSlope(training, start, first);
        assertFollowsTheSlope(training, first, after(2, training));
        return;
      }
    }
    fail("every problem drawn is at a kink of the loss");
  }

  /** Weights and output layer after so many epochs of one batch each. */
  private static NaiveNetwork after(int epochs, Scenario.Training training) {
    NaiveNetwork network = new NaiveNetwork(training.problem(), training.network());
    if (epochs > 0) {
      TrainingOptions options = training.options(EngineChoice.DENSE, epochs, 1);
      TrainingResult result =
          Trainer.train(
              training.problem(), training.network(), options, 1e9, TrainingListener.NONE);
      for (int r = 0; r < network.w.length; r++) {
        result.network().engine().weights(r, network.w[r]);
        for (int c = 0; c < network.a[r].length; c++) {
          network.a[r][c] = result.network().output().weight(c, r);
        }
      }
    }
    return network;
  }

  private static void assertFollowsTheSlope(
      Scenario.Training training, NaiveNetwork before, NaiveNetwork after) {
    int[] batch = training.problem().split().train();
    double eta = training.learningRate();
    double keep = 1 - eta * training.decay();
    boolean trainOutput = training.network().trainOutput();
    double largest = 0;
    for (int r = 0; r < before.w.length; r++) {
      for (int p = 0; p < before.w[r].length; p++) {
        double kept = before.start[r][p] + keep * (before.w[r][p] - before.start[r][p]);
        double slope = slope(before, before.w[r], p, batch);
        assertEquals(-eta * slope, after.w[r][p] - kept, 1e-8 * Math.max(1, eta), "weight " + p);
        largest = Math.max(largest, Math.abs(slope));
      }
      for (int c = 0; c < before.a[r].length; c++) {
        double kept = before.startOutput[r][c] + keep * (before.a[r][c] - before.startOutput[r][c]);
        double slope = trainOutput ? slope(before, before.a[r], c, batch) : 0;
        assertEquals(-eta * slope, after.a[r][c] - kept, 1e-8 * Math.max(1, eta), "output " + c);
      }
    }
    assertTrue(largest > 1e-3, "slopes are up to " + largest + ": nothing was compared");
  }

  private static double slope(NaiveNetwork network, double[] weights, int position, int[] batch) {
    double value = weights[position];
    weights[position] = value + STEP;
    double up = network.meanLoss(batch);
    weights[position] = value - STEP;
    double down = network.meanLoss(batch);
    weights[position] = value;
    return (up - down) / (2 * STEP);
  }

  @TestFactory
  Stream<DynamicTest> ofWeightsForEveryLoss() {
    return Stream.of(
            stepsFollowTheSlope("squared", new Scenario()),
            stepsFollowTheSlope("squared, 3", new Scenario().loss(new SquaredLoss(), 3)),
            stepsFollowTheSlope("Huber", new Scenario().loss(new HuberLoss(0.6), 2)),
            stepsFollowTheSlope("logistic", new Scenario().loss(new LogisticLoss(), 1)),
            stepsFollowTheSlope("softmax", new Scenario().loss(new SoftmaxLoss(), 4)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> ofWeightsAndOutputLayerTogether() {
    return Stream.of(
            stepsFollowTheSlope("unpaired", new Scenario().trainOutput().neurons(5, false)),
            stepsFollowTheSlope("softmax", new Scenario().trainOutput().loss(new SoftmaxLoss(), 3)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> withSampleWeightsAndDecay() {
    return Stream.of(
            stepsFollowTheSlope("weighted", new Scenario().weighted()),
            stepsFollowTheSlope("decay", new Scenario().decay(0.1)),
            stepsFollowTheSlope("all", new Scenario().weighted().decay(0.3).trainOutput()))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> onSumsOfProducts() {
    return PairInputs.SUMS.stream()
        .flatMap(
            structure -> {
              Scenario pairs =
                  new Scenario().tables(Kind.FEATURES).modes(0, 0).structure(structure);
              return Stream.concat(
                  stepsFollowTheSlope(structure.key(), pairs.trainOutput().weighted()),
                  stepsFollowTheSlope(
                      structure.key() + ", logistic",
                      new Scenario()
                          .tables(Kind.FEATURES)
                          .modes(0, 0)
                          .structure(structure)
                          .loss(new LogisticLoss(), 1)));
            });
  }

  @TestFactory
  Stream<DynamicTest> onOtherProducts() {
    return Stream.of(
            stepsFollowTheSlope("one mode", new Scenario().tables(Kind.FEATURES).modes(0)),
            stepsFollowTheSlope(
                "an entity with itself",
                new Scenario().tables(Kind.SPARSE).modes(0, 0).sameEntity()))
        .flatMap(tests -> tests);
  }
}
