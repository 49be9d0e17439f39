package kronwood.train;

import static kronwood.train.SharedTraining.assertSame;
import static kronwood.train.SharedTraining.assertSameUnits;
import static kronwood.train.SharedTraining.divisions;
import static kronwood.train.SharedTraining.train;
import static kronwood.train.SharedTraining.trainTogether;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kronwood.engine.BlockEngine;
import kronwood.loss.HuberLoss;
import kronwood.loss.LogisticLoss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.math.Precision;
import kronwood.network.NetworkOptions;
import kronwood.network.NeuronRange;
import kronwood.plan.EngineChoice;
import kronwood.state.Representation;
import kronwood.state.StateLayout;
import kronwood.testing.Refusal;
import kronwood.train.SharedTraining.StopAfter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Trainers that hold a share of the neurons each, in threads of one process, end with the bits of
 * one trainer that holds all.
 */
class NeuronShareTest {
  private static final int EPOCHS = 4;

  /** What is trained, and whether it can stop early. */
  private record Case(String name, Scenario scenario, boolean patient) {}

  private static Stream<Case> cases() {
    return Stream.of(
        new Case("plain", scenario(128), true),
        new Case("six panels, huber", scenario(192).loss(new HuberLoss(0.8), 1), true),
        new Case("momentum, skip", scenario(128).momentum(0.9).skip(0.3), false),
        new Case(
            "momentum, decay, skip, trained outputs",
            scenario(128).momentum(0.5).decay(0.1).skip(1).trainOutput().weighted(),
            true),
        new Case(
            "unpaired, two targets, trained outputs",
            scenario(64).neurons(64, false).trainOutput().loss(new SquaredLoss(), 2).weighted(),
            false),
        new Case("two classes, decay", scenario(128).loss(new LogisticLoss(), 1).decay(0.2), true),
        new Case(
            "three classes, skip",
            scenario(128).loss(new SoftmaxLoss(), 3).skip(0.5).trainOutput(),
            true),
        new Case(
            "ensemble of seven, hidden samples, skip", scenario(224).ensemble(7).skip(0.5), false),
        new Case(
            "ensemble of four, two targets",
            scenario(128).validatedEnsemble(4).loss(new SquaredLoss(), 2).momentum(0.5).skip(0.3),
            true));
  }

  private static Scenario scenario(int neurons) {
    return new Scenario().samples(200, 150).batch(12).neurons(neurons, true);
  }

  private record Plan(EngineChoice engine, @Nullable StateLayout layout, Precision precision) {
    @Override
    public String toString() {
      return engine.key() + (layout == null ? "" : " " + layout) + " " + precision.key();
    }
  }

  /** All engines and layouts; each layout in single and in double precision in turn. */
  private static List<Plan> plans(int turn) {
    List<Plan> plans = new ArrayList<>();
    plans.add(new Plan(EngineChoice.DENSE, null, Precision.DOUBLE));
    plans.add(new Plan(EngineChoice.EAGER, null, Precision.DOUBLE));
    plans.add(new Plan(EngineChoice.WEIGHTS, null, Precision.values()[turn % 2]));
    for (StateLayout layout : layouts()) {
      Precision precision = Precision.values()[(turn + plans.size()) % 2];
      plans.add(new Plan(EngineChoice.BLOCK, layout, precision));
    }
    return plans;
  }

  private static List<StateLayout> layouts() {
    List<StateLayout> layouts = new ArrayList<>();
    for (Representation left : Representation.values()) {
      layouts.add(layout(left, Representation.COEFFICIENT));
    }
    layouts.add(layout(Representation.VALUE, Representation.VALUE));
    layouts.add(layout(Representation.WEIGHT, Representation.WEIGHT));
    layouts.add(new StateLayout(true, List.of(Representation.VALUE)));
    layouts.add(new StateLayout(true, List.of(Representation.COEFFICIENT)));
    return layouts;
  }

  private static StateLayout layout(Representation left, Representation right) {
    return new StateLayout(false, List.of(left, right));
  }

  @TestFactory
  Stream<DynamicTest> severalTrainersEndWithTheBitsOfOne() {
    List<Case> cases = cases().toList();
    return IntStream.range(0, cases.size())
        .boxed()
        .flatMap(
            which -> {
              Case each = cases.get(which);
              Scenario.Training training = each.scenario.draw(new Random(7));
              List<Plan> plans = plans(which);
              return IntStream.range(0, plans.size())
                  .mapToObj(
                      k ->
                          DynamicTest.dynamicTest(
                              each.name + ", " + plans.get(k),
                              () -> compare(each, training, plans.get(k), which + k)));
            });
  }

  private static void compare(Case each, Scenario.Training training, Plan plan, int turn) {
    // To find the step size takes longer than to train: a third of the trainings do.
    OptionalDouble step =
        turn % 3 == 1 ? OptionalDouble.empty() : OptionalDouble.of(training.learningRate());
    TrainingOptions options =
        training
            .options(plan.engine, EPOCHS, 1)
            .withLearningRate(step)
            .withPlan(plan.engine, plan.layout)
            .withPrecision(plan.precision)
            .withAveraging(each.patient ? TrainingOptions.NO_AVERAGING : 1)
            .withPatience(each.patient ? 1 : 0);
    TrainingResult whole = train(training, options, null, StopAfter.never());
    // One division each: every case and every plan meets all of them.
    List<NeuronRange> ranges = divisions(training.network()).get(turn / 3 % 3);
    List<TrainingResult> parts =
        trainTogether(training, options, ranges, _ -> null, _ -> StopAfter.never());
    assertSame(training, whole, ranges, parts);
  }

  /** Long enough for blocks to change their size, and for dense logs. */
  @TestFactory
  Stream<DynamicTest> blocksHaveTheSizeThatOneTrainerGivesThem() {
    return Stream.of(
            layout(Representation.VALUE, Representation.COEFFICIENT),
            layout(Representation.VALUE, Representation.VALUE),
            layout(Representation.WEIGHT, Representation.WEIGHT))
        .map(layout -> DynamicTest.dynamicTest(layout.toString(), () -> compareBlocks(layout)));
  }

  private static void compareBlocks(StateLayout layout) {
    Scenario.Training training =
        new Scenario()
            .samples(1800, 1500)
            .batch(40)
            .neurons(128, true)
            .skip(0.3)
            .draw(new Random(12));
    TrainingOptions options =
        training
            .options(EngineChoice.BLOCK, 3, 1)
            .withPlan(EngineChoice.BLOCK, layout)
            .withPrecision(Precision.SINGLE);
    TrainingResult whole = train(training, options, null, StopAfter.never());
    assertTrue(
        ((BlockEngine) whole.network().engine()).blockSize() != 512, "the size did not change");
    for (List<NeuronRange> ranges : divisions(training.network())) {
      List<TrainingResult> parts =
          trainTogether(training, options, ranges, _ -> null, _ -> StopAfter.never());
      assertSame(training, whole, ranges, parts);
      for (TrainingResult part : parts) {
        assertEquals(
            ((BlockEngine) whole.network().engine()).blockSize(),
            ((BlockEngine) part.network().engine()).blockSize());
      }
    }
  }

  @Test
  void theBatchThatTheSpectrumChoosesIsThatOfOneTrainer() {
    Scenario.Training training =
        scenario(128).samples(400, 350).skip(0.3).ensemble(2).draw(new Random(5));
    TrainingOptions options =
        training
            .options(EngineChoice.EAGER, 2, 1)
            .withBatch(TrainingOptions.AUTO_BATCH)
            .withLearningRate(OptionalDouble.empty());
    TrainingResult whole = train(training, options, null, StopAfter.never());
    List<NeuronRange> ranges = divisions(training.network()).get(1);
    assertSame(
        training,
        whole,
        ranges,
        trainTogether(training, options, ranges, _ -> null, _ -> StopAfter.never()));
  }

  @TestFactory
  Stream<DynamicTest> aStopThatOneIsAskedForStopsAllAtTheSameStep() {
    // 150 samples in batches of 12 are 13 steps: within an epoch, before its last step, after it.
    return IntStream.of(5, 12, 13)
        .boxed()
        .flatMap(
            batches ->
                Stream.of(false, true)
                    .map(
                        skips ->
                            DynamicTest.dynamicTest(
                                batches + " batches" + (skips ? ", not evaluated" : ""),
                                () -> compareStop(batches, skips))));
  }

  private static void compareStop(int batches, boolean skips) {
    Scenario.Training training = scenario(128).draw(new Random(3));
    TrainingOptions options =
        training
            .options(EngineChoice.BLOCK, EPOCHS, 1)
            .withPlan(EngineChoice.BLOCK, layout(Representation.VALUE, Representation.COEFFICIENT));
    TrainingResult whole = train(training, options, null, new StopAfter(batches, skips));
    assertTrue(whole.course().stopped());
    List<NeuronRange> ranges = divisions(training.network()).get(1);
    List<TrainingResult> parts =
        trainTogether(
            training,
            options,
            ranges,
            _ -> null,
            rank -> rank == 1 ? new StopAfter(batches, skips) : StopAfter.never());
    assertSame(training, whole, ranges, parts);
  }

  @Test
  void trainersThatGoOnFromTheirCheckpointsEndWithTheBitsOfOne() {
    Scenario.Training training =
        scenario(128).momentum(0.5).decay(0.1).skip(0.3).trainOutput().draw(new Random(9));
    TrainingOptions options =
        training
            .options(EngineChoice.BLOCK, EPOCHS, 1)
            .withPlan(EngineChoice.BLOCK, layout(Representation.WEIGHT, Representation.COEFFICIENT))
            .withAveraging(1);
    TrainingResult whole = train(training, options, null, StopAfter.never());
    List<NeuronRange> ranges = divisions(training.network()).getLast();
    List<KeptCheckpoints> first = ranges.stream().map(_ -> new KeptCheckpoints(null)).toList();
    assertSame(
        training,
        whole,
        ranges,
        trainTogether(training, options, ranges, first::get, _ -> StopAfter.never()));
    List<TrainingResult> parts =
        trainTogether(
            training,
            options,
            ranges,
            rank -> new KeptCheckpoints(first.get(rank).saved().get(2)),
            _ -> StopAfter.never());
    for (int rank = 0; rank < ranges.size(); rank++) {
      assertEquals(2, parts.get(rank).course().resumed());
      assertEquals(whole.metrics().test(), parts.get(rank).metrics().test());
      assertSameUnits(training, whole, ranges.get(rank), parts.get(rank));
    }
  }

  @Test
  void aShareNeedsAPlanThatIsMadeAlready() {
    Scenario.Training training = scenario(128).draw(new Random(3));
    List<NeuronRange> ranges = divisions(training.network()).getFirst();
    NeuronShare share = new ThreadExchange(ranges).share(0);
    for (EngineChoice open : List.of(EngineChoice.AUTO, EngineChoice.BLOCK)) {
      Refusal.assertRefused(() -> trainShare(training, open, share), "one plan");
    }
    NeuronShare other = NeuronShare.whole(NetworkOptions.of(64, 1));
    Refusal.assertRefused(
        () -> trainShare(training, EngineChoice.DENSE, other), "32 distinct neurons", "has 64");
  }

  private static void trainShare(
      Scenario.Training training, EngineChoice engine, NeuronShare share) {
    assertNotNull(
        Trainer.train(
            training.problem(),
            training.network(),
            training.options(engine, 1, 1),
            1e9,
            TrainingListener.NONE,
            StopSignal.NEVER,
            null,
            share));
  }
}
