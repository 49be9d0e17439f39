package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.math.Parallel;
import kronwood.testing.Seeds;
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
    }
    return scenario;
  }
}
