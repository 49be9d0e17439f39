package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import kronwood.plan.EngineChoice;
import kronwood.state.StateVisitor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a listener receives and when, and how a signal ends a training early. */
class TrainingEventTest {
  /** Remembers all events, and asks for a stop after so many batches. */
  private static final class Recorder implements TrainingListener, StopSignal {
    private final int batchesWanted;
    private final List<TrainingEvent> events = new ArrayList<>();
    private int batches;

    Recorder(int batchesWanted) {
      this.batchesWanted = batchesWanted;
    }

    @Override
    public void on(TrainingEvent event) {
      events.add(event);
      if (event instanceof TrainingEvent.BatchDone) {
        batches++;
      }
    }

    @Override
    public boolean isStopRequested() {
      return batches >= batchesWanted;
    }

    List<String> texts() {
      return events.stream().map(TrainingEventTest::text).toList();
    }

    <E extends TrainingEvent> List<E> of(Class<E> kind) {
      return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
  }

  /** Saves after every second epoch, and begins with what is given. */
  private static final class EverySecond implements TrainingCheckpoints {
    private final @Nullable SavedState begin;
    private @Nullable SavedState saved;

    EverySecond(@Nullable SavedState begin) {
      this.begin = begin;
    }

    @Override
    public boolean load(Consumer<StateVisitor> training) {
      if (begin == null) {
        return false;
      }
      begin.fill(training);
      return true;
    }

    @Override
    public Optional<Path> save(int epoch, Consumer<StateVisitor> training) {
      if (epoch % 2 != 0) {
        return Optional.empty();
      }
      saved = SavedState.of(training);
      return Optional.of(Path.of("epoch-" + epoch));
    }
  }

  private static String text(TrainingEvent event) {
    return switch (event) {
      case TrainingEvent.Resumed resumed -> "resumed after " + resumed.epochs();
      case TrainingEvent.Started started ->
          "started %s, %d neurons, %d output, %d epochs"
              .formatted(
                  started.plan().engine().key(),
                  started.neurons(),
                  started.outputs(),
                  started.epochs());
      case TrainingEvent.Searched searched -> "searched " + searched.sample();
      case TrainingEvent.BatchDone batch ->
          batch.epoch() + ": " + batch.samplesDone() + "/" + batch.samplesTotal();
      case TrainingEvent.Validated validated ->
          "validated " + validated.epoch() + ", " + validated.predictions().length;
      case TrainingEvent.CheckpointSaved saved -> "saved " + saved.epoch() + " to " + saved.file();
      case TrainingEvent.EpochDone done ->
          "epoch " + done.report().epoch() + " of " + done.report().epochs();
      case TrainingEvent.Finished finished ->
          "finished " + finished.epochs() + (finished.stopped() ? ", stopped" : "");
      case TrainingEvent.HeldOutBegun part -> "part " + part.number();
      case TrainingEvent.NewEntitiesBegun _ -> "new entities";
      case TrainingEvent.TrialDone trial -> "trial " + trial.number();
      case TrainingEvent.FoldDone fold -> fold.label();
    };
  }

  private static Scenario.Training drawn() {
    return new Scenario().batch(12).draw(new Random(16));
  }

  private static TrainingResult train(Scenario.Training training, int epochs, Recorder recorder) {
    return train(training, epochs, recorder, null);
  }

  private static TrainingResult train(
      Scenario.Training training,
      int epochs,
      Recorder recorder,
      @Nullable TrainingCheckpoints checkpoints) {
    TrainingOptions options = training.options(EngineChoice.EAGER, epochs, 1);
    return Trainer.train(
        training.problem(), training.network(), options, 1e9, recorder, recorder, checkpoints);
  }

  private static TrainingResult watched(Scenario.Training training, TrainingListener listener) {
    TrainingOptions options = training.options(EngineChoice.EAGER, 2, 1);
    return Trainer.train(training.problem(), training.network(), options, 1e9, listener);
  }

  @Test
  void aTrainingTellsOfItsStartEachBatchEachEpochAndItsEnd() {
    Scenario.Training training = drawn();
    Recorder recorder = new Recorder(Integer.MAX_VALUE);
    TrainingResult result = train(training, 2, recorder);
    int validated = training.problem().split().validation().length;
    assertTrue(validated > 0);
    assertEquals(
        List.of(
            "started eager, 16 neurons, 1 output, 2 epochs",
            "1: 12/30",
            "1: 24/30",
            "1: 30/30",
            "validated 1, " + validated,
            "epoch 1 of 2",
            "2: 12/30",
            "2: 24/30",
            "2: 30/30",
            "validated 2, " + validated,
            "epoch 2 of 2",
            "finished 2"),
        recorder.texts());
    assertFalse(result.course().stopped());
    assertEquals(60, result.course().work().samples());
    assertEquals(30, result.course().epochs().getFirst().work().samples());
  }

  @Test
  void startAndEndCarryTheFactsOfTheTraining() {
    Scenario.Training training = drawn();
    Recorder recorder = new Recorder(Integer.MAX_VALUE);
    TrainingResult result = train(training, 2, recorder);
    TrainingEvent.Started started = recorder.of(TrainingEvent.Started.class).getFirst();
    assertSame(result.course().plan(), started.plan());
    assertEquals(30, started.trainSamples());
    assertEquals(training.problem().split().validation().length, started.validationSamples());
    assertEquals(training.problem().split().test().length, started.testSamples());
    assertEquals(training.learningRate(), started.learningRate());
    assertEquals(12, started.batch());

    TrainingEvent.Finished finished = recorder.of(TrainingEvent.Finished.class).getFirst();
    assertEquals(result.metrics().byPart(), finished.metrics());
    assertTrue(finished.metrics().get("test").containsKey("mse"), finished.metrics()::toString);
    assertEquals(2, finished.epoch());
    assertTrue(finished.seconds() > 0);
    assertEquals(
        result.course().epochs(),
        recorder.of(TrainingEvent.EpochDone.class).stream()
            .map(TrainingEvent.EpochDone::report)
            .toList());
    assertArrayEquals(
        result.metrics().validationPredictions(),
        recorder.of(TrainingEvent.Validated.class).getLast().predictions());
  }

  @Test
  void theFirstBatchLosesWhatANetworkOfOutputZeroLoses() {
    // Targets have mean square 1 over the training samples, and the loss is half the square.
    Scenario.Training training = new Scenario().batch(30).draw(new Random(3));
    Recorder recorder = new Recorder(Integer.MAX_VALUE);
    train(training, 1, recorder);
    assertEquals(0.5, recorder.of(TrainingEvent.BatchDone.class).getFirst().loss(), 1e-9);
  }

  @Test
  void lossesOfBatchesAddUpToThatOfTheEpoch() {
    Scenario.Training training = new Scenario().batch(12).weighted().draw(new Random(16));
    Recorder recorder = new Recorder(Integer.MAX_VALUE);
    TrainingResult result = train(training, 1, recorder);
    double sum = 0;
    int before = 0;
    for (TrainingEvent.BatchDone batch : recorder.of(TrainingEvent.BatchDone.class)) {
      sum += batch.loss() * (batch.samplesDone() - before);
      before = batch.samplesDone();
    }
    assertEquals(result.course().epochs().getFirst().loss(), sum / 30, 1e-12);
  }

  @Test
  void aTrainingThatGoesOnTellsWhereBeforeItStarts() {
    Scenario.Training training = drawn();
    EverySecond checkpoints = new EverySecond(null);
    Recorder first = new Recorder(Integer.MAX_VALUE);
    train(training, 3, first, checkpoints);
    List<String> texts = first.texts();
    assertEquals(
        texts.indexOf("epoch 2 of 3") - 1, texts.indexOf("saved 2 to epoch-2"), texts::toString);
    assertEquals(1, first.of(TrainingEvent.CheckpointSaved.class).size());

    Recorder resumed = new Recorder(Integer.MAX_VALUE);
    train(training, 3, resumed, new EverySecond(assertPresent(checkpoints.saved)));
    int validated = training.problem().split().validation().length;
    assertEquals(
        List.of(
            "resumed after 2",
            "started eager, 16 neurons, 1 output, 3 epochs",
            "3: 12/30",
            "3: 24/30",
            "3: 30/30",
            "validated 3, " + validated,
            "epoch 3 of 3",
            "finished 3"),
        resumed.texts());
  }

  private static SavedState assertPresent(@Nullable SavedState saved) {
    assertNotNull(saved);
    return saved;
  }

  @Test
  void aStopWithinAnEpochKeepsWhatWasLearned() {
    Scenario.Training training = drawn();
    Recorder recorder = new Recorder(4);
    TrainingResult stopped = train(training, 9, recorder);
    List<String> texts = recorder.texts();
    assertEquals(
        List.of("epoch 1 of 9", "2: 12/30", "finished 1, stopped"),
        texts.subList(texts.size() - 3, texts.size()));
    assertTrue(stopped.course().stopped());
    assertEquals(1, stopped.course().epochs().size());
    assertEquals(42, stopped.course().work().samples());
    assertNotNull(stopped.metrics().validation());
    assertFalse(
        stopped.metrics().test().equals(stopped.course().epochs().getFirst().test()),
        "metrics are those of the weights at the stop");
    TrainingResult oneEpoch = train(training, 1, new Recorder(Integer.MAX_VALUE));
    assertFalse(
        Arrays.equals(
            TrainingResults.weights(oneEpoch, training),
            TrainingResults.weights(stopped, training)));
  }

  @Test
  void aStopBetweenEpochsEndsTheTrainingThere() {
    Scenario.Training training = drawn();
    Recorder recorder = new Recorder(3);
    TrainingResult stopped = train(training, 9, recorder);
    List<String> texts = recorder.texts();
    assertEquals(
        List.of("epoch 1 of 9", "finished 1, stopped"),
        texts.subList(texts.size() - 2, texts.size()));
    assertTrue(stopped.course().stopped());
    assertEquals(1, stopped.course().epochs().size());
    TrainingResult oneEpoch = train(training, 1, new Recorder(Integer.MAX_VALUE));
    assertArrayEquals(
        TrainingResults.weights(oneEpoch, training), TrainingResults.weights(stopped, training));
    assertEquals(oneEpoch.metrics().test(), stopped.metrics().test());
  }

  @Test
  void aStopAfterTheLastBatchIsNoStop() {
    assertFalse(train(drawn(), 1, new Recorder(3)).course().stopped());
  }

  @Test
  void listenersInARowReceiveEachEventOneAfterTheOther() {
    List<String> heard = new ArrayList<>();
    TrainingListener first = event -> heard.add("first " + text(event));
    TrainingListener second = event -> heard.add("second " + text(event));
    Recorder alone = new Recorder(Integer.MAX_VALUE);
    watched(drawn(), first.andThen(TrainingListener.NONE).andThen(second).andThen(alone));
    List<String> expected = new ArrayList<>();
    for (String text : alone.texts()) {
      expected.add("first " + text);
      expected.add("second " + text);
    }
    assertEquals(expected, heard);
    assertEquals(12, alone.events.size());
  }

  @Test
  void whatAListenerThrowsEndsTheTrainingAndTheNextListenerMissesTheEvent() {
    IllegalStateException full = new IllegalStateException("the disk is full");
    TrainingListener failing =
        event -> {
          if (event instanceof TrainingEvent.EpochDone) {
            throw full;
          }
        };
    Recorder before = new Recorder(Integer.MAX_VALUE);
    Recorder after = new Recorder(Integer.MAX_VALUE);
    TrainingListener all = before.andThen(failing).andThen(after);
    assertSame(full, assertThrows(RuntimeException.class, () -> watched(drawn(), all)));
    assertEquals("epoch 1 of 2", before.texts().getLast());
    assertEquals(before.texts().size() - 1, after.texts().size());
  }
}
