package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.gram.StructuredInputs;
import kronwood.math.Parallel;
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

  @TestFactory
  Stream<DynamicTest> firesTheSameNeuronsAsTheDenseEngineInEveryLayout() {
    return Stream.of(1, 2, 3)
        .flatMap(modes -> layouts(modes).stream().map(layout -> new Case(modes, layout)))
        .flatMap(
            each ->
                Seeds.runs(
                    each.layout.toString(),
                    2,
                    random -> compare(random, inputs(random, each.modes), each.layout, 1, 0.3)));
  }

  @TestFactory
  Stream<DynamicTest> firesTheSameNeuronsUnderWeightDecay() {
    return layouts(2).stream()
        .flatMap(
            layout ->
                Seeds.runs(
                    layout.toString(),
                    2,
                    random -> compare(random, inputs(random, 2), layout, 0.9, 0.3)));
  }

  /** A scale that is multiplied in before it vanishes: 0.02 to the power of the number of steps. */
  @TestFactory
  Stream<DynamicTest> firesTheSameNeuronsUnderDecayThatLeavesLittle() {
    StateLayout layout =
        new StateLayout(false, List.of(Representation.COEFFICIENT, Representation.VALUE));
    return Seeds.runs(3, random -> compare(random, inputs(random, 2), layout, 0.02, 0.3));
  }

  @TestFactory
  Stream<DynamicTest> missesNoNeuronHoweverLargeTheSteps() {
    StateLayout layout =
        new StateLayout(false, List.of(Representation.COEFFICIENT, Representation.VALUE));
    return Seeds.runs(5, random -> compare(random, inputs(random, 2), layout, 1, 300));
  }

  @TestFactory
  Stream<DynamicTest> firesTheSameNeuronsOnRepeatedEntities() {
    return layouts(2).stream()
        .flatMap(
            layout ->
                Seeds.runs(
                    layout.toString(),
                    1,
                    random -> compare(random, imageTimesItself(random), layout, 1, 0.3)));
  }

  @Test
  void refusesAQueryThatWasNotAnnounced() {
    Random random = new Random(1);
    StructuredInputs inputs = inputs(random, 2);
    try (Parallel parallel = Parallel.of(1)) {
      BlockEngine engine =
          new BlockEngine(inputs, new InitialWeights(network(8), 1), layouts(2).get(0), parallel);
      engine.prepare(new int[] {3, 4}, 0, 1);
      FiredNeurons fired = new FiredNeurons();
      assertThrows(IllegalStateException.class, () -> engine.query(100, fired));
    }
  }

  private record Case(int modes, StateLayout layout) {}

  private static NetworkOptions network(int neurons) {
    return new NetworkOptions(neurons, 0.8, neurons % 2 == 0, false, 7);
  }

  /** Every mix of representations, and whole inputs. */
  private static List<StateLayout> layouts(int modes) {
    List<StateLayout> layouts = new ArrayList<>();
    int mixes = (int) Math.pow(3, modes);
    for (int mix = 0; mix < mixes; mix++) {
      List<Representation> representations = new ArrayList<>();
      for (int rest = mix, k = 0; k < modes; k++, rest /= 3) {
        representations.add(Representation.values()[rest % 3]);
      }
      layouts.add(new StateLayout(false, representations));
    }
    for (Representation representation : Representation.values()) {
      layouts.add(new StateLayout(true, List.of(representation)));
    }
    return layouts;
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

  /** Three epochs in step, with coefficients of random sign on whatever fired. */
  private static void compare(
      Random random, StructuredInputs inputs, StateLayout layout, double keep, double step) {
    int neurons = 65 + random.nextInt(2);
    InitialWeights initial = new InitialWeights(network(neurons), 1);
    try (Parallel parallel = Parallel.of(2)) {
      DenseEngine dense = new DenseEngine(inputs, initial, keep != 1);
      BlockEngine block = new BlockEngine(inputs, initial, layout, parallel);
      int[] order = Problems.range(0, 120);
      int[] held = Problems.range(120, SAMPLES);
      int batch = 1 + random.nextInt(20);
      for (int epoch = 0; epoch < 3; epoch++) {
        shuffle(order, random);
        for (int from = 0; from < order.length; from += batch) {
          int to = Math.min(order.length, from + batch);
          block.prepare(order, from, to);
          BatchCoefficients coefficients = new BatchCoefficients();
          for (int i = from; i < to; i++) {
            assertSameFired(dense, block, order[i], coefficients, random, step / (to - from));
          }
          dense.update(coefficients, keep);
          block.update(coefficients, keep);
        }
        block.prepare(held, 0, held.length);
        for (int sample : held) {
          assertSameFired(dense, block, sample, new BatchCoefficients(), random, 0);
        }
      }
      assertSameWeights(inputs, dense, block, neurons);
    }
  }

  private static void assertSameFired(
      Engine dense,
      Engine block,
      int sample,
      BatchCoefficients coefficients,
      Random random,
      double step) {
    FiredNeurons expected = new FiredNeurons();
    FiredNeurons actual = new FiredNeurons();
    dense.query(sample, expected);
    block.query(sample, actual);
    assertEquals(expected.count(), actual.count(), "neurons that fire on sample " + sample);
    coefficients.beginSample(sample);
    for (int i = 0; i < expected.count(); i++) {
      assertEquals(expected.neuron(i), actual.neuron(i));
      double z = expected.preActivation(i);
      assertEquals(z, actual.preActivation(i), 1e-9 * (1 + Math.abs(z)));
      coefficients.add(expected.neuron(i), step * random.nextGaussian(), z);
    }
  }

  private static void assertSameWeights(
      StructuredInputs inputs, Engine dense, Engine block, int neurons) {
    double[] expected = new double[(int) inputs.dimension()];
    double[] actual = new double[expected.length];
    double largest = 0;
    for (int r = 0; r < neurons; r++) {
      dense.weights(r, expected);
      block.weights(r, actual);
      for (int i = 0; i < expected.length; i++) {
        largest = Math.max(largest, Math.abs(expected[i]));
        assertEquals(expected[i], actual[i], 1e-9 * (1 + largest), "weight " + i + " of " + r);
      }
    }
    assertTrue(largest > 0);
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int sample = order[other];
      order[other] = order[i];
      order[i] = sample;
    }
  }
}
