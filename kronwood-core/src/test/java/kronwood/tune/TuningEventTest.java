package kronwood.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.data.Dataset;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.loss.SquaredLoss;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import org.junit.jupiter.api.Test;

/** What the listener of a tuning receives, and what a signal to stop does. */
class TuningEventTest {
  private final Dataset data = TuningProblems.grid(new Random(5), false);
  private final Split split = TuningProblems.split(data, Setting.A);
  private final List<TrainingEvent> events = new ArrayList<>();

  private TunedModel fit(TunedParts parts, int trials, StopSignal stop) {
    TuningOptions tuning =
        new TuningOptions(Double.POSITIVE_INFINITY, trials, parts, Setting.A, List.of(), 2, 5);
    return Tuning.fit(
        data, split, TuningProblems.options(new SquaredLoss()), tuning, events::add, stop, null);
  }

  private List<String> kinds() {
    return events.stream().map(event -> event.getClass().getSimpleName()).toList();
  }

  @Test
  void trialsComeFirstAndThenTheTrainingWithWhatWasChosen() {
    TunedModel tuned = fit(TunedParts.NETWORK, 4, StopSignal.NEVER);
    int trials = tuned.report().trials().size();
    assertEquals(
        IntStream.rangeClosed(1, trials).boxed().toList(),
        events.subList(0, trials).stream()
            .map(event -> ((TrainingEvent.TrialDone) event).number())
            .toList());
    List<String> training = kinds().subList(trials, events.size());
    assertEquals("Started", training.getFirst());
    assertEquals(1, training.stream().filter("Started"::equals).count());
    assertEquals(tuned.report().epochs(), training.stream().filter("EpochDone"::equals).count());
    assertEquals(1, training.stream().filter("Finished"::equals).count());
    assertEquals("Finished", training.getLast());
  }

  @Test
  void theEndCarriesTheMetricsOfNetworkAndLinearModelTogether() {
    TunedModel tuned = fit(TunedParts.BOTH, 4, StopSignal.NEVER);
    assertTrue(tuned.report().linearFactor() > 0, () -> tuned.report().toString());
    TrainingEvent.Finished finished = (TrainingEvent.Finished) events.getLast();
    assertEquals(tuned.trained().result().metrics().byPart(), finished.metrics());
  }

  @Test
  void aStopEndsTheTrialsAndTheTraining() {
    fit(TunedParts.NETWORK, 4, () -> kinds().contains("TrialDone"));
    assertEquals(List.of("TrialDone", "Started", "BatchDone", "Finished"), kinds());
    assertTrue(((TrainingEvent.Finished) events.getLast()).stopped());
  }
}
