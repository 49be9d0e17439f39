package kronwood.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TemporaryPathTest {
  @TempDir Path folder;

  /** The number of a process that has ended. */
  private static long dead() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(java(), "-version").redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    process.waitFor();
    return process.pid();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private Path left(long pid, Duration ago) throws IOException {
    Path file = folder.resolve(".kronwood-" + pid + "-1.tmp");
    Files.writeString(file, "half");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
    return file;
  }

  private void save() throws IOException {
    AtomicFile.write(folder.resolve("model.kron"), out -> out.write(1));
  }

  @Test
  void theNextSaveDeletesWhatAKilledOneLeft() throws IOException, InterruptedException {
    Path left = left(dead(), Duration.ofHours(1));
    save();
    assertFalse(Files.exists(left));
  }

  @Test
  void theNextSaveDeletesAFolderThatAKilledProgramLeft() throws IOException, InterruptedException {
    Path left = folder.resolve(".kronwood-" + dead() + "-1.tmp");
    Files.createDirectories(left.resolve("within"));
    Files.writeString(left.resolve("within/part0.parquet"), "part");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    save();
    assertFalse(Files.exists(left));
  }

  @Test
  void whatALivingProgramWritesStays() throws IOException {
    Path own = left(ProcessHandle.current().pid(), Duration.ofHours(1));
    save();
    assertTrue(Files.exists(own));
  }

  @Test
  void whatMayBeWrittenOnAnotherMachineStays() throws IOException, InterruptedException {
    Path young = left(dead(), Duration.ZERO);
    save();
    assertTrue(Files.exists(young));
  }

  @Test
  void otherFilesStay() throws IOException {
    for (String name :
        new String[] {".kronwood.lock", ".kronwood-1-1.tmp.kron", "kronwood-1-1.tmp"}) {
      Files.writeString(folder.resolve(name), "x");
      Files.setLastModifiedTime(
          folder.resolve(name), FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    }
    save();
    assertEquals(4, folder.toFile().list().length);
  }

  @Test
  void aFileBeingWrittenIsLocked() throws IOException {
    AtomicFile.write(
        folder.resolve("file"),
        out -> {
          // This program has the lock itself.
          assertThrows(
              OverlappingFileLockException.class,
              () -> {
                try (FileLock lock = out.getChannel().tryLock()) {
                  assertEquals(null, lock);
                }
              });
        });
  }

  @Test
  void aLinkToNothingIsFollowed() throws IOException {
    Path file = folder.resolve("real.kron");
    Path link = Files.createSymbolicLink(folder.resolve("link.kron"), Path.of("real.kron"));
    AtomicFile.make(link, made -> Files.writeString(made, "first"));
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isRegularFile(file));
    AtomicFile.make(link, made -> Files.writeString(made, "text"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("text", Files.readString(file));
  }

  @Test
  void linksInACircleAreRefused() throws IOException {
    Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("other"));
    Files.createSymbolicLink(folder.resolve("other"), Path.of("one"));
    assertThrows(FileSystemException.class, () -> AtomicFile.target(one));
  }

  /** The limit is for a process that hangs. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aProgramThatIsStoppedBySignalLeavesNothing() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                java(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Writing.class.getName(),
                folder.toString())
            .start();
    try {
      assertEquals('w', process.getInputStream().read());
      assertEquals(2, folder.toFile().list().length);
      // The signal TERM where there are signals.
      process.destroy();
      process.waitFor();
      assertEquals(0, folder.toFile().list().length);
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program in the middle of writing. */
  static final class Writing {
    private Writing() {}

    /** Writes for ever. */
    public static void main(String[] args) throws IOException, InterruptedException {
      Path folder = Path.of(args[0]);
      try (TemporaryPath file = TemporaryPath.in(folder);
          TemporaryPath parts = TemporaryPath.folderIn(folder);
          RandomAccessFile out = new RandomAccessFile(file.path().toFile(), "rw")) {
        out.write(1);
        Files.writeString(parts.path().resolve("part"), "part");
        System.out.write('w');
        System.out.flush();
        Thread.sleep(TimeUnit.MINUTES.toMillis(2));
      }
    }
  }
}
