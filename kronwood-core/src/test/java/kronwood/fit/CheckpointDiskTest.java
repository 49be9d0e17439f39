package kronwood.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kronwood.file.FaultyDisk;
import kronwood.model.Model;
import kronwood.train.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints on disks that fail. The build tries every fourth KB and every seventh call; {@code
 * -Dkronwood.faults=all} tries all.
 */
class CheckpointDiskTest {
  private static final boolean ALL = "all".equals(System.getProperty("kronwood.faults"));

  @TempDir Path folder;

  /** Every KB from none to more than all checkpoints together take. */
  @Test
  void aTrainingWhoseCheckpointsFindTheDiskFullGoesOnAndSaysSo() {
    CheckpointScenario scenario = CheckpointScenario.of(1);
    byte[] expected = scenario.train(null);
    for (int kilobytes = 0; kilobytes <= 128; kilobytes += ALL ? 1 : 4) {
      Path checkpoints = folder.resolve("full" + kilobytes);
      List<String> warnings = new ArrayList<>();
      List<Model> found = new ArrayList<>();
      CheckpointFolder opened = CheckpointFolder.open(checkpoints, false, 1, warnings::add);
      FaultyDisk.of(1024L * kilobytes)
          .during(() -> found.add(scenario.fit(opened, TrainingListener.NONE).model()));
      assertArrayEquals(expected, CheckpointScenario.bytes(found.getFirst()), kilobytes + " KB");
      for (String warning : warnings) {
        assertTrue(warning.contains("No space left on device; training goes on"), warning);
      }
      if (kilobytes == 0) {
        assertEquals(6, warnings.size());
      }
      // What was saved before is whole: the training goes on from it to the same end.
      List<String> later = new ArrayList<>();
      assertArrayEquals(expected, scenario.train(CheckpointScenario.resumed(checkpoints, later)));
      assertEquals(List.of(), later, kilobytes + " KB");
    }
  }

  @Test
  void anErrorAtAnyCallOfTheDiskIsToldAndTheTrainingGoesOn() {
    CheckpointScenario scenario = CheckpointScenario.of(1);
    byte[] expected = scenario.train(null);
    FaultyDisk counted = FaultyDisk.failingAt(-1, () -> {});
    CheckpointFolder whole =
        CheckpointFolder.open(folder.resolve("whole"), false, 1, warning -> {});
    counted.during(() -> scenario.fit(whole, TrainingListener.NONE));
    int calls = counted.calls();
    assertTrue(calls > 6 * 4, calls + " calls");
    for (int call = 1; call <= calls; call += ALL ? 1 : 7) {
      Path checkpoints = folder.resolve("failed" + call);
      List<String> warnings = new ArrayList<>();
      List<Model> found = new ArrayList<>();
      CheckpointFolder opened = CheckpointFolder.open(checkpoints, false, 1, warnings::add);
      FaultyDisk.failingAt(
              call,
              () -> {
                throw new IOException("the disk is on fire");
              })
          .during(() -> found.add(scenario.fit(opened, TrainingListener.NONE).model()));
      assertArrayEquals(expected, CheckpointScenario.bytes(found.getFirst()), "call " + call);
      assertEquals(1, warnings.size(), () -> "warnings: " + warnings);
      assertTrue(
          warnings.getFirst().contains("the disk is on fire; training goes on"),
          warnings.getFirst());
      List<String> later = new ArrayList<>();
      assertArrayEquals(expected, scenario.train(CheckpointScenario.resumed(checkpoints, later)));
      assertEquals(List.of(), later, "call " + call);
    }
  }
}
