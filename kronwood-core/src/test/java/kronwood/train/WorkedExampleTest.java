package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityTuples;
import kronwood.engine.BatchCoefficients;
import kronwood.engine.EagerEngine;
import kronwood.engine.Engine;
import kronwood.engine.weights.UpdateRule;
import kronwood.gram.FactorFit;
import kronwood.gram.FactorTable;
import kronwood.gram.GramOptions;
import kronwood.input.StructuredInputs;
import kronwood.loss.SquaredLoss;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.network.Exchange;
import kronwood.network.InitialWeights;
import kronwood.network.NetworkOptions;
import kronwood.network.OutputLayer;
import kronwood.plan.EngineChoice;
import kronwood.plan.EnginePlan;
import kronwood.testing.Problems;
import kronwood.tree.FiredNeurons;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The example worked by hand in {@code docs/method.md}, number by number, with every engine. */
class WorkedExampleTest {
  private static final double EXACT = 1e-12;
  private static final double PRINTED = 5e-7;
  private static final int[] ALL = {0, 1, 2, 3};

  /** Neuron plus comes first. */
  private static final NetworkOptions NETWORK = new NetworkOptions(2, 0.5, true, false, seed());

  private static final InitialWeights INITIAL = new InitialWeights(NETWORK, 1);
  private static final StructuredInputs INPUTS =
      StructuredInputs.of(
          List.of(table(9.0 / 16), table(16.0 / 9)),
          new int[] {0, 1},
          EntityTuples.of(2, new int[] {0, 0, 0, 1, 1, 0, 1, 1}));
  private static final double[] START = {0.5, 0.25, 0.25, 1.5};

  private static long seed() {
    long seed = 1;
    while (new InitialWeights(new NetworkOptions(2, 0.5, true, false, seed), 1).sign(0, 0) < 0) {
      seed++;
    }
    return seed;
  }

  /** Two entities of one feature, +1 and −1; the constant is 1/β. */
  private static FactorTable table(double constant) {
    return FactorFit.of(
            Problems.table("t", DenseFeatures.of(2, 1, new float[] {1, -1})),
            new int[] {0, 1},
            new GramOptions(true, constant, 1e-10))
        .table();
  }

  /** The test on each engine, brought to the example's W(0). */
  private static Stream<DynamicTest> onEachEngine(ThrowingConsumer<Engine> test) {
    TrainingOptions options =
        TrainingOptions.plain(2, 1, OptionalDouble.empty(), 0, EngineChoice.AUTO, 1)
            .withPrecision(Precision.DOUBLE);
    return EnginePlan.all(INPUTS, NETWORK, options.workload()).stream()
        .map(
            plan ->
                DynamicTest.dynamicTest(
                    plan.summary(),
                    () -> {
                      try (Parallel parallel = Parallel.of(1)) {
                        Engine engine =
                            plan.start(
                                INPUTS, INITIAL, options.workload(), Exchange.NONE, parallel);
                        bringToStart(engine);
                        test.accept(engine);
                      }
                    }));
  }

  /**
   * One update from the weights drawn at random to the example's: the four inputs span all weights,
   * so {@code D = Uᵀ C V} has the solution {@code C = U⁻ᵀ D V⁻¹}.
   */
  private static void bringToStart(Engine engine) {
    double[] drawn = new double[4];
    INITIAL.weights(0, drawn);
    double[] difference = new double[4];
    for (int p = 0; p < 4; p++) {
      difference[p] = START[p] - drawn[p];
    }
    double[] c = product(product(new double[] {0.6, 0.8, -0.6, 0.8}, difference), RIGHT_ADJOINT);
    BatchCoefficients batch = new BatchCoefficients();
    engine.prepare(ALL, 0, 4);
    for (int i = 0; i < 4; i++) {
      batch.beginSample(i);
      for (int r = 0; r < 2; r++) {
        batch.add(r, c[i] / 0.96 / 0.96, dot(drawn, input(i)));
      }
    }
    engine.update(batch, 1);
  }

  /** U⁻ᵀ is (0.6, 0.8; −0.6, 0.8) / 0.96, V⁻¹ is this over 0.96. */
  private static final double[] RIGHT_ADJOINT = {0.8, -0.8, 0.6, 0.6};

  private static double[] product(double[] a, double[] b) {
    return new double[] {
      a[0] * b[0] + a[1] * b[2],
      a[0] * b[1] + a[1] * b[3],
      a[2] * b[0] + a[3] * b[2],
      a[2] * b[1] + a[3] * b[3]
    };
  }

  private static double[] input(int i) {
    double[] x = new double[4];
    INPUTS.materialise(i, x);
    return x;
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  }

  @Test
  void coordinatesAndGramMatrices() {
    FactorTable left = INPUTS.factor(0);
    FactorTable right = INPUTS.factor(1);
    double[] expected = {0.8, 0.6, -0.8, 0.6, 0.6, 0.8, -0.6, 0.8};
    for (int e = 0; e < 2; e++) {
      for (int c = 0; c < 2; c++) {
        assertEquals(expected[2 * e + c], left.coordinate(e, c), EXACT);
        assertEquals(expected[4 + 2 * e + c], right.coordinate(e, c), EXACT);
      }
    }
    assertEquals(-0.28, left.inner(0, 1), EXACT);
    assertEquals(0.28, right.inner(0, 1), EXACT);
  }

  @Test
  void innerProductsOfSamples() {
    double[][] expected = {{1, 0.28, -0.28, -0.0784}, {0.28, 1, -0.0784, -0.28}};
    for (int j = 0; j < 2; j++) {
      for (int i = 0; i < 4; i++) {
        assertEquals(expected[j][i], INPUTS.inner(j, i), EXACT);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> preActivationsAtTheStart() {
    return onEachEngine(
        engine -> {
          engine.prepare(ALL, 0, 4);
          assertFires(engine, 0, 1.21, 1.21);
          assertFires(engine, 1, 0.55, 0.55);
          assertFires(engine, 2, 0.41, 0.41);
          assertFires(engine, 3, 0.71, 0.71);
        });
  }

  @Test
  void aQueryOnTheThirdSampleEndsAfterOneNode() {
    try (Parallel parallel = Parallel.of(1)) {
      EagerEngine engine = new EagerEngine(INPUTS, INITIAL, UpdateRule.PLAIN, parallel);
      bringToStart(engine);
      long before = engine.treeCounters().nodesVisited();
      engine.query(2, new FiredNeurons());
      assertEquals(1, engine.treeCounters().nodesVisited() - before);
    }
  }

  /** Both neurons' pre-activations; those above 0.5 fire. */
  private static void assertFires(Engine engine, int sample, double plus, double minus) {
    FiredNeurons fired = new FiredNeurons();
    engine.query(sample, fired);
    int next = 0;
    for (int r = 0; r < 2; r++) {
      double z = r == 0 ? plus : minus;
      if (z > 0.5) {
        assertEquals(r, fired.neuron(next), "sample " + (sample + 1));
        assertEquals(z, fired.preActivation(next++), EXACT, "sample " + (sample + 1));
      }
    }
    assertEquals(next, fired.count(), "neurons fired on sample " + (sample + 1));
  }

  /** Queries samples 1 and 2, fills the batch, and returns the mean loss. */
  private static double lossOfBatch(Engine engine, BatchCoefficients batch) {
    OutputLayer output = new OutputLayer(INITIAL);
    double[] targets = {2, -1};
    double step = Math.sqrt(2) / 2;
    FiredNeurons fired = new FiredNeurons();
    double[] f = new double[1];
    double[] gradient = new double[1];
    double loss = 0;
    for (int j = 0; j < 2; j++) {
      engine.query(j, fired);
      output.evaluate(fired, f);
      loss += new SquaredLoss().evaluate(f, targets, j, gradient) / 2;
      batch.beginSample(j);
      for (int i = 0; i < fired.count(); i++) {
        double c = -step * output.backward(fired.neuron(i), gradient);
        batch.add(fired.neuron(i), c, fired.preActivation(i));
      }
    }
    return loss;
  }

  @TestFactory
  Stream<DynamicTest> oneBatch() {
    return onEachEngine(
        engine -> {
          BatchCoefficients batch = new BatchCoefficients();
          engine.prepare(ALL, 0, 4);
          assertEquals(1.25, lossOfBatch(engine, batch), EXACT);
          double[] coefficients = {1, -1, -0.5, 0.5};
          for (int e = 0; e < 4; e++) {
            assertEquals(coefficients[e], batch.coefficient(e), EXACT);
          }
          engine.update(batch, 1);

          engine.prepare(ALL, 0, 4);
          assertFires(engine, 0, 2.07, 0.35);
          assertFires(engine, 1, 0.33, 0.77);
          assertFires(engine, 2, 0.1692, 0.6508);
          assertFires(engine, 3, 0.7716, 0.6484);
          assertOutput(1.110158, engine, 0);
          assertOutput(-0.190919, engine, 1);
          assertOutput(-0.106632, engine, 2);
          assertOutput(0.087116, engine, 3);
          assertEquals(0.361608, lossOfBatch(engine, new BatchCoefficients()), PRINTED);

          double[] weights = new double[4];
          engine.weights(0, weights);
          assertArrayEquals(new double[] {1.22, 0.57, 0.79, 1.74}, weights, EXACT);
        });
  }

  private static void assertOutput(double expected, Engine engine, int sample) {
    FiredNeurons fired = new FiredNeurons();
    engine.query(sample, fired);
    double[] f = new double[1];
    new OutputLayer(INITIAL).evaluate(fired, f);
    assertEquals(expected, f[0], PRINTED, "output of sample " + (sample + 1));
  }
}
