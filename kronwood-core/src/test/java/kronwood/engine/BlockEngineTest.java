package kronwood.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kronwood.data.EntityTuples;
import kronwood.engine.weights.UpdateRule;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.network.Exchange;
import kronwood.network.InitialWeights;
import kronwood.network.NetworkOptions;
import kronwood.state.Representation;
import kronwood.state.StateLayout;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import kronwood.tree.FiredNeurons;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The block engine against the dense one, which forms every input and every weight. */
class BlockEngineTest {
  private static final int SAMPLES = 150;
  private static final StateLayout MIXED =
      new StateLayout(false, List.of(Representation.COEFFICIENT, Representation.VALUE));

  /** In all layouts of so many modes. */
  private static Stream<DynamicTest> agreesInEveryLayout(
      IntStream numbersOfModes, UnaryOperator<BlockAgainstDense> special) {
    return numbersOfModes
        .boxed()
        .flatMap(
            modes ->
                Layouts.of(modes).stream()
                    .flatMap(
                        layout ->
                            Seeds.runs(
                                layout.toString(),
                                1,
                                random -> {
                                  StructuredInputs inputs = inputs(random, modes);
                                  special
                                      .apply(new BlockAgainstDense(random, inputs, layout))
                                      .run();
                                })));
  }

  private static Stream<DynamicTest> agreesOnPairs(
      String name, int seeds, UnaryOperator<BlockAgainstDense> special) {
    return Seeds.runs(
        name,
        seeds,
        random -> {
          StructuredInputs inputs = inputs(random, 2);
          special.apply(new BlockAgainstDense(random, inputs, MIXED)).run();
          special.apply(new BlockAgainstDense(random, inputs, Layouts.WEIGHTS)).run();
        });
  }

  @TestFactory
  Stream<DynamicTest> firesTheSameNeuronsInEveryLayout() {
    return agreesInEveryLayout(IntStream.of(1, 2, 3), run -> run);
  }

  @TestFactory
  Stream<DynamicTest> firesTheSameNeuronsUnderWeightDecay() {
    return agreesInEveryLayout(IntStream.of(1, 2), run -> run.rule(0, 0.9).neurons(17));
  }

  @TestFactory
  Stream<DynamicTest> firesTheSameNeuronsWithMomentum() {
    return agreesInEveryLayout(
        IntStream.of(1, 2), run -> run.rule(0.5, 1).neurons(15).skip(0.3, false));
  }

  @TestFactory
  Stream<DynamicTest> firesTheSameNeuronsWithMomentumAndDecay() {
    return agreesInEveryLayout(
        IntStream.of(1, 2, 3), run -> run.rule(0.9, 0.99).step(0.03).neurons(70).skip(1, true));
  }

  /** A scale that is multiplied in before it vanishes: 0.02 to the power of the number of steps. */
  @TestFactory
  Stream<DynamicTest> firesTheSameNeuronsUnderDecayThatLeavesLittle() {
    return Stream.of(
            agreesOnPairs("plain", 3, run -> run.rule(0, 0.02)),
            // 0.3 to the power of 360 steps: the velocity's scale passes 1e-12 many times.
            agreesOnPairs("momentum", 3, run -> run.rule(0.3, 0.4).batch(1)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> missesNoNeuronHoweverLargeTheSteps() {
    return Stream.of(
            agreesOnPairs("plain", 4, run -> run.step(300)),
            agreesOnPairs("decay", 2, run -> run.step(300).rule(0, 0.9)),
            agreesOnPairs("momentum 0.5", 2, run -> run.step(300).rule(0.5, 1)),
            agreesOnPairs("momentum 0.9", 2, run -> run.step(300).rule(0.9, 1).skip(1, true)),
            agreesOnPairs("both", 2, run -> run.step(300).rule(0.9, 0.95)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> widthsNeedNotFillPanelsOrNodes() {
    return Stream.of(1, 2, 15, 16, 17, 31, 33, 63, 64, 65, 70, 127, 129)
        .flatMap(
            width ->
                agreesOnPairs(
                    width + " neurons", 1, run -> run.neurons(width).skip(0.3, true).rule(0.5, 1)));
  }

  /** 560 training samples in blocks of 64 at first, of which batches of 50 fill one and a half. */
  @TestFactory
  Stream<DynamicTest> manySmallBlocksMayEndInTheMiddleOfABatch() {
    return Stream.of(7, 50, 64, 200)
        .flatMap(
            batch ->
                Seeds.runs(
                    "batches of " + batch,
                    1,
                    random -> {
                      StructuredInputs inputs =
                          Problems.inputs(random, 700, new int[] {14, 17}, new int[] {5, 7}, 0, 1);
                      for (double momentum : new double[] {0, 0.9}) {
                        for (StateLayout layout : List.of(MIXED, Layouts.WEIGHTS)) {
                          new BlockAgainstDense(random, inputs, layout)
                              .batch(batch)
                              .blocks(64)
                              .neurons(17)
                              .epochs(2)
                              .rule(momentum, 1)
                              .skip(1, true)
                              .run();
                        }
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> firesTheSameNeuronsOnRepeatedEntities() {
    return Layouts.of(2).stream()
        .flatMap(
            layout ->
                Seeds.runs(
                    layout.toString(),
                    1,
                    random ->
                        new BlockAgainstDense(random, imageTimesItself(random), layout).run()));
  }

  /** Coordinates and Gram matrices of one number, which is not 1. */
  @TestFactory
  Stream<DynamicTest> anAxisMayHaveOneCoordinateOrOneEntity() {
    return Stream.of(1, 2, 3)
        .flatMap(modes -> Layouts.of(modes).stream())
        .flatMap(
            layout ->
                Seeds.runs(
                    layout.toString(),
                    2,
                    random -> {
                      int modes = layout.composite() ? 2 : layout.representations().size();
                      int[] entities = new int[modes];
                      int[] ranks = new int[modes];
                      for (int k = 0; k < modes; k++) {
                        boolean oneEntity = random.nextBoolean();
                        entities[k] = oneEntity ? 1 : 60;
                        ranks[k] = oneEntity ? 2 : 1;
                      }
                      StructuredInputs inputs =
                          Problems.inputs(
                              random, SAMPLES, entities, ranks, Problems.range(0, modes));
                      new BlockAgainstDense(random, inputs, layout).neurons(20).run();
                    }));
  }

  @Test
  void refusesAQueryThatWasNotAnnounced() {
    Random random = new Random(1);
    try (Parallel parallel = Parallel.of(1)) {
      BlockEngine engine = engine(inputs(random, 2), UpdateRule.PLAIN, parallel);
      engine.prepare(new int[] {3, 4}, 0, 1);
      FiredNeurons fired = new FiredNeurons();
      assertThrows(IllegalStateException.class, () -> engine.query(100, fired));
    }
  }

  private static BlockEngine engine(StructuredInputs inputs, UpdateRule rule, Parallel parallel) {
    InitialWeights initial = new InitialWeights(new NetworkOptions(8, 0.8, true, false, 7), 1);
    return new BlockEngine(inputs, initial, rule, MIXED, Precision.DOUBLE, Exchange.NONE, parallel);
  }

  @Test
  void anOrderMayBeGoneOnWithAfterAnotherOneOfTheSameSamples() {
    Random random = new Random(2);
    StructuredInputs inputs = inputs(random, 2);
    try (Parallel parallel = Parallel.of(1)) {
      BlockEngine engine = engine(inputs, UpdateRule.PLAIN, parallel);
      int[] all = Problems.range(0, SAMPLES);
      int[] order = Shuffle.of(SAMPLES, random);
      BatchCoefficients batch = new BatchCoefficients();
      FiredNeurons fired = new FiredNeurons();
      for (int from = 0; from < SAMPLES; from += 10) {
        engine.prepare(order, from, from + 10);
        batch.clear();
        batch.beginSample(order[from]);
        batch.add(1, 0.5, preActivations(engine, order[from])[1]);
        engine.update(batch, 1);
        engine.prepare(all, 0, SAMPLES);
        double[] expected = preActivations(engine, order[(from + 11) % SAMPLES]);
        if (from + 10 < SAMPLES) {
          engine.prepare(order, from + 10, from + 20);
          engine.query(order[from + 11], fired);
          int next = 0;
          for (int r = 0; r < expected.length; r++) {
            if (expected[r] > 0.8) {
              assertEquals(r, fired.neuron(next));
              assertEquals(expected[r], fired.preActivation(next++), 1e-12);
            }
          }
          assertEquals(next, fired.count());
        }
      }
    }
  }

  private static double[] preActivations(Engine engine, int sample) {
    double[] z = new double[8];
    engine.preActivations(sample, z);
    return z;
  }

  @Test
  void refusesADecayThatMomentumDoesNotBear() {
    try (Parallel parallel = Parallel.of(1)) {
      StructuredInputs inputs = inputs(new Random(3), 2);
      BlockEngine engine = engine(inputs, new UpdateRule(true, 0.9), parallel);
      engine.prepare(new int[] {0}, 0, 1);
      BatchCoefficients none = new BatchCoefficients();
      String message =
          assertThrows(IllegalArgumentException.class, () -> engine.update(none, 0.9)).getMessage();
      assertTrue(message.contains("momentum 0.9") && message.contains("smaller weight decay"));
    }
  }

  private static StructuredInputs inputs(Random random, int modes) {
    return switch (modes) {
      case 1 -> Problems.inputs(random, SAMPLES, new int[] {160}, new int[] {5}, 0);
      case 2 -> Problems.inputs(random, SAMPLES, new int[] {14, 17}, new int[] {5, 7}, 0, 1);
      default -> Problems.inputs(random, SAMPLES, new int[] {7, 6}, new int[] {3, 4}, 0, 1, 0);
    };
  }

  private static StructuredInputs imageTimesItself(Random random) {
    FactorTable images = Problems.factorTable(random, SAMPLES, 3);
    int[] twice = new int[2 * SAMPLES];
    for (int i = 0; i < twice.length; i++) {
      twice[i] = i / 2;
    }
    return StructuredInputs.of(List.of(images), new int[] {0, 0}, EntityTuples.of(2, twice));
  }
}
