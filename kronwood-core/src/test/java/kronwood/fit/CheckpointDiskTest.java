package kronwood.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kronwood.file.FaultyDisk;
import kronwood.model.Model;
import kronwood.train.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDiskTest {
  @TempDir Path folder;

  /** Every KB from none to more than all checkpoints together take. */
  @Test
  void aTrainingWhoseCheckpointsFindTheDiskFullGoesOnAndSaysSo() {
    CheckpointScenario scenario = CheckpointScenario.of(1);
    byte[] expected = scenario.train(null);
    for (int kilobytes = 0; kilobytes <= 128; kilobytes += 4) {
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
}
