package kronwood.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.math.Precision;
import kronwood.network.NetworkOptions;
import kronwood.state.Representation;
import kronwood.state.StateLayout;
import kronwood.testing.Problems;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.Test;

class WorkEstimateTest {
  private static final StateLayout VALUE_COEFFICIENT =
      new StateLayout(false, List.of(Representation.VALUE, Representation.COEFFICIENT));

  private static TrainingOptions options(int batch) {
    return TrainingOptions.plain(batch, 1, OptionalDouble.empty(), 0, EngineChoice.AUTO, 1);
  }

  private static StructuredInputs inputs(int size, int[] entities, int[] ranks) {
    int[] modes = Problems.range(0, entities.length);
    return Problems.inputs(new Random(1), size, entities, ranks, modes);
  }

  /** The plan that is estimated to take least time, whatever memory it takes. */
  private static EnginePlan fastest(StructuredInputs inputs, int neurons) {
    return EnginePlan.of(
        inputs, NetworkOptions.of(neurons, 1), options(64).workload(), Double.POSITIVE_INFINITY);
  }

  @Test
  void denseWorkIsCountedByHand() {
    StructuredInputs inputs = inputs(20, new int[] {5, 4}, new int[] {3, 2});
    // 10 neurons of 6 weights, of which 4 fire, in batches of 5.
    WorkEstimate estimate =
        WorkEstimate.dense(inputs, NetworkOptions.of(10, 1), 4, options(5).workload());
    assertEquals(60, estimate.units(WorkKind.DENSE_PRODUCT));
    assertEquals(24, estimate.units(WorkKind.DENSE_SUM));
    assertEquals(12, estimate.units(WorkKind.MATERIALISE));
    assertEquals(4, estimate.units(WorkKind.FIRED));
    assertEquals(0.2, estimate.units(WorkKind.BATCH));
    assertEquals(0, estimate.units(WorkKind.PULL));
    assertEquals(
        60 * WorkKind.DENSE_PRODUCT.nanos()
            + 24 * WorkKind.DENSE_SUM.nanos()
            + 12 * WorkKind.MATERIALISE.nanos()
            + 4 * WorkKind.FIRED.nanos()
            + 0.2 * WorkKind.BATCH.nanos(),
        estimate.nanos(),
        1e-9);
  }

  @Test
  void eagerWorkIsCountedByHand() {
    StructuredInputs inputs = inputs(20, new int[] {5, 4}, new int[] {3, 2});
    // Of 10 neurons half fire: all but a quarter in one of two samples.
    WorkEstimate estimate =
        WorkEstimate.eager(inputs, NetworkOptions.of(10, 1), 5, options(2).workload());
    assertEquals(40, estimate.units(WorkKind.INPUT_PRODUCT));
    assertEquals(100, estimate.units(WorkKind.INPUT_SUM));
    assertEquals(20 * 7.5 / 2, estimate.units(WorkKind.TREE_LEAF), 1e-12);
  }

  @Test
  void whatABlockReadsIsCountedByHand() {
    // As next to nothing fires, no log grows, and a block is all 400 samples. Some 100 of them read
    // each of the 4 VALUE entities: 25 times four together, but for 1.5 that are left over.
    StructuredInputs inputs = inputs(400, new int[] {4, 10}, new int[] {4, 10});
    WorkEstimate estimate =
        WorkEstimate.block(
            inputs, NetworkOptions.of(32, 1), 0.001, options(16).workload(), VALUE_COEFFICIENT);
    assertEquals(32 * 10 * 98.5 / 100, estimate.units(WorkKind.READ_TOGETHER), 1e-9);
    assertEquals(32 * 10 * 1.5 / 100, estimate.units(WorkKind.READ_ALONE), 1e-9);
    assertEquals(2 * 4 / 400.0, estimate.units(WorkKind.READ_RUN), 1e-6);
    assertEquals(32, estimate.units(WorkKind.LEAF));
  }

  @Test
  void whatABlockWritesIsCountedByHand() {
    // A block is all 400 samples, and each of the 10 columns gets an entry of each panel: two
    // strips for 200 VALUE entries.
    StructuredInputs inputs = inputs(400, new int[] {200, 10}, new int[] {4, 10});
    WorkEstimate estimate =
        WorkEstimate.block(
            inputs, NetworkOptions.of(32, 1), 3, options(16).workload(), VALUE_COEFFICIENT);
    assertEquals(3 * 200, estimate.units(WorkKind.SUM), 1e-9);
    assertEquals(32 * 10 * 2 / 400.0, estimate.units(WorkKind.SUM_RUN), 1e-9);
    assertEquals(32 * 10 * 200 / 400.0, estimate.units(WorkKind.TURN), 1e-6);
  }

  @Test
  void readersThatComeFourAtATimeFollowFromTheirNumbersDistribution() {
    for (double mean : new double[] {0.01, 1, 4, 20, 49.9, 50.1}) {
      double probability = Math.exp(-mean);
      double expected = 0;
      for (int k = 0; k < 200; k++) {
        expected += probability * (k - k % 4);
        probability *= mean / (k + 1);
      }
      assertEquals(expected, WorkEstimate.together(mean), 1e-6 * (1 + mean), "mean " + mean);
    }
  }

  @Test
  void doublePrecisionAndMomentumTakeLonger() {
    StructuredInputs inputs = inputs(500, new int[] {20, 30}, new int[] {5, 6});
    NetworkOptions network = NetworkOptions.of(64, 1);
    double single =
        WorkEstimate.block(inputs, network, 5, options(16).workload(), VALUE_COEFFICIENT).nanos();
    double twice =
        WorkEstimate.block(
                inputs,
                network,
                5,
                options(16).withPrecision(Precision.DOUBLE).workload(),
                VALUE_COEFFICIENT)
            .nanos();
    Workload momentum =
        new TrainingOptions(
                16,
                1,
                OptionalDouble.empty(),
                0,
                0.9,
                TrainingOptions.NO_AVERAGING,
                0,
                new EngineOptions(EngineChoice.AUTO, null, Precision.SINGLE, 1))
            .workload();
    double parts = WorkEstimate.block(inputs, network, 5, momentum, VALUE_COEFFICIENT).nanos();
    assertTrue(twice > single, single + " and " + twice);
    assertTrue(parts > single, single + " and " + parts);
  }

  @Test
  void everyPlanHasATimeHoweverSmallOrLargeTheProblem() {
    FactorTable wide = FactorTable.of(1, 20_000, new double[20_000]);
    List<StructuredInputs> shapes =
        List.of(
            inputs(1, new int[] {1}, new int[] {1}),
            inputs(3, new int[] {1, 1, 2}, new int[] {1, 2, 1}),
            StructuredInputs.of(
                List.of(wide), new int[] {0, 0, 0}, EntityTuples.of(3, new int[3])));
    for (StructuredInputs inputs : shapes) {
      for (int batch : new int[] {TrainingOptions.AUTO_BATCH, 1, 1000}) {
        for (int neurons : new int[] {2, 1 << 20}) {
          for (EnginePlan plan :
              EnginePlan.all(inputs, NetworkOptions.of(neurons, 1), options(batch).workload())) {
            String message = plan + ", batch " + batch;
            assertTrue(plan.nanosPerSample() > 0, message);
            assertTrue(Double.isFinite(plan.nanosPerSample()), message);
          }
        }
      }
    }
  }

  @Test
  void aGridIsTrainedInValuesOfOneModeAndCoefficientsOfTheOther() {
    EnginePlan plan = fastest(inputs(10_000, new int[] {100, 120}, new int[] {100, 100}), 256);
    assertTrue(plan.layout() != null, plan.summary());
    assertEquals(
        List.of(Representation.COEFFICIENT, Representation.VALUE),
        plan.layout().representations().stream().sorted(this::byName).toList(),
        plan.summary());
  }

  private int byName(Representation a, Representation b) {
    return a.name().compareTo(b.name());
  }

  @Test
  void fewWeightsAreTrainedAsTheyAre() {
    EnginePlan plan = fastest(inputs(5_000, new int[] {2_000}, new int[] {8}), 256);
    assertEquals(EngineChoice.DENSE, plan.engine(), plan.summary());
  }
}
