package kronwood.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import kronwood.network.Ensemble;
import kronwood.network.NetworkOptions;
import kronwood.network.NeuronRange;
import kronwood.plan.EngineChoice;
import kronwood.state.Representation;
import kronwood.state.StateLayout;
import kronwood.train.StopSignal;
import kronwood.train.ThreadExchange;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whether trainings of several processes that were killed go on to the bits of one in one go. */
class SharedCheckpointsTest {
  private static final NetworkOptions NETWORK = new NetworkOptions(128, 0.6, true, false, 0, 5);

  @TempDir Path folder;
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static Map<String, CheckpointScenario> scenarios() {
    CheckpointScenario plain = CheckpointScenario.of(3).with(NETWORK);
    NetworkOptions all = new NetworkOptions(128, 0.6, true, true, 0.5, 5);
    CheckpointScenario everything =
        plain.everything().with(all).with(t -> t.withEpochs(6).withPatience(6));
    Map<String, CheckpointScenario> scenarios = new LinkedHashMap<>();
    scenarios.put("plain", plain);
    scenarios.put("average", plain.with(t -> t.withAveraging(0)));
    scenarios.put("ensemble", everything.with(all.withEnsemble(Ensemble.of(2))));
    scenarios.put("unpaired", plain.with(new NetworkOptions(64, 0.6, false, true, 0.5, 5)));
    for (EngineChoice engine :
        List.of(EngineChoice.DENSE, EngineChoice.EAGER, EngineChoice.WEIGHTS)) {
      scenarios.put(engine.key(), everything.with(t -> t.withPlan(engine, null)));
      scenarios.put(
          engine.key() + " without decay",
          plain.with(all).with(t -> t.withPlan(engine, null).withAveraging(1)));
    }
    StateLayout mixed =
        new StateLayout(false, List.of(Representation.VALUE, Representation.WEIGHT));
    scenarios.put("block", everything.with(t -> t.withPlan(EngineChoice.BLOCK, mixed)));
    return scenarios;
  }

  /** What processes do: the model of the first, and where they went on. */
  private record Done(byte[] model, int resumed) {}

  private Done together(
      CheckpointScenario scenario, int processes, CheckpointStore store, int killedInEpoch) {
    List<NeuronRange> ranges = NeuronRange.of(scenario.options().network()).divided(processes);
    ThreadExchange exchange = new ThreadExchange(ranges);
    int[] resumed = new int[processes];
    try (ExecutorService threads = Executors.newFixedThreadPool(processes)) {
      List<Future<TrainedModel>> running = new ArrayList<>();
      for (int rank = 0; rank < processes; rank++) {
        int own = rank;
        TrainingListener listener =
            event -> {
              if (event instanceof TrainingEvent.Resumed(int epochs)) {
                resumed[own] = epochs;
              }
              if (own == processes - 1
                  && event instanceof TrainingEvent.BatchDone batch
                  && batch.epoch() == killedInEpoch
                  && batch.samplesDone() > 100) {
                throw new Killed();
              }
            };
        running.add(
            threads.submit(
                () -> {
                  try {
                    return ModelTraining.fit(
                        scenario.data(),
                        scenario.split(),
                        scenario.options().withThreads(1),
                        listener,
                        StopSignal.NEVER,
                        new SharedCheckpoints(store, 1, warnings::add),
                        exchange.share(own));
                  } catch (RuntimeException | Error e) {
                    exchange.fail();
                    throw e;
                  }
                }));
      }
      byte[] first = new byte[0];
      for (int rank = processes - 1; rank >= 0; rank--) {
        first = CheckpointScenario.bytes(running.get(rank).get().model());
        assertEquals(resumed[0], resumed[rank]);
      }
      return new Done(first, resumed[0]);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Killed killed) {
        throw killed;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> anyNumberOfProcessesGoesOnWhereAnyNumberWasKilled() {
    List<DynamicTest> tests = new ArrayList<>();
    scenarios()
        .forEach(
            (name, scenario) -> {
              byte[] expected = scenario.train(null);
              for (int[] numbers : new int[][] {{1, 1}, {2, 2}, {4, 1}, {1, 4}, {4, 2}, {2, 4}}) {
                String title = "%s, %d then %d".formatted(name, numbers[0], numbers[1]);
                tests.add(
                    DynamicTest.dynamicTest(
                        title, () -> killedAndResumed(scenario, expected, title, numbers)));
              }
            });
    return tests.stream();
  }

  private void killedAndResumed(
      CheckpointScenario scenario, byte[] expected, String title, int[] numbers) {
    FolderStore store = new FolderStore(folder.resolve(title));
    assertThrows(Killed.class, () -> together(scenario, numbers[0], store, 3));
    assertThrows(Killed.class, () -> together(scenario, numbers[1], store, 5));
    Done done = together(scenario, numbers[0], store, 0);
    assertEquals(4, done.resumed);
    assertArrayEquals(expected, done.model);
    assertEquals(List.of(), warnings);
  }

  @Test
  void aTrainingThatIsDoneEndsAtOnceAndALongerOneGoesOnFromIt() throws IOException {
    CheckpointScenario scenario = scenarios().get("average");
    FolderStore store = new FolderStore(folder.resolve("done"));
    byte[] model = together(scenario, 2, store, 0).model;
    assertEquals(2, store.names(".manifest").size());
    assertEquals(4, store.names(".share").size());
    assertEquals(6, store.names().size());
    Done again = together(scenario, 4, store, 0);
    assertEquals(6, again.resumed);
    assertArrayEquals(model, again.model);
    CheckpointScenario longer = scenario.with(t -> t.withEpochs(7));
    Done more = together(longer, 1, store, 0);
    assertEquals(6, more.resumed);
    assertArrayEquals(longer.train(null), more.model);
    CheckpointScenario shorter = scenario.with(t -> t.withEpochs(2));
    assertEquals(0, together(shorter, 1, store, 0).resumed);
  }

  @Test
  void filesOfOtherTrainingsAreNotUsedWhateverTheyAreCalled() throws IOException {
    CheckpointScenario scenario = scenarios().get("plain");
    FolderStore store = new FolderStore(folder.resolve("others"));
    together(scenario, 2, store, 0);
    CheckpointScenario other = scenario.with(t -> t.withWeightDecay(0.01));
    Done done = together(other, 2, store, 0);
    assertEquals(0, done.resumed);
    assertArrayEquals(other.train(null), done.model);
    assertEquals(4, store.names(".manifest").size());
    CheckpointScenario third = scenario.with(t -> t.withMomentum(0.1));
    String own = keyOf(third);
    for (String name : store.names()) {
      if (name.startsWith(keyOf(other))) {
        Path file = folder.resolve("others").resolve(name);
        Files.copy(file, file.resolveSibling(own + name.substring(own.length())));
      }
    }
    assertEquals(0, together(third, 2, store, 0).resumed);
    assertTrue(warnings.getFirst().contains("weight decay is 0.01, not 0.0"), warnings.toString());
  }

  /** The digest that a training's files begin with. */
  private String keyOf(CheckpointScenario scenario) throws IOException {
    FolderStore store = new FolderStore(folder.resolve("key" + scenario.hashCode()));
    together(scenario.with(t -> t.withEpochs(1)), 1, store, 0);
    return store.names().getFirst().substring(0, 32);
  }

  @Test
  void whatIsDamagedOrIncompleteIsPassedOverForTheOneBefore() throws IOException {
    CheckpointScenario scenario = scenarios().get("average");
    Path place = folder.resolve("damaged");
    FolderStore store = new FolderStore(place);
    byte[] expected = together(scenario, 2, store, 0).model;
    List<String> newest =
        store.names(".share").stream().filter(name -> name.contains("-000006-")).toList();
    Path file = place.resolve(newest.getLast());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Done done = together(scenario, 2, store, 0);
    assertEquals(5, done.resumed);
    assertArrayEquals(expected, done.model);
    assertTrue(warnings.getFirst().contains("SHA-256"), warnings.toString());
    for (String name : store.names(".share")) {
      Files.delete(place.resolve(name));
    }
    Files.writeString(place.resolve("notes.txt"), "not ours");
    Done anew = together(scenario, 4, store, 0);
    assertEquals(0, anew.resumed);
    assertArrayEquals(expected, anew.model);
    assertTrue(Files.exists(place.resolve("notes.txt")));
    assertEquals(1 + 2 + 8, store.names().size());
  }

  @Test
  void aFileThatCannotBeWrittenByOneProcessStopsNoTraining() throws IOException {
    CheckpointScenario scenario = scenarios().get("plain");
    FolderStore full =
        new FolderStore(
            folder.resolve("full"),
            name -> name.contains("-000004-") && name.contains("-32-64.share"));
    assertThrows(Killed.class, () -> together(scenario, 2, full, 5));
    assertEquals(1, warnings.size());
    assertTrue(warnings.getFirst().contains("no space"), warnings.toString());
    Done done = together(scenario, 2, full, 0);
    assertEquals(3, done.resumed);
    assertArrayEquals(scenario.train(null), done.model);
  }
}
