package kronwood.tune;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import kronwood.candidate.InputConfiguration;
import kronwood.candidate.NetworkForm;
import kronwood.data.Dataset;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.fault.CheckpointException;
import kronwood.fit.CheckpointFolder;
import kronwood.gram.GramOptions;
import kronwood.loss.SquaredLoss;
import kronwood.model.ModelNetwork;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tuned training that was killed goes on with what was chosen, and ends in the same bits. */
class TuningResumeTest {
  private static final TuningOptions TUNING = network(4);

  private static TuningOptions network(int trials) {
    return new TuningOptions(
        Double.POSITIVE_INFINITY, trials, TunedParts.NETWORK, Setting.A, List.of(), 2, 5);
  }

  @TempDir Path folder;
  private final Dataset data = TuningProblems.grid(new Random(5), false);
  private final Split split = TuningProblems.split(data, Setting.A);
  private final List<TuningTrial> told = new ArrayList<>();

  private TunedModel fit(
      TuningOptions tuning, TrainingListener listener, @Nullable CheckpointFolder checkpoints) {
    return Tuning.fit(
        data,
        split,
        TuningProblems.options(new SquaredLoss()),
        tuning,
        TuningProblems.trialsTo(told).andThen(listener),
        StopSignal.NEVER,
        checkpoints);
  }

  private CheckpointFolder open(boolean resume) {
    return CheckpointFolder.open(folder, resume, 1, warning -> {});
  }

  private void kill(int epoch) {
    TrainingListener killing =
        event -> {
          if (event instanceof TrainingEvent.EpochDone done && done.report().epoch() == epoch) {
            throw new IllegalStateException("killed");
          }
        };
    CheckpointFolder begun = open(false);
    assertThrows(IllegalStateException.class, () -> fit(TUNING, killing, begun));
  }

  @Test
  void itDoesNotChooseAgainAndEndsInTheSameBits() {
    TunedModel whole = fit(TUNING, TrainingListener.NONE, null);
    assertTrue(whole.report().epochs() > 2, () -> whole.report().toString());
    kill(2);
    told.clear();
    TunedModel resumed = fit(TUNING, TrainingListener.NONE, open(true));

    assertEquals(List.of(), told);
    assertEquals(2, resumed.trained().result().course().resumed());
    ModelNetwork expected = whole.trained().model().network();
    ModelNetwork found = resumed.trained().model().network();
    for (int r = 0; r < expected.neurons(); r++) {
      assertArrayEquals(expected.weights()[r], found.weights()[r]);
    }
    assertArrayEquals(expected.output(), found.output());
    assertEquals(whole.report().trials().size(), resumed.report().trials().size());
    assertEquals(whole.report().inputs(), resumed.report().inputs());
  }

  @Test
  void otherOptionsAreRefusedBeforeAnythingIsTried() throws Exception {
    kill(1);
    told.clear();
    CheckpointFolder again = open(true);
    TuningOptions more = network(5);
    CheckpointException refused =
        assertThrows(CheckpointException.class, () -> fit(more, TrainingListener.NONE, again));
    assertTrue(String.valueOf(refused.getMessage()).contains("4 trials, here it is 5 trials"));
    assertTrue(
        String.valueOf(assertThrows(CheckpointException.class, () -> open(false)).getMessage())
            .contains("resume it"));
    assertEquals(List.of(), told);

    Files.writeString(folder.resolve("choices.json"), "{");
    CheckpointException damaged =
        assertThrows(CheckpointException.class, () -> fit(TUNING, TrainingListener.NONE, again));
    assertTrue(String.valueOf(damaged.getMessage()).contains("choices.json"));
  }

  @Test
  void aChoiceIsReadAsItWasWritten() {
    TunedSettings choice =
        new TunedSettings(
            new Configuration(InputConfiguration.of(data, GramOptions.DEFAULT), NetworkForm.GIVEN),
            0.1 + 0.2,
            16,
            fit(TuningProblems.trials(4, Setting.A), TrainingListener.NONE, null).report());
    assertEquals(choice, TunedSettingsText.read(TunedSettingsText.write(choice)));
    assertRefused(() -> TunedSettingsText.read(Map.of()), "there is no 'tables'");
  }
}
