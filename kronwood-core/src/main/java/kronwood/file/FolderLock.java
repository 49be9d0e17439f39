package kronwood.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second program, or a second training in this one, from writing to a folder.
 *
 * <p>A lock of the operating system on the file {@code .kronwood.lock}, which goes with the process
 * that has it, however that ends: a file left behind by a killed one locks nothing. Where the file
 * system has no locks, only trainings of this process keep each other out.
 */
public final class FolderLock implements AutoCloseable {
  private static final String NAME = ".kronwood.lock";
  private static final int MOST_PADDING = 1 << 16;

  /**
   * Folders that this process has locked. On POSIX systems a process loses its lock on a file as
   * soon as it closes any channel to it, so that such a file must not be opened a second time.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Locks a folder that exists.
   *
   * @return null if another has locked it
   * @throws IOException if no file can be written there
   */
  public static @Nullable FolderLock tryTake(Path folder) throws IOException {
    return tryTake(
        folder,
        file -> FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  static @Nullable FolderLock tryTake(Path folder, Opening opening) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD.add(real)) {
      return null;
    }
    FileChannel channel = null;
    try {
      channel = lockedFile(real.resolve(NAME), opening);
      return channel == null ? null : new FolderLock(real, channel);
    } finally {
      if (channel == null) {
        HELD.remove(real);
      }
    }
  }

  /** Opens a file for writing. */
  @FunctionalInterface
  interface Opening {
    FileChannel open(Path file) throws IOException;
  }

  private static @Nullable FileChannel lockedFile(Path file, Opening opening) throws IOException {
    // Says who has it. Of two that opened the file, one before and one after it was deleted, only
    // one finds its own mark under the name, by its length, which is of the moment.
    byte[] mark =
        (ProcessHandle.current().pid()
                + " ".repeat(1 + Math.floorMod(System.nanoTime(), MOST_PADDING)))
            .getBytes(StandardCharsets.UTF_8);
    while (true) {
      FileChannel channel = opening.open(file);
      boolean mine = false;
      try {
        if (!isLocked(channel)) {
          return null;
        }
        write(file, channel, mark);
        mine = isOfLength(file, mark.length);
        if (mine) {
          return channel;
        }
      } finally {
        if (!mine) {
          channel.close();
        }
      }
    }
  }

  /** Writes all of a mark: a disk that is nearly full takes a part of it first, then refuses. */
  private static void write(Path file, FileChannel channel, byte[] mark) throws IOException {
    try {
      channel.truncate(0);
      ByteBuffer rest = ByteBuffer.wrap(mark);
      while (rest.hasRemaining()) {
        channel.write(rest, rest.position());
      }
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static boolean isLocked(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      // This file system has no locks.
      return true;
    }
  }

  private static boolean isOfLength(Path file, long length) throws IOException {
    try {
      return Files.size(file) == length;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * What is known of who has locked a folder: {@code process 1234}, {@code this process} or {@code
   * another process}.
   */
  public static String holder(Path folder) {
    try {
      Path real = folder.toRealPath();
      if (HELD.contains(real)) {
        return "this process";
      }
      String mark = Files.readString(real.resolve(NAME)).strip();
      return mark.isEmpty() ? "another process" : "process " + mark;
    } catch (IOException e) {
      return "another process";
    }
  }

  /** Lets others lock the folder. */
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(folder.resolve(NAME));
    } catch (IOException e) {
      // The file stays, and locks nothing.
      return;
    } finally {
      HELD.remove(folder);
    }
  }
}
