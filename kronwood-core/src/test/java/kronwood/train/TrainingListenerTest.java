package kronwood.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import kronwood.plan.EngineChoice;
import kronwood.plan.EnginePlan;
import org.junit.jupiter.api.Test;

/** What a listener hears, and how it ends a training early. */
class TrainingListenerTest {
  /** Remembers all it is told, and asks for a stop after so many batches. */
  private static final class Recorder implements TrainingListener {
    private final int batchesWanted;
    private final List<String> events = new ArrayList<>();
    private int batches;

    Recorder(int batchesWanted) {
      this.batchesWanted = batchesWanted;
    }

    @Override
    public void onStart(EnginePlan plan, double learningRate) {
      events.add("start " + plan.engine().key() + " " + learningRate);
    }

    @Override
    public void onBatch(int epoch, int samplesDone, int samplesTotal) {
      batches++;
      events.add(epoch + ": " + samplesDone + "/" + samplesTotal);
    }

    @Override
    public void onEpoch(EpochReport report) {
      events.add("epoch " + report.epoch() + " of " + report.epochs());
    }

    @Override
    public boolean isStopRequested() {
      return batches >= batchesWanted;
    }
  }

  private static TrainingResult train(Scenario.Training training, int epochs, Recorder recorder) {
    TrainingOptions options = training.options(EngineChoice.EAGER, epochs, 1);
    return Trainer.train(training.problem(), training.network(), options, 1e9, recorder);
  }

  @Test
  void theListenerHearsOfEveryBatchAndEpoch() {
    Scenario.Training training = new Scenario().batch(12).draw(new Random(16));
    Recorder recorder = new Recorder(Integer.MAX_VALUE);
    TrainingResult result = train(training, 2, recorder);
    assertEquals(
        List.of(
            "start eager " + training.learningRate(),
            "1: 12/30",
            "1: 24/30",
            "1: 30/30",
            "epoch 1 of 2",
            "2: 12/30",
            "2: 24/30",
            "2: 30/30",
            "epoch 2 of 2"),
        recorder.events);
    assertFalse(result.stopped());
    assertEquals(60, result.work().samples());
    assertEquals(30, result.epochs().getFirst().work().samples());
  }

  @Test
  void aStopWithinAnEpochKeepsWhatWasLearned() {
    Scenario.Training training = new Scenario().batch(12).draw(new Random(16));
    Recorder recorder = new Recorder(4);
    TrainingResult stopped = train(training, 9, recorder);
    assertEquals("2: 12/30", recorder.events.getLast());
    assertTrue(stopped.stopped());
    assertEquals(1, stopped.epochs().size());
    assertEquals(42, stopped.work().samples());
    assertNotNull(stopped.validation());
    assertFalse(
        stopped.test().equals(stopped.epochs().getFirst().test()),
        "metrics are those of the weights at the stop");
    TrainingResult oneEpoch = train(training, 1, new Recorder(Integer.MAX_VALUE));
    assertFalse(
        Arrays.equals(
            TrainerTest.weights(oneEpoch, training), TrainerTest.weights(stopped, training)));
  }

  @Test
  void aStopBetweenEpochsEndsTheTrainingThere() {
    Scenario.Training training = new Scenario().batch(12).draw(new Random(16));
    Recorder recorder = new Recorder(3);
    TrainingResult stopped = train(training, 9, recorder);
    assertEquals("epoch 1 of 9", recorder.events.getLast());
    assertTrue(stopped.stopped());
    assertEquals(1, stopped.epochs().size());
    TrainingResult oneEpoch = train(training, 1, new Recorder(Integer.MAX_VALUE));
    assertArrayEquals(
        TrainerTest.weights(oneEpoch, training), TrainerTest.weights(stopped, training));
    assertEquals(oneEpoch.test(), stopped.test());
  }

  @Test
  void aStopAfterTheLastBatchIsNoStop() {
    Scenario.Training training = new Scenario().batch(12).draw(new Random(16));
    assertFalse(train(training, 1, new Recorder(3)).stopped());
  }
}
