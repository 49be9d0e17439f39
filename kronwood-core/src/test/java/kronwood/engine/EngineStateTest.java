package kronwood.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.engine.weights.WeightRecord;
import kronwood.math.Parallel;
import kronwood.testing.Problems;
import kronwood.train.SavedState;
import kronwood.tree.FiredNeurons;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What all engines tell of their weights, record of them and save. */
class EngineStateTest {
  private static final int[] ALL = Problems.range(0, EngineCase.SAMPLES);
  private static final double SHIFT = 0.7;

  private static void assertWeights(double[][] expected, double[][] found, double tolerance) {
    for (int r = 0; r < expected.length; r++) {
      for (int p = 0; p < expected[r].length; p++) {
        double allowed = tolerance * (1 + Math.abs(expected[r][p]));
        assertEquals(expected[r][p], found[r][p], allowed, "weight " + p + " of unit " + r);
      }
    }
  }

  /** Pre-activations of the sample, all of them and as they are reported of what fires. */
  private static void assertPreActivations(
      EngineCase each, Engine engine, double[] expected, int i) {
    double[] z = new double[each.units()];
    engine.preActivations(i, z);
    FiredNeurons fired = new FiredNeurons();
    engine.query(i, fired);
    int next = 0;
    for (int r = 0; r < z.length; r++) {
      double allowed = each.tolerance() * (10 + Math.abs(expected[r]));
      assertEquals(expected[r], z[r], allowed, "z of unit " + r + " on sample " + i);
      if (next < fired.count() && fired.neuron(next) == r) {
        assertEquals(expected[r], fired.preActivation(next++), allowed, "fired " + r);
      } else {
        assertEquals(true, r < 18 && expected[r] < SHIFT + allowed, "unit " + r + " is missing");
      }
    }
    assertEquals(fired.count(), next);
  }

  @TestFactory
  Stream<DynamicTest> preActivationsAreProductsWithTheWeightsWhateverIsInTheLog() {
    return EngineCase.each(
        each -> {
          try (Parallel parallel = Parallel.of(1)) {
            Engine engine = each.make(parallel);
            for (int epoch = 0; epoch < 2; epoch++) {
              int[] order = Shuffle.of(EngineCase.SAMPLES, new Random(epoch));
              // The last 100 are asked for while the log holds the first 160.
              each.epoch(engine, order, 156);
              engine.prepare(order, 156, EngineCase.SAMPLES);
              double[][] weights = each.weights(engine);
              for (int i = 156; i < EngineCase.SAMPLES; i++) {
                assertPreActivations(each, engine, each.products(weights, order[i]), order[i]);
              }
              engine.prepare(ALL, 0, ALL.length);
              for (int i = 0; i < ALL.length; i += 7) {
                assertPreActivations(each, engine, each.products(weights, i), i);
              }
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> restoredWeightsAreThoseRecorded() {
    return EngineCase.each(
        each -> {
          try (Parallel parallel = Parallel.of(1)) {
            Engine engine = each.make(parallel);
            each.epoch(engine, 1);
            WeightRecord record = engine.newRecord();
            record.blend(1);
            double[][] expected = each.weights(engine);
            each.epoch(engine, 2);
            each.epoch(engine, 3);
            double[][] later = each.weights(engine);
            assertFalse(Math.abs(later[0][0] - expected[0][0]) < 1e-4, "nothing was learned");
            engine.restore(record);
            assertRestored(each, engine, expected);
          }
        });
  }

  /** Weights are as expected, and so is all that is asked for afterwards. */
  private static void assertRestored(EngineCase each, Engine engine, double[][] expected) {
    assertWeights(expected, each.weights(engine), each.tolerance());
    engine.prepare(ALL, 0, ALL.length);
    for (int i = 0; i < ALL.length; i += 3) {
      assertPreActivations(each, engine, each.products(expected, i), i);
    }
    engine.release();
    assertWeights(expected, each.weights(engine), each.tolerance());
  }

  @TestFactory
  Stream<DynamicTest> aBlendOfSeveralIsTheirMean() {
    return EngineCase.each(
        each -> {
          try (Parallel parallel = Parallel.of(1)) {
            Engine engine = each.make(parallel);
            WeightRecord record = engine.newRecord();
            double[][] mean = new double[each.units()][(int) each.inputs().dimension()];
            for (int epoch = 1; epoch <= 3; epoch++) {
              // Samples that have coefficients at some of the three times only.
              each.epoch(engine, Problems.range(60 * epoch, EngineCase.SAMPLES), 60);
              record.blend(1.0 / epoch);
              double[][] weights = each.weights(engine);
              for (int r = 0; r < mean.length; r++) {
                for (int p = 0; p < mean[r].length; p++) {
                  mean[r][p] += weights[r][p] / 3;
                }
              }
            }
            engine.restore(record);
            assertRestored(each, engine, mean);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> anAssignedRecordIsApartFromTheOther() {
    return EngineCase.each(
        each -> {
          try (Parallel parallel = Parallel.of(1)) {
            Engine engine = each.make(parallel);
            each.epoch(engine, 1);
            double[][] expected = each.weights(engine);
            WeightRecord first = engine.newRecord();
            first.blend(1);
            WeightRecord second = engine.newRecord();
            each.epoch(engine, 2);
            second.blend(1);
            second.assign(first);
            first.blend(0.5);
            engine.restore(second);
            assertRestored(each, engine, expected);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aSavedRecordIsTheSame() {
    return EngineCase.each(
        each -> {
          try (Parallel parallel = Parallel.of(1)) {
            Engine engine = each.make(parallel);
            WeightRecord record = engine.newRecord();
            each.epoch(engine, 1);
            record.blend(1);
            each.epoch(engine, 2);
            record.blend(0.3);
            SavedState saved = SavedState.of(visitor -> record.visit("r", visitor));
            WeightRecord filled = engine.newRecord();
            saved.fill(visitor -> filled.visit("r", visitor));
            engine.restore(record);
            double[][] expected = each.weights(engine);
            engine.restore(filled);
            assertWeights(expected, each.weights(engine), 1e-12);
          }
        });
  }

  /** Epochs 1 to 5 at once; 1 to 3, saved, and 4 and 5 in an engine that was filled. */
  @TestFactory
  Stream<DynamicTest> aFilledEngineGoesOnBitByBitLikeOneThatWasNeverSaved() {
    return EngineCase.each(
        each -> {
          try (Parallel parallel = Parallel.of(1)) {
            Engine whole = each.make(parallel);
            Engine saving = each.make(parallel);
            SavedState saved = SavedState.of(saving::visit);
            for (int epoch = 1; epoch <= 5; epoch++) {
              each.epoch(whole, epoch);
              Engine filled = each.make(parallel);
              saved.fill(filled::visit);
              each.epoch(saving, epoch);
              each.epoch(filled, epoch);
              assertSame(each, saving, filled, "filled after epoch " + (epoch - 1));
              assertSame(each, whole, saving, "saved after epoch " + (epoch - 1));
              saved = SavedState.of(filled::visit);
              assertFalse(saved.isEmpty());
              saving = filled;
            }
          }
        });
  }

  private static void assertSame(EngineCase each, Engine expected, Engine found, String when) {
    double[][] expectedWeights = each.weights(expected);
    double[][] foundWeights = each.weights(found);
    for (int r = 0; r < each.units(); r++) {
      assertArrayEquals(expectedWeights[r], foundWeights[r], when + ": unit " + r);
    }
  }

  @TestFactory
  Stream<DynamicTest> aBlockEngineIsNotTrainedOnAfterARestore() {
    return EngineCase.each(
        each -> {
          try (Parallel parallel = Parallel.of(1)) {
            Engine engine = each.make(parallel);
            each.epoch(engine, 1);
            WeightRecord record = engine.newRecord();
            record.blend(1);
            engine.restore(record);
            if (engine instanceof BlockEngine) {
              assertThrows(IllegalStateException.class, () -> each.epoch(engine, 2));
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> resultsAreTheSameBitsForAnyNumberOfThreads() {
    return EngineCase.each(
        each -> {
          List<double[][]> results =
              Stream.of(1, 2, 4)
                  .map(
                      threads -> {
                        try (Parallel parallel = Parallel.of(threads)) {
                          Engine engine = each.make(parallel);
                          each.epoch(engine, 1);
                          each.epoch(engine, 2);
                          return each.weights(engine);
                        }
                      })
                  .toList();
          for (double[][] result : results) {
            for (int r = 0; r < result.length; r++) {
              assertArrayEquals(results.getFirst()[r], result[r]);
            }
          }
        });
  }
}
