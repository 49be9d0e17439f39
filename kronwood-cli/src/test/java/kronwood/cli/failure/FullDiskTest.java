package kronwood.cli.failure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checkpoints on a real disk that is nearly full: a folder on a small file system of its own, which
 * {@code -Dkronwood.disk=/mnt/small} names, and which only an administrator can make. The build
 * tries the same with a disk that only pretends: see {@code CheckpointDiskTest}.
 */
class FullDiskTest {
  private static final int MOST_KILOBYTES = 128;
  private static final int MOST_MEGABYTES = 16;
  private static final int MOST_SECONDS = 10;

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  @TempDir Path folder;

  @Test
  void atEachKilobyteThatIsFreeTheErrorIsClearAndTheEarlierCheckpointIsWhole() throws IOException {
    String named = System.getProperty("kronwood.disk", "");
    assumeTrue(!named.isEmpty(), "asked for by -Dkronwood.disk=/mnt/small");
    Path disk = Path.of(named);
    FileStore store = Files.getFileStore(disk);
    assertTrue(store.getTotalSpace() <= (long) MOST_MEGABYTES << 20, store + " is large");
    TinyData data = TinyData.in(folder);
    Path model = Path.of(data.path("model.kron"));
    Run.well(train(data, "--epochs=6"));
    byte[] expected = Files.readAllBytes(model);
    Path checkpoints = disk.resolve("checkpoints");
    Path ballast = disk.resolve("ballast");
    int refused = 0;
    int warned = 0;
    for (int kilobytes = 0; kilobytes <= MOST_KILOBYTES; kilobytes++) {
      String free = kilobytes + " KB free";
      delete(checkpoints);
      String in = "--checkpoint=" + checkpoints;
      Run.well(train(data, "--epochs=2", in));
      List<String> before = names(checkpoints);
      fill(store, ballast, 1024L * kilobytes);
      long began = SYSTEM.getProcessCpuTime();
      Run run =
          assertTimeoutPreemptively(
              Duration.ofMinutes(10),
              () -> Run.of(train(data, "--epochs=6", in, "--resume")),
              free);
      // Not by the clock: a busy machine is no endless loop.
      long seconds = (SYSTEM.getProcessCpuTime() - began) / 1_000_000_000L;
      assertTrue(seconds < MOST_SECONDS, () -> free + ": " + seconds + " s of processor time");
      if (run.code() == ExitCodes.BAD_INPUT) {
        assertTrue(run.err().contains("cannot be used for checkpoints: No space left"), run::err);
        assertEquals(before, names(checkpoints), free);
        refused++;
      } else {
        assertEquals(ExitCodes.SUCCESS, run.code(), () -> free + ": " + run);
        assertArrayEquals(expected, Files.readAllBytes(model), free);
        boolean told = run.err().contains("No space left on device; training goes on");
        assertEquals(!names(checkpoints).contains("epoch-000006.kronck"), told, () -> free + run);
        warned += told ? 1 : 0;
      }
      Files.delete(ballast);
      Files.deleteIfExists(model);
      Run resumed = Run.well(train(data, "--epochs=6", in, "--resume"));
      assertTrue(resumed.err().lines().noneMatch(line -> line.contains("damaged")), resumed::err);
      assertArrayEquals(expected, Files.readAllBytes(model), free);
    }
    delete(checkpoints);
    assertTrue(refused > 0 && warned > 0, "refused " + refused + ", warned " + warned);
  }

  private static String[] train(TinyData data, String... more) {
    String[] all = new String[more.length + 2];
    System.arraycopy(more, 0, all, 0, more.length);
    all[more.length] = "--neurons=256";
    all[more.length + 1] = "--engine=block";
    return data.train(all);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Fills the disk until only so much is free. */
  private static void fill(FileStore store, Path ballast, long free) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(ballast.toFile(), "rw")) {
      byte[] kilobyte = new byte[1024];
      while (store.getUsableSpace() > 0) {
        try {
          out.write(kilobyte);
        } catch (IOException full) {
          break;
        }
      }
      while (store.getUsableSpace() < free) {
        out.setLength(out.length() - kilobyte.length);
      }
    }
  }
}
