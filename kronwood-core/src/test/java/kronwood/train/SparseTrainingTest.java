package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.engine.BlockEngine;
import kronwood.engine.DenseEngine;
import kronwood.engine.Engine;
import kronwood.loss.LogisticLoss;
import kronwood.loss.SoftmaxLoss;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.network.EntryWeights;
import kronwood.plan.EngineChoice;
import kronwood.testing.Seeds;
import kronwood.train.Scenario.Kind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Weights of single entries, of sparse inputs, against the dense layer on the same coordinates
 * written out, and the other engines.
 */
class SparseTrainingTest {
  private static Scenario ids() {
    return new Scenario().tables(Kind.IDENTITY, Kind.IDENTITY);
  }

  private static Scenario trainedOften() {
    return ids().samples(150, 100).batch(7);
  }

  private static Stream<DynamicTest> agree(String name, Scenario scenario) {
    return Seeds.runs(
        name,
        3,
        random -> {
          Scenario.Training training = scenario.draw(random);
          try (Parallel parallel = Parallel.of(2)) {
            List<Engine> engines = training.engines(parallel);
            assertTrue(engines.getFirst() instanceof DenseEngine);
            LockStep lockStep = new LockStep(training, engines);
            lockStep.train(4, random);
            assertTrue(lockStep.fired() > 0, "no neuron fired: nothing was compared");
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> firesAndMovesAsTheDenseLayerDoes() {
    return Stream.of(
            agree("one mode", ids().tables(Kind.IDENTITY).modes(0)),
            agree("pairs", ids()),
            agree("triples", new Scenario().tables(Kind.IDENTITY, Kind.IDENTITY).modes(0, 1, 0)),
            agree("an entity with itself", ids().tables(Kind.IDENTITY).modes(0, 0).sameEntity()),
            agree("unpaired", ids().neurons(21, false)),
            agree("decay", ids().decay(0.1)),
            agree("momentum", ids().momentum(0.9)),
            agree("momentum and decay", ids().momentum(0.8).decay(0.02).weighted()),
            agree("classes", ids().loss(new SoftmaxLoss(), 3).trainOutput()),
            agree("ensemble", ids().ensemble(4).neurons(32, true)))
        .flatMap(tests -> tests);
  }

  @TestFactory
  Stream<DynamicTest> inSinglePrecisionUpToItsRounding() {
    return Stream.of(
            inSingle("plain", ids().batch(3)),
            inSingle("momentum and decay", ids().momentum(0.9).decay(0.01)),
            inSingle("two classes", ids().loss(new LogisticLoss(), 1)))
        .flatMap(tests -> tests);
  }

  private static Stream<DynamicTest> inSingle(String name, Scenario scenario) {
    return Seeds.runs(
        name,
        2,
        random -> {
          for (int draw = 0; draw < 20; draw++) {
            Scenario.Training training = scenario.draw(random);
            long orders = random.nextLong();
            try (Parallel parallel = Parallel.of(1)) {
              List<Engine> dense = training.engines(Precision.SINGLE, parallel).subList(0, 1);
              LockStep alone = new LockStep(training, dense);
              alone.train(3, new Random(orders));
              // A neuron may fire or not where rounding can bring it over the shift.
              if (alone.closest() > 2e-5) {
                List<Engine> engines = training.engines(Precision.SINGLE, parallel);
                new LockStep(training, engines, 1e-5, 1e-4).train(3, new Random(orders));
                return;
              }
            }
          }
          fail("every problem drawn has a pre-activation at the shift");
        });
  }

  @TestFactory
  Stream<DynamicTest> endsWhereTheDenseLayerEnds() {
    return Stream.of(
            ends("plain", trainedOften(), TrainingOptions.NO_AVERAGING, 0),
            ends("average", trainedOften(), 3, 0),
            ends("average, momentum, decay", trainedOften().momentum(0.5).decay(0.02), 1, 0),
            ends("best epoch", trainedOften(), TrainingOptions.NO_AVERAGING, 1),
            ends("best average", trainedOften().momentum(0.5), 1, 2),
            ends("ensemble", trainedOften().ensemble(4).neurons(32, true), 1, 0))
        .flatMap(tests -> tests);
  }

  private static Stream<DynamicTest> ends(
      String name, Scenario scenario, int averaging, int patience) {
    return Seeds.runs(
        name,
        2,
        random -> {
          Scenario.Training training = scenario.draw(random);
          TrainingResult expected = train(training, EngineChoice.DENSE, averaging, patience);
          TrainingResult found = train(training, EngineChoice.AUTO, averaging, patience);
          assertEquals(EngineChoice.WEIGHTS, found.course().plan().engine());
          assertEquals(expected.course().learningRate(), found.course().learningRate());
          double tolerance = averaging == TrainingOptions.NO_AVERAGING ? 1e-9 : 1e-5;
          TrainingResults.assertAlike(expected, found, training, tolerance);
          assertEntries(training, found);
        });
  }

  /** The entries that are taken out are the weights, and those that are not there the initial. */
  private static void assertEntries(Scenario.Training training, TrainingResult found) {
    int neurons = training.network().neurons();
    double[] all = TrainingResults.weights(found, training);
    int dimension = (int) training.problem().inputs().dimension();
    EntryWeights entries;
    try (Parallel parallel = Parallel.of(2)) {
      entries = ((BlockEngine) found.network().engine()).takeEntries(parallel);
    }
    float[] weights = new float[neurons];
    double[] initial = new double[dimension];
    boolean[] stored = new boolean[dimension];
    for (int entry = 0; entry < entries.size(); entry++) {
      int index = (int) entries.indices()[entry];
      stored[index] = true;
      entries.copy(entry, weights);
      for (int r = 0; r < neurons; r++) {
        assertEquals((float) all[r * dimension + index], weights[r], 1e-6, "entry " + index);
      }
    }
    for (int r = 0; r < neurons; r++) {
      training.initial().weights(r, initial);
      for (int i = 0; i < dimension; i++) {
        if (!stored[i]) {
          assertEquals(initial[i], all[r * dimension + i], 1e-12, "weight " + i);
        }
      }
    }
    assertTrue(entries.size() > 0 && entries.size() < dimension);
  }

  private static TrainingResult train(
      Scenario.Training training, EngineChoice engine, int averaging, int patience) {
    TrainingOptions options =
        training.options(engine, 4, 2).withAveraging(averaging).withPatience(patience);
    return Trainer.train(
        training.problem(), training.network(), options, 1e9, TrainingListener.NONE);
  }

  @TestFactory
  Stream<DynamicTest> goesOnFromSavedNumbersBitByBit() {
    return Seeds.runs(
        3,
        random -> {
          Scenario.Training training = trainedOften().momentum(0.7).draw(random);
          long orders = random.nextLong();
          try (Parallel parallel = Parallel.of(1)) {
            Engine whole = training.engines(Precision.SINGLE, parallel).get(1);
            Engine half = training.engines(Precision.SINGLE, parallel).get(1);
            Engine rest = training.engines(Precision.SINGLE, parallel).get(1);
            new LockStep(training, List.of(whole)).trainOnly(2, new Random(orders));
            new LockStep(training, List.of(half)).trainOnly(2, new Random(orders));
            SavedState saved = SavedState.of(half::visit);
            saved.fill(rest::visit);
            new LockStep(training, List.of(whole)).trainOnly(2, new Random(orders + 1));
            new LockStep(training, List.of(rest)).trainOnly(2, new Random(orders + 1));
            assertArrayEquals(weights(training, whole), weights(training, rest));
          }
        });
  }

  private static double[] weights(Scenario.Training training, Engine engine) {
    int dimension = (int) training.problem().inputs().dimension();
    double[] all = new double[dimension * training.network().neurons()];
    double[] tensor = new double[dimension];
    for (int r = 0; r < training.network().neurons(); r++) {
      engine.weights(r, tensor);
      System.arraycopy(tensor, 0, all, r * dimension, dimension);
    }
    return all;
  }
}
