package kronwood.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that appear, or are replaced, in one step once all of them is on disk; if anything fails,
 * what was there before stays untouched.
 */
public final class AtomicFile {
  /** Links one after the other, as many as systems follow. */
  private static final int MOST_LINKS = 40;

  private AtomicFile() {}

  /** Writes the contents of a file. */
  @FunctionalInterface
  public interface Writing {
    void to(RandomAccessFile out) throws IOException;
  }

  /** Makes a file of a given name. */
  @FunctionalInterface
  public interface Making {
    /** Writes everything to {@code file}, which is not there yet. */
    void of(Path file) throws IOException;
  }

  /** What the operating system does; tests put one in its place that fails. */
  interface Disk {
    /** The system's. */
    Disk SYSTEM = new Disk() {};

    /** In place of {@link #SYSTEM}, where it is bound. */
    ScopedValue<Disk> BOUND = ScopedValue.newInstance();

    /** A new file. */
    default RandomAccessFile create(Path file) throws IOException {
      Files.createFile(file);
      // Not a channel: an interrupted thread could not write to it.
      return new RandomAccessFile(file.toFile(), "rw");
    }

    /** Returns when all that was written is on disk. */
    default void force(RandomAccessFile file) throws IOException {
      file.getFD().sync();
    }

    /** Renames a file, also to a name that is there. */
    default void move(Path from, Path to) throws IOException {
      try {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static Disk disk() {
    return Disk.BOUND.orElse(Disk.SYSTEM);
  }

  /**
   * Writes a file.
   *
   * @param temporary in the same folder, not there yet; it is left behind only by a program that is
   *     killed
   */
  public static void write(Path temporary, Path target, Writing writing) throws IOException {
    try (TemporaryPath unfinished = TemporaryPath.at(temporary)) {
      write(unfinished, target, writing);
    }
  }

  /** Writes a file. What killed programs left half-written in its folder is deleted. */
  public static void write(Path target, Writing writing) throws IOException {
    Path folder = folder(target);
    TemporaryPath.clear(folder);
    try (TemporaryPath unfinished = TemporaryPath.in(folder)) {
      write(unfinished, target, writing);
    }
  }

  private static void write(TemporaryPath unfinished, Path target, Writing writing)
      throws IOException {
    Disk disk = disk();
    try (RandomAccessFile out = disk.create(unfinished.path())) {
      lock(out);
      writing.to(out);
      disk.force(out);
    }
    disk.move(unfinished.path(), target);
    forceFolder(target);
  }

  /** So that no program on another machine takes the file for one that was left. */
  private static void lock(RandomAccessFile out) {
    try {
      // Goes with the file when it is closed.
      out.getChannel().tryLock();
    } catch (IOException e) {
      // This file system has no locks.
      return;
    }
  }

  /**
   * Has a file made under a temporary name in the same folder, and moves it into place once it is
   * on disk. Where {@code file} is a symbolic link, what it leads to is replaced. What killed
   * programs left half-written in the folder is deleted.
   *
   * @throws IOException if it cannot be made; what was there before is untouched
   */
  public static void make(Path file, Making making) throws IOException {
    Path target = target(file);
    Path folder = folder(target);
    TemporaryPath.clear(folder);
    try (TemporaryPath unfinished = TemporaryPath.in(folder)) {
      making.of(unfinished.path());
      try (FileChannel made = FileChannel.open(unfinished.path(), StandardOpenOption.WRITE)) {
        made.force(true);
      }
      disk().move(unfinished.path(), target);
    }
    forceFolder(target);
  }

  /**
   * Where a symbolic link leads, also where nothing is there yet; any other path, made absolute.
   *
   * @throws IOException if links lead in a circle, or cannot be read
   */
  public static Path target(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(path); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(file.toString());
      }
      path = path.resolveSibling(Files.readSymbolicLink(path));
    }
    return path;
  }

  private static Path folder(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    return folder == null ? target.toAbsolutePath() : folder;
  }

  /** Makes a new name durable, as far as the system allows. */
  private static void forceFolder(Path file) {
    Path folder = file.getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        // Not every system lets folders be opened or forced; the file itself is safe.
      }
    }
  }

  /** Why writing failed, in words. */
  public static String reason(Exception e) {
    return switch (e) {
      case AccessDeniedException denied -> "no permission to write to its folder";
      case FileSystemLoopException loop -> "its symbolic links lead in a circle";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
