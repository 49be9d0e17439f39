package kronwood.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kronwood.data.EntityTuples;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.network.NetworkOptions;
import kronwood.state.Representation;
import kronwood.state.StateLayout;
import kronwood.testing.Problems;
import kronwood.train.Scenario;
import kronwood.train.Trainer;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingResult;
import org.junit.jupiter.api.Test;

/** Plans that are asked for, and what is said where none fits. */
class ForcedLayoutTest {
  private static TrainingOptions options(EngineChoice engine) {
    return TrainingOptions.plain(16, 1, OptionalDouble.empty(), 0, engine, 1);
  }

  private static EnginePlan plan(StructuredInputs inputs, int neurons, double memory) {
    return EnginePlan.of(
        inputs, NetworkOptions.of(neurons, 1), options(EngineChoice.AUTO).workload(), memory);
  }

  private static StructuredInputs inputs(int size, int rank) {
    return Problems.inputs(new Random(1), size, new int[] {10, 10}, new int[] {rank, rank}, 0, 1);
  }

  @Test
  void whatNoArrayHoldsIsNotBlamedOnMemory() {
    FactorTable wide = FactorTable.of(1, 20_000, new double[20_000]);
    StructuredInputs inputs =
        StructuredInputs.of(List.of(wide), new int[] {0, 0, 0}, EntityTuples.of(3, new int[3]));
    OutOfMemoryEstimateException e =
        assertThrows(OutOfMemoryEstimateException.class, () -> plan(inputs, 2, Double.MAX_VALUE));
    assertTrue(e.getMessage().contains("8.00e+12 numbers in one array"), e.getMessage());
    assertFalse(e.memoryHelps());
  }

  @Test
  void theSmallestBudgetNamedIsEnoughAndTight() {
    StructuredInputs inputs = inputs(500, 4);
    OutOfMemoryEstimateException e =
        assertThrows(OutOfMemoryEstimateException.class, () -> plan(inputs, 64, 1));
    Matcher named =
        Pattern.compile("smallest budget that would do is ([0-9.]+) (kB|MB);")
            .matcher(e.getMessage());
    assertTrue(named.find(), e.getMessage());
    double budget = Double.parseDouble(named.group(1)) * (named.group(2).equals("kB") ? 1e3 : 1e6);
    assertTrue(plan(inputs, 64, budget).bytes() <= budget);
    assertThrows(OutOfMemoryEstimateException.class, () -> plan(inputs, 64, 0.95 * budget));
    assertTrue(e.memoryHelps());
  }

  @Test
  void theLayoutAskedForIsTheOnlyPlan() {
    StructuredInputs inputs = inputs(50, 3);
    StateLayout layout =
        new StateLayout(false, List.of(Representation.WEIGHT, Representation.VALUE));
    TrainingOptions options = options(EngineChoice.AUTO).withPlan(EngineChoice.AUTO, layout);
    List<EnginePlan> plans = EnginePlan.all(inputs, NetworkOptions.of(8, 1), options.workload());
    assertEquals(1, plans.size());
    assertEquals(layout, plans.getFirst().layout());
    assertEquals(EngineChoice.BLOCK, plans.getFirst().engine());
    OutOfMemoryEstimateException e =
        assertThrows(
            OutOfMemoryEstimateException.class,
            () -> EnginePlan.of(inputs, NetworkOptions.of(8, 1), options.workload(), 10));
    assertTrue(e.getMessage().contains("weight ⊗ value"), e.getMessage());
    assertTrue(e.getMessage().contains("for the engine or plan asked for"), e.getMessage());
  }

  @Test
  void aLayoutForOtherModesIsRefused() {
    StateLayout layout = new StateLayout(false, List.of(Representation.VALUE));
    TrainingOptions options = options(EngineChoice.BLOCK).withPlan(EngineChoice.BLOCK, layout);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> EnginePlan.all(inputs(50, 3), NetworkOptions.of(8, 1), options.workload()));
    assertTrue(e.getMessage().contains("2 modes cannot have states value"), e.getMessage());
  }

  @Test
  void aForcedLayoutTrainsToTheSameLosses() {
    long seed = 5;
    Scenario.Training training = new Scenario().neurons(32, true).draw(new Random(seed));
    TrainingOptions free = training.options(EngineChoice.AUTO, 3, 1);
    TrainingResult expected = train(training, free);
    int forced = 0;
    for (EnginePlan plan :
        EnginePlan.all(training.problem().inputs(), training.network(), free.workload())) {
      if (plan.layout() == null) {
        continue;
      }
      TrainingResult result = train(training, free.withPlan(EngineChoice.BLOCK, plan.layout()));
      assertEquals(plan, result.course().plan());
      for (int epoch = 0; epoch < 3; epoch++) {
        double loss = expected.course().epochs().get(epoch).loss();
        assertEquals(
            loss,
            result.course().epochs().get(epoch).loss(),
            1e-9 * Math.abs(loss),
            "seed " + seed + ", " + plan.summary());
      }
      forced++;
    }
    assertEquals(11, forced, "3 × 3 mixes and 2 of whole inputs");
  }

  private static TrainingResult train(Scenario.Training training, TrainingOptions options) {
    return Trainer.train(
        training.problem(), training.network(), options, 1e9, TrainingListener.NONE);
  }
}
