package kronwood.io.table;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import kronwood.fault.InputException;

/** Output paths: checked before any long work, and written all or not at all. */
public final class OutputFiles {
  private OutputFiles() {}

  /**
   * Checks that a file can be written.
   *
   * @throws InputException if its folder is missing or not writable, the path is a directory, or
   *     the file exists and is not writable
   */
  public static void checkWritable(Path out) {
    Path folder = folder(out);
    if (out.getFileName() == null || Files.isDirectory(out)) {
      throw new InputException(out + ": is a directory, expected the path of a file to write");
    }
    if (!Files.exists(folder)) {
      throw new InputException(
          "%s: cannot be written, there is no folder %s; create it first"
              .formatted(out, folder.normalize()));
    }
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "%s: cannot be written, %s is not a folder".formatted(out, folder.normalize()));
    }
    if (!Files.isWritable(folder)) {
      throw new InputException(
          "%s: cannot be written, the folder %s is not writable"
              .formatted(out, folder.normalize()));
    }
    if (Files.exists(out) && !Files.isWritable(out)) {
      throw new InputException(out + ": cannot be overwritten, the file is not writable");
    }
  }

  /** The folder a file is in. */
  public static Path folder(Path out) {
    Path parent = out.toAbsolutePath().getParent();
    return parent == null ? out.toAbsolutePath() : parent;
  }

  /** Writes a file. */
  @FunctionalInterface
  public interface Writing {
    /** Writes everything to {@code file}. */
    void to(Path file) throws IOException;
  }

  /**
   * Writes a temporary file in the same folder and moves it into place when it is complete; after a
   * failure neither is there, and what was there before is untouched.
   */
  public static void atomically(Path out, Writing writing) throws IOException {
    Path temporary =
        folder(out).resolve("." + out.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    try {
      writing.to(temporary);
      try {
        Files.move(temporary, out, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, out, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
