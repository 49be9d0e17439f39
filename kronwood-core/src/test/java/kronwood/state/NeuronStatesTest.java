package kronwood.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.input.PairStructure;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;
import kronwood.testing.PairInputs;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * States of every layout against explicit weights: {@code Q_r} is an array of d numbers to which
 * {@code c · x_j} is added, and what is read is {@code ⟨Q_r, x_i⟩}, with x written out.
 */
class NeuronStatesTest {
  /** Every mix of representations, and whole inputs in each. */
  private static List<StateLayout> layouts(StructuredInputs inputs) {
    List<List<Representation>> mixes = List.of(List.of());
    for (int k = 0; k < inputs.terms().products().modes(); k++) {
      List<List<Representation>> longer = new ArrayList<>();
      for (List<Representation> mix : mixes) {
        for (Representation representation : Representation.values()) {
          List<Representation> next = new ArrayList<>(mix);
          next.add(representation);
          longer.add(next);
        }
      }
      mixes = longer;
    }
    List<StateLayout> layouts = new ArrayList<>();
    mixes.forEach(mix -> layouts.add(new StateLayout(false, mix)));
    for (Representation representation : Representation.values()) {
      layouts.add(new StateLayout(true, List.of(representation)));
    }
    return layouts;
  }

  /** Entities 2 and 3 of one mode, 5 and −1 of the other. */
  @Test
  void anUpdateIsReadByHand() {
    StructuredInputs inputs =
        StructuredInputs.of(
            List.of(
                FactorTable.of(2, 1, new double[] {2, 3}),
                FactorTable.of(2, 1, new double[] {5, -1})),
            new int[] {0, 1},
            EntityTuples.of(2, new int[] {0, 0, 1, 1}));
    for (StateLayout layout : layouts(inputs)) {
      for (Precision precision : Precision.values()) {
        try (Parallel parallel = Parallel.of(1)) {
          NeuronStates states = new NeuronStates(inputs, layout, 2, precision, parallel);
          CoefficientLog log = new CoefficientLog(2, 1);
          // x_0 = 10 and x_1 = −3: Q_1 = 0.5 · 10 − 2 · −3 = 11.
          log.add(1, 0, 0.5);
          log.add(1, 1, -2);
          RealArray out = precision.array(2 * NeuronStates.stride(2));
          states.refresh(log, 0, new int[] {0, 1}, new int[] {1, 0}, out);
          assertEquals(0, out.get(0), layout::toString);
          assertEquals(-33, out.get(1), 1e-5, layout::toString);
          assertEquals(110, out.get(NeuronStates.stride(2) + 1), 1e-4, layout::toString);
        }
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> productsOfOneToThreeModes() {
    return Stream.of(
            Seeds.runs(
                "one mode",
                2,
                random -> check(inputs(random, 40, new int[] {9}, new int[] {4}, 0), 37, random)),
            Seeds.runs(
                "two modes",
                2,
                random ->
                    check(
                        inputs(random, 40, new int[] {9, 6}, new int[] {3, 6}, 0, 1), 37, random)),
            Seeds.runs(
                "two modes of one table",
                2,
                random ->
                    check(inputs(random, 40, new int[] {7}, new int[] {3}, 0, 0), 16, random)),
            Seeds.runs(
                "three modes",
                1,
                random ->
                    check(
                        inputs(random, 30, new int[] {5, 4, 3}, new int[] {2, 4, 2}, 0, 1, 2),
                        17,
                        random)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> sumsOfProducts() {
    return PairInputs.ALL.stream()
        .flatMap(
            structure ->
                Stream.of(new int[] {0, 0}, new int[] {0, 1, 0})
                    .flatMap(
                        tables ->
                            Seeds.runs(
                                structure.key() + " of " + tables.length + " modes",
                                1,
                                random -> check(pairs(random, structure, tables), 18, random))));
  }

  /**
   * 30 · 25 VALUE entries are six strips, 130 coordinates two; 70 · 60 COEFFICIENT entries are read
   * in two stretches.
   */
  @TestFactory
  Stream<DynamicTest> statesThatAreWorkedOnInSeveralSteps() {
    return Stream.of(
            Seeds.runs(
                "tiles",
                1,
                random ->
                    check(
                        inputs(random, 40, new int[] {30, 25}, new int[] {3, 2}, 0, 1),
                        17,
                        random)),
            Seeds.runs(
                "coordinates",
                1,
                random ->
                    check(inputs(random, 20, new int[] {140}, new int[] {130}, 0), 17, random)),
            Seeds.runs(
                "stretches",
                1,
                random ->
                    check(
                        inputs(random, 40, new int[] {70, 60}, new int[] {2, 2}, 0, 1), 2, random)))
        .flatMap(tests -> tests);
  }

  /** More than 1,024 inputs a column: the lists of entries are summed in two pieces. */
  @TestFactory
  Stream<DynamicTest> longBlocks() {
    return Seeds.runs(
        1,
        random -> {
          StructuredInputs inputs = inputs(random, 1500, new int[] {8}, new int[] {3}, 0);
          for (StateLayout layout : layouts(inputs)) {
            for (Precision precision : Precision.values()) {
              new Comparison(inputs, layout, precision, 17, 1).run(random, 2, 1400, 900);
            }
          }
        });
  }

  private static StructuredInputs inputs(
      Random random, int size, int[] entities, int[] ranks, int... tableOfMode) {
    return Problems.inputs(random, size, entities, ranks, tableOfMode);
  }

  private static StructuredInputs pairs(Random random, PairStructure structure, int[] tables) {
    return PairInputs.draw(random, 40, structure, tables);
  }

  /** Few entries, then many, in states of two parts of a log as momentum has. */
  private static void check(StructuredInputs inputs, int neurons, Random random) {
    for (StateLayout layout : layouts(inputs)) {
      for (Precision precision : Precision.values()) {
        Comparison comparison = new Comparison(inputs, layout, precision, neurons, 2);
        comparison.run(random, 2, 12, neurons);
        comparison.run(random, 1, 12, 12 * neurons);
      }
    }
  }

  private static final class Comparison {
    private final StructuredInputs inputs;
    private final StateLayout layout;
    private final Precision precision;
    private final int neurons;
    private final int parts;
    private final double[][] x;

    Comparison(
        StructuredInputs inputs, StateLayout layout, Precision precision, int neurons, int parts) {
      this.inputs = inputs;
      this.layout = layout;
      this.precision = precision;
      this.neurons = neurons;
      this.parts = parts;
      this.x = new double[inputs.size()][(int) inputs.dimension()];
      for (int i = 0; i < x.length; i++) {
        inputs.materialise(i, x[i]);
      }
    }

    /** Reads after each block, halves all states, and reads again. */
    void run(Random random, int blocks, int blockSize, int entries) {
      int dimension = x[0].length;
      double[][][] weights = new double[parts][neurons][dimension];
      double[][] magnitudes = new double[parts][neurons];
      int stride = NeuronStates.stride(neurons);
      RealArray out = precision.array(blockSize * stride);
      int[] logged = draw(random, blockSize);
      // Two threads share three panels.
      try (Parallel parallel = Parallel.of(neurons > 2 * Kernels.PANEL ? 2 : 1)) {
        List<NeuronStates> states = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
          states.add(new NeuronStates(inputs, layout, neurons, precision, parallel));
        }
        for (int b = 0; b < blocks; b++) {
          CoefficientLog log = log(random, logged, entries, weights, magnitudes);
          int[] block = draw(random, blockSize);
          for (int part = 0; part < parts; part++) {
            states.get(part).refresh(log, part, logged, block, out);
            compare(weights[part], magnitudes[part], 1, block, out);
          }
          logged = block;
        }
        CoefficientLog empty = new CoefficientLog(neurons, parts);
        for (int part = 0; part < parts; part++) {
          states.get(part).scale(0.5);
          states.get(part).refresh(empty, part, logged, logged, out);
          compare(weights[part], magnitudes[part], 0.5, logged, out);
        }
      }
    }

    private int[] draw(Random random, int size) {
      return random.ints(size, 0, inputs.size()).toArray();
    }

    /** Entries drawn at random, which the explicit weights take in at once. */
    private CoefficientLog log(
        Random random, int[] logged, int entries, double[][][] weights, double[][] magnitudes) {
      CoefficientLog log = new CoefficientLog(neurons, parts);
      for (int e = 0; e < entries; e++) {
        int r = random.nextInt(neurons);
        int position = random.nextInt(logged.length);
        double[] input = x[logged[position]];
        double[] c = Problems.gaussian(random, parts);
        log.add(r, position, c);
        for (int part = 0; part < parts; part++) {
          for (int i = 0; i < input.length; i++) {
            weights[part][r][i] += c[part] * input[i];
          }
          magnitudes[part][r] += Math.abs(c[part]) * magnitude(logged[position]);
        }
      }
      return log;
    }

    /** The norm of an input, or more where the terms of a sum nearly cancel. */
    private double magnitude(int input) {
      double sum = inputs.norm(input);
      StructuredInputs products = inputs.terms().products();
      for (int t = 0; t < inputs.terms().count(); t++) {
        double weight = Math.abs(inputs.terms().weight(t));
        sum += weight * products.norm(inputs.terms().index(input, t));
      }
      return sum;
    }

    private void compare(
        double[][] weights, double[] magnitudes, double scale, int[] block, RealArray out) {
      double rounding = precision == Precision.SINGLE ? 1e-5 : 1e-13;
      int stride = NeuronStates.stride(neurons);
      for (int p = 0; p < block.length; p++) {
        double[] input = x[block[p]];
        for (int r = 0; r < neurons; r++) {
          double expected = 0;
          for (int i = 0; i < input.length; i++) {
            expected += scale * weights[r][i] * input[i];
          }
          double tolerance = rounding * (1e-3 + magnitudes[r] * magnitude(block[p]));
          int neuron = r;
          assertEquals(
              expected,
              out.get(p * stride + r),
              tolerance,
              () -> layout + " in " + precision + " precision, neuron " + neuron);
        }
      }
    }
  }
}
