package kronwood.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kronwood.measure.Metric;
import kronwood.model.Model;
import kronwood.network.Ensemble;
import kronwood.train.EpochReport;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A training that is stopped gives its model away before it measures it. */
class StoppedTrainingTest {
  private static final CheckpointScenario SCENARIO = CheckpointScenario.of(1);

  /** Asks for a stop at some moment, and notes what comes. */
  private static class Stopping implements ModelListener, StopSignal {
    final List<String> events = new ArrayList<>();
    @Nullable Model unmeasured;
    boolean stop;

    @Override
    public void on(TrainingEvent event) {
      switch (event) {
        case TrainingEvent.Started _ -> events.add("start");
        case TrainingEvent.BatchDone done ->
            onBatch(done.epoch(), done.samplesDone(), done.samplesTotal());
        case TrainingEvent.EpochDone done -> onEpoch(done.report());
        default -> {}
      }
    }

    @SuppressWarnings("UnusedVariable") // for those that override it
    void onBatch(int epoch, int samplesDone, int samplesTotal) {}

    void onEpoch(EpochReport report) {
      events.add("epoch " + report.epoch() + (report.validation() == null ? " unmeasured" : ""));
    }

    @Override
    public void onUnmeasured(Model model) {
      events.add("model");
      unmeasured = model;
    }

    @Override
    public boolean isStopRequested() {
      return stop;
    }
  }

  private static void assertModelCameFirst(Stopping listener, TrainedModel trained) {
    Model early = listener.unmeasured;
    assertNotNull(early, listener.events::toString);
    assertEquals("model", listener.events.getLast());
    assertTrue(early.provenance().metrics().getOrDefault("train", Map.of()).isEmpty());
    assertArrayEquals(early.network().weights(), trained.model().network().weights());
    assertArrayEquals(early.network().output(), trained.model().network().output());
    assertTrue(trained.result().metrics().isEvaluated());
    double error = trained.result().metrics().train().get(Metric.MSE);
    assertTrue(error > 0 && error < 1e6, "error " + error);
    assertEquals(error, trained.model().provenance().metrics().get("train").get("mse"));
    assertTrue(trained.model().provenance().metrics().containsKey("test"));
  }

  @Test
  void stoppedInAnEpochTheModelComesBeforeItsMetrics() {
    Stopping listener =
        new Stopping() {
          @Override
          void onBatch(int epoch, int samplesDone, int samplesTotal) {
            stop = epoch == 3;
          }
        };
    TrainedModel trained = SCENARIO.fit(null, listener, listener);
    assertModelCameFirst(listener, trained);
    assertTrue(trained.result().course().stopped());
    assertEquals(2, trained.result().course().epochsFinished());
    assertEquals(List.of("start", "epoch 1", "epoch 2", "model"), listener.events);
  }

  @Test
  void stoppedWhileAnEpochIsMeasuredTheEpochCounts() {
    Stopping listener =
        new Stopping() {
          @Override
          void onBatch(int epoch, int samplesDone, int samplesTotal) {
            // Noticed when the epoch's network is measured: its last batch has no successor.
            stop = epoch == 2 && samplesDone == samplesTotal;
          }
        };
    TrainedModel trained = SCENARIO.fit(null, listener, listener);
    assertModelCameFirst(listener, trained);
    assertTrue(trained.result().course().stopped());
    assertEquals(2, trained.result().course().epochsFinished());
    assertArrayEquals(
        SCENARIO
            .with(training -> training.withEpochs(2))
            .fit(null, TrainingListener.NONE)
            .model()
            .network()
            .weights(),
        trained.model().network().weights());
  }

  @Test
  void averagedWeightsAndTheBestOnesAreThoseOfAShorterTraining() {
    for (CheckpointScenario scenario :
        List.of(
            SCENARIO.with(training -> training.withAveraging(1)),
            SCENARIO.with(training -> training.withAveraging(1).withPatience(5)),
            SCENARIO.with(training -> training.withPatience(5).withMomentum(0.5)))) {
      Stopping listener =
          new Stopping() {
            @Override
            void onBatch(int epoch, int samplesDone, int samplesTotal) {
              stop = epoch == 4 && samplesDone > 10;
            }
          };
      TrainedModel trained = scenario.fit(null, listener, listener);
      assertModelCameFirst(listener, trained);
      CheckpointScenario shorter = scenario.with(training -> training.withEpochs(3));
      Model expected = shorter.fit(null, TrainingListener.NONE).model();
      assertArrayEquals(expected.network().weights(), trained.model().network().weights());
      assertArrayEquals(expected.network().output(), trained.model().network().output());
    }
  }

  @Test
  void stoppedAfterTheLastEpochTheModelIsThatOfTheWholeTraining() {
    Stopping listener =
        new Stopping() {
          @Override
          void onEpoch(EpochReport report) {
            super.onEpoch(report);
            stop = report.epoch() == report.epochs();
          }
        };
    TrainedModel trained = SCENARIO.fit(null, listener, listener);
    assertModelCameFirst(listener, trained);
    assertFalse(trained.result().course().stopped(), "nothing was cut short");
    Model whole = SCENARIO.fit(null, TrainingListener.NONE).model();
    assertArrayEquals(whole.network().weights(), trained.model().network().weights());
  }

  @Test
  void anEnsembleIsCalibratedAfterItsModelWasGivenAway() {
    CheckpointScenario ensemble =
        SCENARIO.with(SCENARIO.options().network().withEnsemble(new Ensemble(2, List.of())));
    Stopping listener =
        new Stopping() {
          @Override
          void onBatch(int epoch, int samplesDone, int samplesTotal) {
            stop = epoch == 2;
          }
        };
    TrainedModel trained = ensemble.fit(null, listener, listener);
    assertModelCameFirst(listener, trained);
    assertEquals(List.of(), listener.unmeasured.target().calibration());
    assertEquals(trained.model().target().outputs(), trained.model().target().calibration().size());
  }

  @Test
  void withoutAStopNothingComesBefore() {
    Stopping listener = new Stopping();
    TrainedModel trained = SCENARIO.fit(null, listener, listener);
    assertFalse(listener.events.contains("model"));
    assertTrue(trained.result().metrics().isEvaluated());
  }
}
