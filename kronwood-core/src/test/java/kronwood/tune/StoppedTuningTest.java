package kronwood.tune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import kronwood.data.Dataset;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.fit.CheckpointFolder;
import kronwood.fit.ModelListener;
import kronwood.fit.ModelOptions;
import kronwood.loss.SquaredLoss;
import kronwood.measure.Metric;
import kronwood.model.Model;
import kronwood.network.Ensemble;
import kronwood.train.EpochReport;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tuning that is stopped gives what there is: the best linear model, or the network so far. */
class StoppedTuningTest {
  private static final TuningOptions BOTH = tuning(TunedParts.BOTH, 8);

  @TempDir Path folder;
  private final Dataset data = TuningProblems.grid(new Random(5), false);
  private final Split split = TuningProblems.split(data, Setting.A);
  private final ModelOptions options = TuningProblems.options(new SquaredLoss());
  private final List<Model> given = new ArrayList<>();
  private final List<TuningTrial> told = new ArrayList<>();
  private boolean stop;

  private static TuningOptions tuning(TunedParts parts, int trials) {
    return new TuningOptions(Double.POSITIVE_INFINITY, trials, parts, Setting.A, List.of(), 2, 5);
  }

  /** Stops at the start of the final training's network if asked to. */
  private class Listener implements ModelListener, StopSignal {
    private final Consumer<TuningTrial> trials;

    Listener(Consumer<TuningTrial> trials) {
      this.trials = trials;
    }

    @Override
    public void on(TrainingEvent event) {
      switch (event) {
        case TrainingEvent.TrialDone done ->
            trials.accept(
                new TuningTrial(
                    done.what(), done.choice(), done.error(), done.best(), done.seconds()));
        case TrainingEvent.Started _ -> onStart();
        case TrainingEvent.EpochDone done -> onEpoch(done.report());
        default -> {}
      }
    }

    void onStart() {}

    @SuppressWarnings("UnusedVariable") // for those that override it
    void onEpoch(EpochReport report) {}

    @Override
    public boolean isStopRequested() {
      return stop;
    }

    @Override
    public void onUnmeasured(Model model) {
      given.add(model);
    }
  }

  private TunedModel fit(ModelOptions with, TuningOptions tuning, Consumer<TuningTrial> trials) {
    return fit(with, tuning, new Listener(trials));
  }

  private TunedModel fit(ModelOptions with, TuningOptions tuning, Listener listener) {
    return Tuning.fit(data, split, with, tuning, listener, listener, null);
  }

  private void stopAt(TuningTrial trial, String what) {
    told.add(trial);
    stop |= trial.what().equals(what);
  }

  private void assertLinear(TunedModel tuned) {
    assertEquals(0, tuned.report().networkFactor());
    assertTrue(tuned.report().linearFactor() > 0);
    Model model = tuned.trained().model();
    assertTrue(model.network().hasLinear());
    assertEquals(1, given.size());
    assertArrayEquals(given.getFirst().network().linear(), model.network().linear());
    assertTrue(given.getFirst().provenance().metrics().isEmpty(), "it came before its metrics");
    double error = tuned.trained().result().metrics().test().get(Metric.MSE);
    assertTrue(Double.isFinite(error), "error " + error);
  }

  @Test
  void stoppedAtALinearModelThatOneIsTheResult() {
    TunedModel tuned = fit(options, BOTH, trial -> stopAt(trial, "linear"));
    assertEquals(1, told.size());
    assertLinear(tuned);
    // It is the model that tuning the linear part alone begins with.
    stop = false;
    given.clear();
    TunedModel alone = fit(options, tuning(TunedParts.LINEAR, 1), trial -> {});
    assertArrayEquals(
        alone.trained().model().network().linear(), tuned.trained().model().network().linear());
  }

  @Test
  void stoppedWhileNetworksAreTriedTheLinearModelIsTheResult() {
    TunedModel tuned = fit(options, BOTH, trial -> stopAt(trial, "network"));
    assertTrue(told.getFirst().isLinear());
    assertEquals("network", told.getLast().what());
    assertLinear(tuned);
  }

  @Test
  void stoppedBeforeTheFirstTrialTheLinearModelIsTheResult() {
    stop = true;
    assertLinear(fit(options, BOTH, told::add));
  }

  @Test
  void stoppedBeforeTheNetworkInTheEndHasAnEpochTheLinearModelIsTheResult() {
    Listener atStart =
        new Listener(told::add) {
          @Override
          void onStart() {
            stop = true;
          }
        };
    TunedModel tuned = fit(options, BOTH, atStart);
    assertEquals("network", told.getLast().what());
    assertLinear(tuned);
  }

  @Test
  void stoppedInALaterEpochNetworkAndLinearModelAreBlended() {
    TunedModel whole = fit(options, tuning(TunedParts.NETWORK, 2), told::add);
    given.clear();
    Listener atEpoch =
        new Listener(told::add) {
          @Override
          void onEpoch(EpochReport report) {
            stop = true;
          }
        };
    TunedModel tuned = fit(options, tuning(TunedParts.NETWORK, 2), atEpoch);
    assertEquals(1, given.size());
    assertTrue(tuned.trained().result().course().epochsFinished() >= 1);
    assertEquals(whole.report().networkFactor(), tuned.report().networkFactor());
    assertTrue(Double.isFinite(tuned.trained().result().metrics().test().get(Metric.MSE)));
  }

  @Test
  void ofAnEnsembleTheLinearModelIsOfOneMember() {
    ModelOptions ensemble =
        options.withNetwork(options.network().withEnsemble(new Ensemble(2, List.of())));
    TunedModel tuned = fit(ensemble, BOTH, trial -> stopAt(trial, "linear"));
    assertLinear(tuned);
    assertEquals(1, tuned.trained().model().network().members());
  }

  @Test
  void choicesThatWereCutShortAreMadeAnew() {
    CheckpointFolder checkpoints = CheckpointFolder.open(folder, false, 1, warning -> {});
    Listener listener = new Listener(trial -> stopAt(trial, "linear"));
    Tuning.fit(data, split, options, BOTH, listener, listener, checkpoints);
    assertFalse(Files.exists(folder.resolve("choices.json")));
  }

  @Test
  void withoutALinearModelThereIsNothingToGive() {
    stop = true;
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> fit(options, tuning(TunedParts.NETWORK, 3), told::add))
                .getMessage());
    assertTrue(message.contains("stopped before its first epoch"), message);
  }

  @Test
  void whereNothingIsStoppedTheModelIsGivenBeforeItIsMeasuredToo() {
    TunedModel tuned = fit(options, BOTH, trial -> {});
    assertEquals(1, given.size());
    assertArrayEquals(
        given.getFirst().network().weights(), tuned.trained().model().network().weights());
    TunedModel unwatched = Tuning.fit(data, split, options, BOTH, TrainingListener.NONE);
    assertArrayEquals(
        unwatched.trained().model().network().weights(),
        tuned.trained().model().network().weights());
  }
}
