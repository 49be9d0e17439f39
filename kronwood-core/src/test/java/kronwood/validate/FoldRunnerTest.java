package kronwood.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kronwood.data.Dataset;
import kronwood.data.Setting;
import kronwood.data.fold.Folds;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.gram.GramOptions;
import kronwood.loss.SquaredLoss;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Pairs;
import kronwood.testing.Problems;
import kronwood.train.TrainingControl;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.Test;

/** What the listener of a cross-validation receives. */
class FoldRunnerTest {
  private static final int FOLDS = 4;
  private static final Dataset DATA = data();

  private static Dataset data() {
    Random random = new Random(8);
    return Pairs.of(
            random, Problems.denseFeatures(random, 12, 3), Problems.denseFeatures(random, 9, 3))
        .data();
  }

  private static List<FoldTask> tasks() {
    int[] all = IntStream.range(0, DATA.samples().size()).toArray();
    Folds folds = Folds.of(DATA, Setting.A, all, List.of(), FOLDS, 0, 1);
    return IntStream.range(0, FOLDS)
        .mapToObj(fold -> new FoldTask(Setting.A, 0, fold, folds, new FoldTask.Validation(0, 1)))
        .toList();
  }

  private static Map<FoldTask, FoldResult> run(List<FoldTask> tasks, TrainingListener listener) {
    return runner().run(tasks, 2, 2, listener);
  }

  private static FoldRunner runner() {
    return new FoldRunner(
        DATA,
        DATA.samples().size(),
        null,
        (threads, repeat) ->
            new ModelOptions(
                GramOptions.DEFAULT,
                new SquaredLoss(),
                new NetworkOptions(16, 0.6, true, false, 5),
                TrainingOptions.plain(8, 2, OptionalDouble.of(0.5), 0, EngineChoice.BLOCK, threads),
                1e9),
        (task, split, known, parts, options, stop) ->
            ModelTraining.fit(known, parts, options, TrainingListener.NONE, stop, null),
        null);
  }

  @Test
  void eachFoldIsAnEventOnTheThreadThatRunsThem() {
    List<TrainingEvent.FoldDone> events = new ArrayList<>();
    Set<Thread> threads = new HashSet<>();
    List<FoldTask> tasks = tasks();
    Map<FoldTask, FoldResult> results =
        run(
            tasks,
            event -> {
              threads.add(Thread.currentThread());
              events.add((TrainingEvent.FoldDone) event);
            });
    assertEquals(Set.of(Thread.currentThread()), threads);
    assertEquals(FOLDS, events.size());
    events.sort(Comparator.comparing(TrainingEvent.FoldDone::fold));
    for (int fold = 0; fold < FOLDS; fold++) {
      FoldResult result = results.get(tasks.get(fold));
      assertEquals(
          new TrainingEvent.FoldDone(
              "A, repeat 1, fold %d of 4".formatted(fold + 1),
              "A",
              1,
              fold + 1,
              FOLDS,
              DATA.samples().size() * 3 / 4,
              0,
              DATA.samples().size() / 4,
              result.metrics(),
              2,
              result.seconds()),
          events.get(fold));
      assertTrue(result.metrics().containsKey("mse"), () -> result.metrics().toString());
    }
  }

  @Test
  void whatTheListenerThrowsEndsTheCrossValidation() {
    IllegalStateException full = new IllegalStateException("the disk is full");
    int[] received = {0};
    TrainingListener failing =
        event -> {
          received[0]++;
          throw full;
        };
    List<FoldTask> tasks = tasks();
    assertSame(full, assertThrows(RuntimeException.class, () -> run(tasks, failing)));
    assertEquals(1, received[0]);
  }

  @Test
  void onceAStopIsRequestedTheFoldsThatAreFinishedRemain() {
    List<FoldTask> tasks = tasks();
    Map<FoldTask, FoldResult> all = run(tasks, TrainingListener.NONE);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger waits = new AtomicInteger();
    TrainingControl control =
        new TrainingControl() {
          @Override
          public boolean isStopRequested() {
            return stop.get();
          }

          @Override
          public long awaitResume() {
            waits.incrementAndGet();
            return 0;
          }

          @Override
          public double stepShare() {
            return waits.get() > 3 ? 0.5 : 1; // Without effect on folds.
          }
        };
    Map<FoldTask, FoldResult> some =
        runner()
            .run(tasks, 1, 1, event -> stop.set(event instanceof TrainingEvent.FoldDone), control);
    assertTrue(!some.isEmpty() && some.size() < FOLDS, "finished: " + some.size());
    some.forEach((task, result) -> assertEquals(all.get(task).metrics(), result.metrics()));
    assertTrue(waits.get() > some.size(), "asked within folds too");
    assertEquals(
        Map.of(), runner().run(tasks, 2, 2, TrainingListener.NONE, () -> true), "before the first");
  }
}
