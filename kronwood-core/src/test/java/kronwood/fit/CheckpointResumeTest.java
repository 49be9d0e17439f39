package kronwood.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import kronwood.input.PairStructure;
import kronwood.math.Precision;
import kronwood.model.ModelNetwork;
import kronwood.network.Ensemble;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.state.Representation;
import kronwood.state.StateLayout;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whether a training that was cut short and goes on ends as one in one go, byte by byte. */
class CheckpointResumeTest {
  @TempDir Path folder;
  private int folders;

  private Path next() {
    return folder.resolve("checkpoints" + folders++);
  }

  private static Map<String, UnaryOperator<CheckpointScenario>> kinds() {
    Map<String, UnaryOperator<CheckpointScenario>> kinds = new LinkedHashMap<>();
    NetworkOptions trained = new NetworkOptions(16, 0.6, true, true, 0, 5);
    NetworkOptions skip = new NetworkOptions(15, 0.6, false, false, 0.5, 5);
    kinds.put("plain", s -> s);
    kinds.put("decay", s -> s.decay(0.02));
    kinds.put("momentum", s -> s.with(t -> t.withMomentum(0.8)));
    kinds.put("momentum and decay", s -> s.decay(0.02).with(t -> t.withMomentum(0.8)));
    kinds.put("double precision", s -> s.with(t -> t.withPrecision(Precision.DOUBLE)));
    kinds.put("trained output", s -> s.with(trained));
    kinds.put("linear skip", s -> s.with(skip));
    kinds.put("ensemble", s -> s.with(skip.withEnsemble(Ensemble.of(3))));
    kinds.put("average", s -> s.with(t -> t.withAveraging(0)));
    kinds.put("early stopping", s -> s.with(t -> t.withPatience(1).withEpochs(30)));
    kinds.put("everything", CheckpointScenario::everything);
    return kinds;
  }

  private static Map<String, UnaryOperator<CheckpointScenario>> engines() {
    Map<String, UnaryOperator<CheckpointScenario>> engines = new LinkedHashMap<>();
    engines.put("dense", s -> s.with(t -> t.withPlan(EngineChoice.DENSE, null)));
    engines.put("eager", s -> s.with(t -> t.withPlan(EngineChoice.EAGER, null)));
    engines.put("weights", s -> s.with(t -> t.withPlan(EngineChoice.WEIGHTS, null)));
    for (StateLayout layout : layouts()) {
      engines.put(layout.toString(), s -> s.with(t -> t.withPlan(EngineChoice.BLOCK, layout)));
    }
    return engines;
  }

  private static List<StateLayout> layouts() {
    List<StateLayout> layouts = new ArrayList<>();
    for (Representation left : Representation.values()) {
      for (Representation right : Representation.values()) {
        layouts.add(new StateLayout(false, List.of(left, right)));
      }
    }
    layouts.add(new StateLayout(true, List.of(Representation.VALUE)));
    layouts.add(new StateLayout(true, List.of(Representation.COEFFICIENT)));
    return layouts;
  }

  @TestFactory
  Stream<DynamicTest> aTrainingThatWasCutShortEndsAsOneInOneGo() {
    List<DynamicTest> tests = new ArrayList<>();
    List<String> engines = List.copyOf(engines().keySet());
    List<String> kinds = List.copyOf(kinds().keySet());
    for (int e = 0; e < engines.size(); e++) {
      for (int k = 0; k < kinds.size(); k++) {
        if (isTried(e, k, kinds.size())) {
          String engine = engines.get(e);
          String kind = kinds.get(k);
          CheckpointScenario scenario =
              kinds().get(kind).apply(engines().get(engine).apply(CheckpointScenario.of(3)));
          tests.add(
              DynamicTest.dynamicTest(engine + ", " + kind, () -> assertEndsTheSame(scenario)));
        }
      }
    }
    return tests.stream();
  }

  /** The last kind, which is all of them at once, with every engine; the others with each third. */
  private static boolean isTried(int engine, int kind, int kinds) {
    return kind == kinds - 1 || (engine + kind) % 3 == 0;
  }

  @TestFactory
  Stream<DynamicTest> soDoesOneOfAnyStructure() {
    return Stream.of(PairStructure.values())
        .map(
            structure ->
                DynamicTest.dynamicTest(
                    structure.key(),
                    () ->
                        assertEndsTheSame(
                            CheckpointScenario.of(9).everything().structure(structure))));
  }

  private void assertEndsTheSame(CheckpointScenario scenario) {
    byte[] expected = scenario.train(null);
    Path whole = next();
    assertArrayEquals(
        expected, scenario.train(CheckpointScenario.fresh(whole)), "saving must change nothing");
    List<String> warnings = new ArrayList<>();
    assertArrayEquals(
        expected,
        scenario.train(CheckpointScenario.resumed(whole, warnings)),
        "going on when nothing is left to do");
    Random random = new Random(8);
    Path cut = next();
    scenario.killedInBatch(CheckpointScenario.fresh(cut), 1 + random.nextInt(40));
    scenario.killedInBatch(
        CheckpointScenario.resumed(cut, warnings), 1 + random.nextInt(CheckpointScenario.BATCHES));
    assertArrayEquals(
        expected, scenario.train(CheckpointScenario.resumed(cut, warnings)), "going on");
    assertEquals(List.of(), warnings);
  }

  @Test
  void anotherNumberOfThreadsAndOtherMemoryMakeNoDifference() {
    CheckpointScenario scenario =
        CheckpointScenario.of(4)
            .everything()
            .with(t -> t.withPlan(EngineChoice.AUTO, null))
            .memory(2e9);
    byte[] expected = scenario.train(null);
    Path cut = next();
    scenario.killedInBatch(CheckpointScenario.fresh(cut), 100);
    TrainedModel resumed =
        scenario
            .threads(3)
            .memory(5e6)
            .fit(CheckpointScenario.resumed(cut, new ArrayList<>()), TrainingListener.NONE);
    ModelNetwork network = resumed.model().network();
    assertEquals(3, resumed.result().course().resumed());
    assertArrayEquals(weights(expected), CheckpointScenario.weights(network));
  }

  private static float[] weights(byte[] model) {
    return CheckpointScenario.weights(CheckpointScenario.model(model).network());
  }

  @Test
  void aLongerTrainingGoesOnFromAShorterOne() {
    CheckpointScenario scenario = CheckpointScenario.of(5);
    Path cut = next();
    scenario.with(t -> t.withEpochs(4)).train(CheckpointScenario.fresh(cut));
    assertArrayEquals(
        scenario.train(null), scenario.train(CheckpointScenario.resumed(cut, new ArrayList<>())));
  }

  @Test
  void theListenerHearsWhereTrainingGoesOn() {
    CheckpointScenario scenario = CheckpointScenario.of(6);
    Path cut = next();
    scenario.killedInBatch(CheckpointScenario.fresh(cut), 2 * CheckpointScenario.BATCHES + 7);
    List<Integer> heard = new ArrayList<>();
    TrainedModel trained =
        scenario.fit(
            CheckpointScenario.resumed(cut, new ArrayList<>()),
            event -> {
              if (event instanceof TrainingEvent.Resumed before) {
                heard.add(before.epochs());
              }
            });
    assertEquals(List.of(2), heard);
    assertEquals(2, trained.result().course().resumed());
    assertEquals(CheckpointScenario.EPOCHS, trained.result().course().epochsFinished());
    assertTrue(trained.result().course().epochs().getFirst().epoch() == 3);
  }
}
