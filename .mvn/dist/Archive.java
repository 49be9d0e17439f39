import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A {@code tar.gz} of a folder, in the format ustar. The same files give the same bytes: entries
 * are sorted, all have the same time, belong to root, and may be changed by the owner only.
 */
final class Archive {
  private static final int BLOCK = 512;
  private static final int NAME = 100;

  private Archive() {}

  static void write(Path folder, Path archive, Instant time) throws IOException {
    List<Path> entries;
    try (Stream<Path> all = Files.walk(folder)) {
      entries = all.sorted().toList();
    }
    try (OutputStream file = Files.newOutputStream(archive);
        OutputStream out = new BufferedOutputStream(new Gzip(file), 1 << 16)) {
      for (Path entry : entries) {
        write(folder, entry, time, out);
      }
      out.write(new byte[2 * BLOCK]);
    }
  }

  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  private static void write(Path folder, Path entry, Instant time, OutputStream out)
      throws IOException {
    boolean link = Files.isSymbolicLink(entry);
    boolean directory = !link && Files.isDirectory(entry);
    long size = link || directory ? 0 : Files.size(entry);
    String name = folder.getParent().relativize(entry) + (directory ? "/" : "");
    byte[] header = new byte[BLOCK];
    int split = 0;
    if (name.length() > NAME) {
      split = name.indexOf('/', name.length() - NAME - 1);
      text(header, 345, 155, name.substring(0, split));
      split++;
    }
    text(header, 0, NAME, name.substring(split));
    octal(header, 100, 8, link ? 0777 : directory || isExecutable(entry) ? 0755 : 0644);
    octal(header, 108, 8, 0);
    octal(header, 116, 8, 0);
    octal(header, 124, 12, size);
    octal(header, 136, 12, time.getEpochSecond());
    header[156] = (byte) (link ? '2' : directory ? '5' : '0');
    if (link) {
      text(header, 157, NAME, Files.readSymbolicLink(entry).toString());
    }
    text(header, 257, 6, "ustar");
    text(header, 263, 2, "00");
    text(header, 265, 32, "root");
    text(header, 297, 32, "root");
    checksum(header);
    out.write(header);
    if (size > 0) {
      Files.copy(entry, out);
      out.write(new byte[(int) (-size & (BLOCK - 1))]);
    }
  }

  static boolean isExecutable(Path file) throws IOException {
    return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
        .contains(PosixFilePermission.OWNER_EXECUTE);
  }

  private static void text(byte[] header, int from, int length, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > length) {
      throw new IllegalArgumentException("too long for a tar archive: " + text);
    }
    System.arraycopy(bytes, 0, header, from, bytes.length);
  }

  private static void octal(byte[] header, int from, int length, long number) {
    text(header, from, length - 1, ("%0" + (length - 1) + "o").formatted(number));
  }

  /** The sum of all bytes of the header, those of the sum itself taken as blanks. */
  private static void checksum(byte[] header) {
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    text(header, 148, 8, "%06o\0 ".formatted(sum));
  }
}
