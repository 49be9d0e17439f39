package kronwood.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that appear, or are replaced, in one step once all of them is on disk; if anything fails,
 * what was there before stays untouched.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Writes the contents of a file. */
  @FunctionalInterface
  public interface Writing {
    void to(RandomAccessFile out) throws IOException;
  }

  /**
   * Writes a file.
   *
   * @param temporary in the same folder, not there yet; it is left behind only by a program that is
   *     killed
   */
  public static void write(Path temporary, Path target, Writing writing) throws IOException {
    try {
      Files.createFile(temporary);
      // Not a channel: an interrupted thread could not write to it.
      try (RandomAccessFile out = new RandomAccessFile(temporary.toFile(), "rw")) {
        writing.to(out);
        out.getFD().sync();
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (Throwable e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    forceFolder(target);
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
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
