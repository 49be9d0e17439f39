package kronwood.io.table;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A private folder for what does not fit in a database's memory; none where none can be made. */
final class SpillFolder implements AutoCloseable {
  private final @Nullable Path folder;

  private SpillFolder(@Nullable Path folder) {
    this.folder = folder;
  }

  static SpillFolder create() {
    try {
      return new SpillFolder(Files.createTempDirectory("kronwood-spill"));
    } catch (IOException | SecurityException nothingSpills) {
      return new SpillFolder(null);
    }
  }

  /** The folder's path, empty for none. */
  String path() {
    return folder == null ? "" : folder.toAbsolutePath().toString();
  }

  /** Removes the folder; the database must be closed. */
  @Override
  public void close() {
    if (folder == null) {
      return;
    }
    try {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
        for (Path file : left) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // What was read is right all the same.
      folder.toFile().deleteOnExit();
    }
  }
}
