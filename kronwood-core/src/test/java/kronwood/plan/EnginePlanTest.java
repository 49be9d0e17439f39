package kronwood.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.network.NetworkOptions;
import kronwood.testing.Problems;
import kronwood.train.Scenario;
import kronwood.train.Trainer;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnginePlanTest {
  private static Workload options(EngineChoice engine, double weightDecay) {
    return TrainingOptions.plain(16, 1, OptionalDouble.empty(), weightDecay, engine, 1).workload();
  }

  private static EnginePlan plan(
      StructuredInputs inputs, int neurons, EngineChoice engine, double memory) {
    return EnginePlan.of(inputs, NetworkOptions.of(neurons, 1), options(engine, 0), memory);
  }

  private static StructuredInputs inputs(int size, int rank) {
    return Problems.inputs(new Random(1), size, new int[] {10, 10}, new int[] {rank, rank}, 0, 1);
  }

  @Test
  void theEngineAskedForIsTaken() {
    StructuredInputs inputs = inputs(50, 3);
    for (EngineChoice engine : EngineChoice.values()) {
      EnginePlan plan = plan(inputs, 8, engine, 1e9);
      if (engine != EngineChoice.AUTO) {
        assertEquals(engine, plan.engine());
      }
      assertTrue(plan.engine() != EngineChoice.AUTO);
      assertTrue(plan.summary().startsWith(plan.engine().key()), plan.summary());
    }
  }

  @Test
  void autoTakesTheLeastTimeOfWhatFits() {
    for (StructuredInputs inputs : List.of(inputs(50, 3), inputs(5, 9), inputs(2000, 2))) {
      List<EnginePlan> plans =
          EnginePlan.all(inputs, NetworkOptions.of(64, 1), options(EngineChoice.AUTO, 0));
      for (double memory : new double[] {1e9, 3e6, 3e5}) {
        List<EnginePlan> fitting = plans.stream().filter(p -> p.bytes() <= memory).toList();
        if (!fitting.isEmpty()) {
          double least = fitting.stream().mapToDouble(EnginePlan::nanosPerSample).min().orElse(0);
          EnginePlan best = plan(inputs, 64, EngineChoice.AUTO, memory);
          assertEquals(least, best.nanosPerSample(), "memory " + memory);
          assertTrue(best.bytes() <= memory, "memory " + memory);
        }
      }
    }
  }

  /** What fits trains with the plan that it had before there was this engine. */
  @Test
  void weightsAreTheStateOnlyWhereTheFastestPlanDoesNotFit() {
    StructuredInputs inputs =
        Problems.inputs(new Random(2), 100_000, new int[] {300, 200}, new int[] {20, 20}, 0, 1);
    List<EnginePlan> plans =
        EnginePlan.all(inputs, NetworkOptions.of(256, 1), options(EngineChoice.AUTO, 0));
    EnginePlan fastest =
        plans.stream()
            .filter(plan -> plan.engine() != EngineChoice.WEIGHTS)
            .min(Comparator.comparingDouble(EnginePlan::nanosPerSample))
            .orElseThrow();
    EnginePlan weights =
        plans.stream()
            .filter(plan -> plan.engine() == EngineChoice.WEIGHTS)
            .findFirst()
            .orElseThrow();
    assertTrue(weights.bytes() < fastest.bytes() - 1);
    assertEquals(fastest, plan(inputs, 256, EngineChoice.AUTO, fastest.bytes()));
    assertEquals(weights, plan(inputs, 256, EngineChoice.AUTO, fastest.bytes() - 1));
    assertEquals(weights, plan(inputs, 256, EngineChoice.WEIGHTS, fastest.bytes()));
  }

  @Test
  void memoryOfWeightsGrowsOnlyByWhatEachSampleTakes() {
    StructuredInputs some = inputs(200_000, 5);
    StructuredInputs more = inputs(400_000, 5);
    double bytes = plan(some, 256, EngineChoice.WEIGHTS, 1e12).bytes();
    assertEquals(
        28.0 * 200_000, plan(more, 256, EngineChoice.WEIGHTS, 1e12).bytes() - bytes, 1e-6 * bytes);
  }

  @Test
  void estimatesCoverWhatEachEngineStores() {
    StructuredInputs inputs = inputs(500, 4);
    // 8 bytes for each weight of the dense layer, for each node and coefficient of the eager trees;
    // besides, 28 for each sample, and 40 for each of 64 neurons that may fire on one of 16.
    int working = 28 * 500 + 40 * 64 * 16;
    double dense = plan(inputs, 64, EngineChoice.DENSE, 1e9).bytes() - working;
    assertTrue(dense >= 8 * 64 * 16 && dense < 1.6 * 8 * 64 * 16, "dense " + dense);
    double eager = plan(inputs, 64, EngineChoice.EAGER, 1e9).bytes() - working;
    assertTrue(eager >= 24 * 64 * 500 && eager < 1.2 * 24 * 64 * 500, "eager " + eager);
  }

  @Test
  void weightDecayTakesMemory() {
    StructuredInputs inputs = inputs(500, 4);
    NetworkOptions network = NetworkOptions.of(64, 1);
    // The initial weights; and of each neuron and sample z⁰ and its change.
    assertEquals(8 * 64 * 16, bytesOfDecay(inputs, network, EngineChoice.DENSE), 1e-6);
    assertEquals(16 * 64 * 500, bytesOfDecay(inputs, network, EngineChoice.EAGER), 1e-6);
  }

  private static double bytesOfDecay(
      StructuredInputs inputs, NetworkOptions network, EngineChoice engine) {
    return EnginePlan.of(inputs, network, options(engine, 0.1), 1e9).bytes()
        - EnginePlan.of(inputs, network, options(engine, 0), 1e9).bytes();
  }

  @ParameterizedTest
  @EnumSource(EngineChoice.class)
  void tooLittleMemoryIsSaidWithTheEstimate(EngineChoice engine) {
    StructuredInputs inputs = inputs(2000, 10);
    OutOfMemoryEstimateException e =
        assertThrows(OutOfMemoryEstimateException.class, () -> plan(inputs, 2000, engine, 123_000));
    double needed = plan(inputs, 2000, engine, 1e12).bytes();
    assertTrue(needed > 1e6, "estimate " + needed);
    if (engine == EngineChoice.DENSE || engine == EngineChoice.EAGER) {
      String estimate =
          needed >= 1e8
              ? String.format(Locale.ROOT, "%.1f GB", needed / 1e9)
              : String.format(Locale.ROOT, "%.1f MB", needed / 1e6);
      assertTrue(e.getMessage().contains("needs about " + estimate), e.getMessage());
      assertTrue(e.getMessage().contains(engine.key() + ": 2000 neurons"), e.getMessage());
    }
    assertTrue(e.getMessage().contains("there are 0.1 MB"), e.getMessage());
    assertTrue(e.getMessage().contains("take fewer neurons"), e.getMessage());
  }

  @Test
  void theTrainerRefusesBeforeItStarts() {
    Scenario.Training training = new Scenario().draw(new Random(2));
    boolean[] started = new boolean[1];
    assertThrows(
        OutOfMemoryEstimateException.class,
        () ->
            Trainer.train(
                training.problem(),
                training.network(),
                training.options(EngineChoice.EAGER, 1, 1),
                100,
                event -> started[0] = true));
    assertFalse(started[0]);
  }

  @ParameterizedTest
  @EnumSource(EngineChoice.class)
  void nothingIsAllocatedForARunFarBeyondAnyMemory(EngineChoice engine) {
    // Ten million million weights a neuron; the estimate follows from shapes alone.
    FactorTable wide = FactorTable.of(1, 20_000, new double[20_000]);
    StructuredInputs inputs =
        StructuredInputs.of(List.of(wide), new int[] {0, 0, 0}, EntityTuples.of(3, new int[3]));
    OutOfMemoryEstimateException e =
        assertThrows(
            OutOfMemoryEstimateException.class, () -> plan(inputs, 1_000_000, engine, 1e15));
    assertFalse(e.getMessage().contains("Infinity"), e.getMessage());
  }

  @Test
  void theWeightsOfTheModelAreCounted() {
    // After training, all m · d weights are formed; here they outweigh the trees by far.
    StructuredInputs inputs =
        Problems.inputs(new Random(3), 20, new int[] {5, 5}, new int[] {300, 300}, 0, 1);
    double bytes = plan(inputs, 100, EngineChoice.EAGER, 1e12).bytes();
    assertTrue(bytes >= 4.0 * 100 * 90_000, "estimate " + bytes);
  }
}
