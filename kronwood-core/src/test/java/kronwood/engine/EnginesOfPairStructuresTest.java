package kronwood.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kronwood.input.PairStructure;
import kronwood.loss.HuberLoss;
import kronwood.loss.LogisticLoss;
import kronwood.math.Parallel;
import kronwood.testing.PairInputs;
import kronwood.testing.Seeds;
import kronwood.train.LockStep;
import kronwood.train.Scenario;
import kronwood.train.Scenario.Kind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** All engines against the dense one where inputs are sums of Kronecker products, or compare. */
class EnginesOfPairStructuresTest {
  private static Stream<DynamicTest> agree(String name, UnaryOperator<Scenario> special) {
    return agree(name, 1, special);
  }

  private static Stream<DynamicTest> agree(
      String name, int seeds, UnaryOperator<Scenario> special) {
    return PairInputs.ALL.stream()
        .flatMap(
            structure ->
                Seeds.runs(
                    structure.key() + ", " + name,
                    seeds,
                    random -> {
                      Scenario pairs =
                          new Scenario().tables(Kind.FEATURES).modes(0, 0).samples(24, 18);
                      train(special.apply(pairs.structure(structure)), random);
                    }));
  }

  private static void train(Scenario scenario, Random random) {
    Scenario.Training training = scenario.draw(random);
    try (Parallel parallel = Parallel.of(1)) {
      List<Engine> engines = training.engines(parallel);
      assertTrue(engines.getFirst() instanceof DenseEngine && engines.size() > 4);
      LockStep lockStep = new LockStep(training, engines);
      lockStep.train(3, random);
      assertTrue(lockStep.fired() > 0, "no neuron fired: nothing was compared");
    }
  }

  @TestFactory
  Stream<DynamicTest> onPairs() {
    return Stream.of(
            agree("plain steps", run -> run),
            agree("similarities", run -> run.tables(Kind.SIMILARITIES)),
            agree("logistic", run -> run.loss(new LogisticLoss(), 1)),
            agree("two targets", run -> run.loss(new HuberLoss(1), 2).weighted()),
            agree("one neuron", run -> run.neurons(1, false).skip(1)),
            agree("more than a node", run -> run.neurons(70, true).batch(1)),
            agree("a large batch", run -> run.batch(15)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> withAllThatTrainingMayHave() {
    return Stream.of(
            agree("decay", run -> run.decay(0.1)),
            agree("momentum", run -> run.momentum(0.9).decay(0.01)),
            agree("a trained output layer", run -> run.trainOutput().neurons(15, false)),
            agree("linear units", run -> run.skip(0.5).linearStart()),
            agree("linear units and momentum", run -> run.skip(0.5).momentum(0.5)))
        .flatMap(tests -> tests);
  }

  /** Such as two drugs and a cell line: with some 30 engines each. */
  @TestFactory
  Stream<DynamicTest> beside() {
    return Stream.of(
            agree("a mode last", 1, run -> run.tables(Kind.FEATURES, Kind.SPARSE).modes(0, 0, 1)),
            agree("one between", 1, run -> run.tables(Kind.FEATURES, Kind.FEATURES).modes(0, 1, 0)),
            agree(
                "a mode first",
                1,
                run ->
                    run.tables(Kind.FEATURES, Kind.SIMILARITIES)
                        .modes(1, 0, 0)
                        .momentum(0.5)
                        .skip(0.3)
                        .linearStart()))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> cartesianInputsOfDifferentTables() {
    return Seeds.runs(
        3, random -> train(new Scenario().structure(PairStructure.CARTESIAN), random));
  }

  /** Blocks that end within batches, steps that take neurons to the shift and back. */
  @TestFactory
  Stream<DynamicTest> inEveryLayoutAndHoweverLargeTheSteps() {
    Stream.Builder<DynamicTest> tests = Stream.builder();
    for (PairStructure structure : PairInputs.ALL) {
      for (int[] tableOfMode : new int[][] {{0, 0}, {0, 1, 0}}) {
        int axes = structure.modeOfAxis(tableOfMode).length;
        for (var layout : Layouts.of(axes)) {
          for (double step : new double[] {0.3, 100}) {
            Seeds.runs(
                    structure.key() + " of " + axes + " axes, " + layout + ", step " + step,
                    1,
                    random ->
                        new BlockAgainstDense(
                                random,
                                PairInputs.draw(random, 100, structure, tableOfMode),
                                layout)
                            .step(step)
                            .skip(0.3, true)
                            .neurons(17)
                            .epochs(2)
                            .run())
                .forEach(tests);
          }
        }
      }
    }
    return tests.build();
  }
}
