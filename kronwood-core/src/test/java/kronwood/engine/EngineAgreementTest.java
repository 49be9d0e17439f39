package kronwood.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.loss.HuberLoss;
import kronwood.loss.LogisticLoss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.testing.Seeds;
import kronwood.train.LockStep;
import kronwood.train.Scenario;
import kronwood.train.Scenario.Kind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The central test: whatever the problem, all engines report the fired neurons of the dense one at
 * every step, its losses, and in the end its weights.
 */
class EngineAgreementTest {
  private static Stream<DynamicTest> agree(String name, int seeds, Scenario scenario) {
    return Seeds.runs(name, seeds, random -> train(scenario, 4, random));
  }

  private static void train(Scenario scenario, int epochs, Random random) {
    Scenario.Training training = scenario.draw(random);
    try (Parallel parallel = Parallel.of(1)) {
      List<Engine> engines = training.engines(parallel);
      assertTrue(engines.getFirst() instanceof DenseEngine && engines.size() > 1);
      LockStep lockStep = new LockStep(training, engines);
      lockStep.train(epochs, random);
      assertTrue(lockStep.fired() > 0, "no neuron fired: nothing was compared");
    }
  }

  @TestFactory
  Stream<DynamicTest> onOneModeOnPairsAndOnTriples() {
    return Stream.of(
            agree("K = 1", 3, new Scenario().tables(Kind.FEATURES).modes(0)),
            agree("K = 2", 3, new Scenario()),
            agree(
                "K = 3",
                3,
                new Scenario().tables(Kind.FEATURES, Kind.FEATURES, Kind.FEATURES).modes(0, 1, 2)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> whereModesShareATable() {
    return Stream.of(
            agree("different entities", 3, new Scenario().tables(Kind.FEATURES).modes(0, 0)),
            agree(
                "an entity with itself",
                3,
                new Scenario().tables(Kind.FEATURES).modes(0, 0).sameEntity()),
            agree(
                "first and last of three",
                3,
                new Scenario().tables(Kind.FEATURES, Kind.SPARSE).modes(0, 1, 0)),
            agree("three times", 2, new Scenario().tables(Kind.FEATURES).modes(0, 0, 0)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> onAllKindsOfAttributes() {
    return Stream.of(
            agree("sparse", 3, new Scenario().tables(Kind.SPARSE, Kind.MANY_SPARSE)),
            agree("many features", 2, new Scenario().tables(Kind.MANY_FEATURES, Kind.FEATURES)),
            agree("similarities", 3, new Scenario().tables(Kind.SIMILARITIES, Kind.INDEFINITE)),
            agree("mixed", 2, new Scenario().tables(Kind.INDEFINITE, Kind.MANY_SPARSE)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> forEveryLossAndNumberOfOutputs() {
    return Stream.of(
            agree("squared, 3 outputs", 2, new Scenario().loss(new SquaredLoss(), 3)),
            agree("Huber", 2, new Scenario().loss(new HuberLoss(1), 1)),
            agree("Huber, 2 outputs", 2, new Scenario().loss(new HuberLoss(0.5), 2)),
            agree("logistic", 3, new Scenario().loss(new LogisticLoss(), 1)),
            agree("softmax, 2 classes", 2, new Scenario().loss(new SoftmaxLoss(), 2)),
            agree("softmax, 5 classes", 2, new Scenario().loss(new SoftmaxLoss(), 5)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> withSampleWeights() {
    return agree("weighted", 4, new Scenario().weighted().loss(new SquaredLoss(), 2));
  }

  @TestFactory
  Stream<DynamicTest> withWeightDecay() {
    return Stream.of(
            agree("a share of 0.001", 3, new Scenario().decay(0.001)),
            agree("a share of 0.2", 3, new Scenario().decay(0.2)),
            agree("a share of 0.9, far below any scale", 3, new Scenario().decay(0.9).batch(1)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> withSoManyHalvingsThatTheirProductIsZero() {
    // 2^−1200 is no number of double precision any more, and nothing but training samples is asked.
    return Seeds.runs(
        2,
        random -> {
          Scenario.Training training = new Scenario().decay(0.5).batch(1).draw(random);
          try (Parallel parallel = Parallel.of(1)) {
            new LockStep(training, training.engines(parallel)).trainOnly(40, random);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> withATrainedOutputLayer() {
    return Stream.of(
            agree("alone", 3, new Scenario().trainOutput()),
            agree(
                "with 3 outputs and decay",
                3,
                new Scenario().trainOutput().loss(new SquaredLoss(), 3).decay(0.05)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> withMomentum() {
    return Stream.of(
            agree("0.5", 3, new Scenario().momentum(0.5)),
            agree("0.9", 3, new Scenario().momentum(0.9).batch(2)),
            agree("of one mode", 2, new Scenario().tables(Kind.FEATURES).modes(0).momentum(0.9)),
            agree(
                "of triples",
                2,
                new Scenario()
                    .tables(Kind.FEATURES, Kind.SPARSE)
                    .modes(0, 1, 0)
                    .momentum(0.5)
                    .neurons(17, false)),
            agree("and a trained output layer", 3, new Scenario().momentum(0.9).trainOutput()))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> withMomentumAndDecay() {
    return Stream.of(
            agree("0.5 and 0.001", 3, new Scenario().momentum(0.5).decay(0.001)),
            agree("0.5 and 0.4", 3, new Scenario().momentum(0.5).decay(0.4)),
            agree("0.9 and 0.02", 3, new Scenario().momentum(0.9).decay(0.02).batch(1)),
            agree(
                "0.9, 0.05 and a trained output layer",
                3,
                new Scenario().momentum(0.9).decay(0.05).trainOutput()))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> withLinearUnits() {
    return Stream.of(
            agree("of weight 0.3", 3, new Scenario().skip(0.3)),
            agree("of weight 1", 3, new Scenario().skip(1)),
            agree("that start from coefficients", 3, new Scenario().skip(0.3).linearStart()),
            agree(
                "of 3 outputs",
                3,
                new Scenario().skip(1).linearStart().loss(new SquaredLoss(), 3).neurons(15, false)),
            agree("of classes", 2, new Scenario().skip(0.3).loss(new SoftmaxLoss(), 4)),
            agree("and decay", 3, new Scenario().skip(1).linearStart().decay(0.1)),
            agree("and momentum", 3, new Scenario().skip(0.3).linearStart().momentum(0.9)),
            agree(
                "and momentum, decay, a trained output layer and one neuron",
                3,
                new Scenario()
                    .skip(1)
                    .linearStart()
                    .momentum(0.5)
                    .decay(0.1)
                    .trainOutput()
                    .neurons(1, false)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> ofAnEnsemble() {
    return Stream.of(
            agree("of two", 2, new Scenario().ensemble(2)),
            agree("of five neurons each", 2, new Scenario().ensemble(3).neurons(15, false)),
            agree(
                "of three outputs, weighted, with linear units",
                2,
                new Scenario()
                    .ensemble(4)
                    .weighted()
                    .loss(new SquaredLoss(), 3)
                    .skip(0.3)
                    .linearStart()),
            agree(
                "of classes, with momentum, decay and a trained output layer",
                2,
                new Scenario()
                    .ensemble(2)
                    .loss(new SoftmaxLoss(), 3)
                    .momentum(0.5)
                    .decay(0.1)
                    .trainOutput()),
            agree("beyond a panel", 1, new Scenario().ensemble(2).neurons(68, true).skip(0.5)))
        .flatMap(tests -> tests);
  }

  /** Widths beside panels of 16 and nodes of 64, linear units in a panel of their own or not. */
  @TestFactory
  Stream<DynamicTest> forWidthsThatFillNoPanelOrNode() {
    return Stream.of(1, 15, 16, 17, 63, 64, 65, 70)
        .flatMap(
            width ->
                agree(
                    width + " neurons",
                    1,
                    new Scenario().neurons(width, false).skip(0.3).momentum(0.5).batch(7)));
  }

  /** Pre-activations and weights within 1e-5, losses within 1e-4 of the dense engine's. */
  @TestFactory
  Stream<DynamicTest> inSinglePrecisionUpToItsRounding() {
    return Stream.of(
            agreeInSingle("plain", new Scenario().batch(3)),
            agreeInSingle("one mode", new Scenario().tables(Kind.FEATURES).modes(0).skip(1)),
            agreeInSingle("triples", new Scenario().tables(Kind.FEATURES).modes(0, 0, 0)),
            agreeInSingle("decay", new Scenario().decay(0.1)),
            agreeInSingle("momentum", new Scenario().momentum(0.9).decay(0.01)),
            agreeInSingle(
                "linear units",
                new Scenario().skip(0.3).linearStart().momentum(0.5).neurons(70, true)),
            agreeInSingle("classes", new Scenario().loss(new SoftmaxLoss(), 3).trainOutput()))
        .flatMap(tests -> tests);
  }

  private static Stream<DynamicTest> agreeInSingle(String name, Scenario scenario) {
    return Seeds.runs(name, 2, random -> trainInSingle(scenario, random));
  }

  private static void trainInSingle(Scenario scenario, Random random) {
    for (int draw = 0; draw < 20; draw++) {
      Scenario.Training training = scenario.draw(random);
      long orders = random.nextLong();
      try (Parallel parallel = Parallel.of(1)) {
        List<Engine> engines = training.engines(Precision.SINGLE, parallel);
        LockStep alone = new LockStep(training, engines.subList(0, 1));
        alone.train(3, new Random(orders));
        // A neuron may fire or not where rounding can bring it over the shift.
        if (alone.closest() > 2e-5) {
          engines = training.engines(Precision.SINGLE, parallel);
          new LockStep(training, engines, 1e-5, 1e-4).train(3, new Random(orders));
          return;
        }
      }
    }
    fail("every problem drawn has a pre-activation at the shift");
  }

  @TestFactory
  Stream<DynamicTest> forAnyWidthPairedOrNot() {
    return Stream.of(
            agree("unpaired", 3, new Scenario().neurons(16, false)),
            agree("odd", 3, new Scenario().neurons(13, false)),
            agree("one neuron", 3, new Scenario().neurons(1, false)),
            agree("one pair", 2, new Scenario().neurons(2, true)),
            agree("more than a node of 64", 2, new Scenario().neurons(150, true)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> forAnyBatch() {
    return Stream.of(
            agree("one sample", 3, new Scenario().batch(1)),
            agree("all samples", 2, new Scenario().batch(30)),
            agree("more than all samples", 2, new Scenario().batch(1000)),
            agree("a last batch of one", 2, new Scenario().batch(29)),
            agree("one training sample", 2, new Scenario().samples(12, 1).neurons(80, true)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> onProblemsOfEverythingAtOnce() {
    return Seeds.runs(40, random -> train(anything(random), 3, random));
  }

  private static Scenario anything(Random random) {
    int[][] layouts = {{0}, {0, 1}, {0, 0}, {0, 1, 2}, {0, 1, 0}, {1, 0, 1}};
    int[] tableOfMode = layouts[random.nextInt(layouts.length)];
    Kind[] kinds = new Kind[Arrays.stream(tableOfMode).max().orElseThrow() + 1];
    for (int t = 0; t < kinds.length; t++) {
      kinds[t] = Kind.values()[random.nextInt(Kind.values().length)];
    }
    Scenario scenario = new Scenario().tables(kinds).modes(tableOfMode);
    switch (random.nextInt(4)) {
      case 0 -> scenario.loss(new SquaredLoss(), 1 + random.nextInt(3));
      case 1 -> scenario.loss(new HuberLoss(0.7), 1 + random.nextInt(3));
      case 2 -> scenario.loss(new LogisticLoss(), 1);
      default -> scenario.loss(new SoftmaxLoss(), 2 + random.nextInt(4));
    }
    boolean paired = random.nextBoolean();
    scenario.neurons(paired ? 2 * (1 + random.nextInt(20)) : 1 + random.nextInt(40), paired);
    scenario.batch(1 + random.nextInt(12));
    if (random.nextInt(3) == 0) {
      scenario.trainOutput();
    }
    if (random.nextInt(3) == 0) {
      scenario.weighted();
    }
    if (random.nextInt(3) == 0) {
      scenario.decay(Math.pow(10, -3 * random.nextDouble()));
    } else if (random.nextInt(2) == 0) {
      scenario.momentum(0.9 * random.nextDouble());
    }
    if (random.nextInt(3) == 0) {
      scenario.skip(0.1 + random.nextDouble());
    }
    if (random.nextBoolean()) {
      scenario.linearStart();
    }
    return scenario;
  }
}
