package kronwood.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import kronwood.fault.CheckpointException;
import kronwood.fit.CheckpointFolder;
import kronwood.fit.CheckpointScenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir Path folder;

  @Test
  void aFolderIsLockedOnceUntilItIsClosedAndNothingIsLeftInIt() throws IOException {
    FolderLock first = FolderLock.tryTake(folder);
    assertNotNull(first);
    assertNull(FolderLock.tryTake(folder));
    assertEquals("this process", FolderLock.holder(folder));
    first.close();
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
    try (FolderLock second = FolderLock.tryTake(folder)) {
      assertNotNull(second);
    }
  }

  @Test
  void theFileOfAProgramThatWasKilledLocksNothing() throws IOException {
    Path file = folder.resolve(".kronwood.lock");
    Files.writeString(file, "1234 ");
    assertEquals("process 1234", FolderLock.holder(folder));
    try (FolderLock lock = FolderLock.tryTake(folder)) {
      assertNotNull(lock);
      // By its size, as reading the file would unlock it.
      assertTrue(Files.size(file) > Long.toString(ProcessHandle.current().pid()).length());
    }
  }

  @Test
  void aFolderThatIsNotThereCannotBeLocked() {
    assertThrows(NoSuchFileException.class, () -> FolderLock.tryTake(folder.resolve("not there")));
    assertEquals("another process", FolderLock.holder(folder));
  }

  @Test
  void checkpointsAreRefusedWhileAnotherTrainingSavesThere() throws IOException {
    List<String> warnings = new ArrayList<>();
    CheckpointFolder opened = CheckpointFolder.open(folder, false, 1, warnings::add);
    try (FolderLock lock = FolderLock.tryTake(folder)) {
      assertNotNull(lock);
      for (boolean resume : new boolean[] {false, true}) {
        String message =
            assertThrows(
                    CheckpointException.class,
                    () -> CheckpointFolder.open(folder, resume, 1, warnings::add))
                .getMessage();
        assertTrue(String.valueOf(message).contains("in use by this process"), message);
      }
      CheckpointScenario scenario = CheckpointScenario.of(1);
      assertThrows(CheckpointException.class, () -> scenario.train(opened));
    }
    CheckpointScenario.of(1).train(opened);
    // What another has saved since the folder was opened is not overwritten.
    CheckpointScenario scenario = CheckpointScenario.of(1);
    assertThrows(CheckpointException.class, () -> scenario.train(opened));
  }

  /** A disk that takes a part of what is written, and nothing of the rest. */
  @Test
  void aDiskThatIsNearlyFullIsAnErrorAndNotAReasonToTryForEver() throws IOException {
    // A mark is this process's number and at least one blank.
    int number = Long.toString(ProcessHandle.current().pid()).length();
    for (int free : new int[] {0, 1, number}) {
      IOException e =
          assertTimeoutPreemptively(
              Duration.ofMinutes(1),
              () ->
                  assertThrows(
                      IOException.class,
                      () -> FolderLock.tryTake(folder, file -> new ShortChannel(file, free))));
      assertEquals("No space left on device", e.getMessage());
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(0, files.count());
      }
    }
    try (FolderLock lock = FolderLock.tryTake(folder)) {
      assertNotNull(lock);
    }
  }

  @Test
  void aMarkThatIsWrittenInPartsIsWhole() throws IOException {
    try (FolderLock lock =
        FolderLock.tryTake(folder, file -> new ShortChannel(file, Integer.MAX_VALUE))) {
      assertNotNull(lock);
    }
  }
}
