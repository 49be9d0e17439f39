package kronwood.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file or folder that is there only while something is written: deleted when it is closed, and if
 * the program ends before, by a signal too. What a killed program leaves is deleted by the next one
 * that writes to the same folder.
 */
public final class TemporaryPath implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("\\.kronwood-(\\d{1,18})-\\d+\\.tmp");

  /** What a program on another machine writes grows meanwhile. */
  private static final Duration LEAST_AGE = Duration.ofMinutes(1);

  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();
  private static final AtomicLong NEXT = new AtomicLong(System.nanoTime() & Integer.MAX_VALUE);

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(TemporaryPath::deleteAll));
    } catch (IllegalStateException e) {
      // The program is ending already; what is written now is deleted by whoever writes next.
    }
  }

  private final Path path;

  private TemporaryPath(Path path) {
    this.path = path;
    OPEN.add(path);
  }

  /** A name in a folder that no other file has, for a file to be made. */
  public static TemporaryPath in(Path folder) {
    return new TemporaryPath(
        folder.resolve(
            ".kronwood-" + ProcessHandle.current().pid() + "-" + NEXT.getAndIncrement() + ".tmp"));
  }

  /** A new folder within another. */
  public static TemporaryPath folderIn(Path folder) throws IOException {
    TemporaryPath made = in(folder);
    try {
      Files.createDirectory(made.path);
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  /** A new folder where the system keeps temporary files. */
  public static TemporaryPath folder() throws IOException {
    return folderIn(Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** A file of a name that is given, to be made. */
  static TemporaryPath at(Path path) {
    return new TemporaryPath(path);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Deletes it with all that is in it, if it is there. */
  @Override
  public void close() {
    OPEN.remove(path);
    try {
      delete(path);
    } catch (IOException e) {
      // It stays until somebody else deletes it; what was to be written is not affected.
      return;
    }
  }

  /** Deletes all there are: to be called before the program is ended by force. */
  public static void deleteAll() {
    for (Path path : OPEN) {
      try {
        delete(path);
      } catch (IOException e) {
        // The next one.
        continue;
      }
    }
  }

  /** Deletes what programs left in a folder that are no longer there. */
  static void clear(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.filter(TemporaryPath::isLeft).toList()) {
        delete(entry);
      }
    } catch (IOException | UncheckedIOException e) {
      // Whoever cannot clear up can write all the same.
      return;
    }
  }

  private static boolean isLeft(Path path) {
    Matcher name = NAME.matcher(path.getFileName().toString());
    return name.matches()
        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
        && isOld(path)
        && isUnlocked(path);
  }

  private static boolean isOld(Path path) {
    try {
      Instant modified = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
      return modified.isBefore(Instant.now().minus(LEAST_AGE));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether no program on another machine or in another container has it locked. */
  private static boolean isUnlocked(Path path) {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static void delete(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(path);
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
