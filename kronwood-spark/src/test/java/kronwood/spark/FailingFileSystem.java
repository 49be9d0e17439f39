package kronwood.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import kronwood.fault.InputException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The local disk as {@code failing:/…}. The first time that a file whose name matches {@link #ON}
 * gets that name, the process halts, or the task fails for once or for good. Names of files that
 * are read are listed in {@link #READ}.
 */
public final class FailingFileSystem extends RawLocalFileSystem {
  static final String IMPLEMENTATION = "fs.failing.impl";
  static final String UNCACHED = "fs.failing.impl.disable.cache";

  /** Regular expression of a name. */
  static final String ON = "failing.on";

  /** {@code halt}, {@code once} or {@code for good}. */
  static final String HOW = "failing.how";

  /** File that says that this has happened. */
  static final String MARKER = "failing.marker";

  /** File that lists what is read. */
  static final String READ = "failing.read";

  private static final int HALTED = 137;

  /** Has a configuration use this. */
  static void configure(Configuration configuration, String on, String how, Path folder) {
    configuration.set(IMPLEMENTATION, FailingFileSystem.class.getName());
    configuration.set(UNCACHED, "true");
    configuration.set(ON, on);
    configuration.set(HOW, how);
    configuration.set(MARKER, folder.toUri().getPath() + "/failed");
    configuration.set(READ, folder.toUri().getPath() + "/read");
  }

  @Override
  public URI getUri() {
    return URI.create("failing:///");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    boolean renamed = super.rename(from, to);
    if (to.getName().matches(getConf().get(ON, "")) && isFirst()) {
      if (getConf().get(HOW, "").equals("halt")) {
        Runtime.getRuntime().halt(HALTED);
      }
      String message = "failed on purpose at " + to.getName();
      if (getConf().get(HOW, "").equals("once")) {
        throw new IllegalStateException(message);
      }
      throw new InputException(message);
    }
    return renamed;
  }

  private boolean isFirst() throws IOException {
    try {
      Files.createFile(java.nio.file.Path.of(getConf().get(MARKER)));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    try {
      Files.write(
          java.nio.file.Path.of(getConf().get(READ)),
          List.of(file.getName()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return super.open(file, bufferSize);
  }
}
