package kronwood.io.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kronwood.fault.InputException;
import kronwood.file.AtomicFile;

/** Output paths, checked before any long work. */
public final class OutputFiles {
  private OutputFiles() {}

  /**
   * Checks that a file can be written.
   *
   * <p>Of a symbolic link, what it leads to is checked.
   *
   * @throws InputException if its folder is missing or not writable, the path is a directory or a
   *     device, or the file exists and is not writable
   */
  public static void checkWritable(Path out) {
    Path folder = folder(target(out));
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
    if (Files.exists(out) && !Files.isRegularFile(out)) {
      throw new InputException(
          out + ": is no regular file but a device or the like, expected the path of a file");
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

  private static Path target(Path out) {
    try {
      return AtomicFile.target(out);
    } catch (IOException e) {
      throw new InputException(out + ": cannot be written, its links lead nowhere", e);
    }
  }
}
