package kronwood.prepared;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import kronwood.data.Dataset;
import kronwood.data.Mode;
import kronwood.data.SampleSlots;
import kronwood.data.Split;
import kronwood.data.feed.SplitPart;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.file.AtomicFile;
import org.jspecify.annotations.Nullable;

/**
 * An open file of prepared pairs. Its header is checked by its digest when it is opened, each chunk
 * whenever it is read. Memory: the ids, and one chunk.
 *
 * <p>Not thread-safe.
 */
public final class PreparedPairs implements AutoCloseable {
  /** What the names of such files end with. */
  public static final String ENDING = ".kpairs";

  private final Path file;
  private final FileChannel channel;
  private final PreparedHeader header;
  private final ByteBuffer chunk;
  private int loaded = -1;

  private PreparedPairs(Path file, FileChannel channel, PreparedHeader header) {
    this.file = file;
    this.channel = channel;
    this.header = header;
    PreparedContent content = header.content();
    int samples = content.shuffle().end(0, content.sizes().all());
    int bytes = Math.multiplyExact(samples, content.recordBytes());
    this.chunk = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Opens a file.
   *
   * @throws InputException if it cannot be read, is no such file, has another version, or is
   *     damaged
   */
  public static PreparedPairs open(Path file) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      boolean opened = false;
      try {
        PreparedPairs pairs = new PreparedPairs(file, channel, header(file, channel));
        opened = true;
        return pairs;
      } finally {
        if (!opened) {
          channel.close();
        }
      }
    } catch (IOException e) {
      String reason =
          Files.exists(file) ? "cannot be read: " + AtomicFile.reason(e) : "there is no such file";
      throw problem(file, reason, e);
    }
  }

  private static PreparedHeader header(Path file, FileChannel channel) throws IOException {
    ByteBuffer preamble =
        ByteBuffer.allocate(PreparedFormat.PREAMBLE).order(ByteOrder.LITTLE_ENDIAN);
    long size = channel.size();
    byte[] magic = new byte[PreparedFormat.MAGIC.length];
    if (size >= PreparedFormat.PREAMBLE) {
      read(channel, preamble, 0);
      preamble.flip().get(magic);
    }
    if (!Arrays.equals(magic, PreparedFormat.MAGIC)) {
      throw problem(file, "is no file of prepared pairs; make one with kronwood prepare", null);
    }
    int version = preamble.getInt();
    if (version != PreparedFormat.VERSION) {
      throw problem(
          file,
          "has format version %d, this Kronwood reads version %d: prepare the pairs anew"
              .formatted(version, PreparedFormat.VERSION),
          null);
    }
    int record = preamble.getInt();
    long position = preamble.getLong();
    long length = preamble.getLong();
    if (position < PreparedFormat.PREAMBLE || length < 2 || length > Integer.MAX_VALUE - 8) {
      throw damaged(file, "its first 64 bytes are damaged", null);
    }
    if (size != position + length) {
      throw damaged(
          file,
          "it has %d bytes, expected %d: it was cut off or written to"
              .formatted(size, position + length),
          null);
    }
    ByteBuffer json = ByteBuffer.allocate((int) length);
    read(channel, json, position);
    byte[] expected = new byte[PreparedFormat.DIGEST_BYTES];
    preamble.get(expected);
    if (!Arrays.equals(PreparedFormat.sha256().digest(json.array()), expected)) {
      throw damaged(file, "its header does not fit its SHA-256", null);
    }
    try {
      PreparedHeader header = PreparedHeader.of(new String(json.array(), StandardCharsets.UTF_8));
      PreparedContent content = header.content();
      long records = (long) content.sizes().all() * content.recordBytes();
      if (record != content.recordBytes() || position != PreparedFormat.PREAMBLE + records) {
        throw damaged(file, "its header does not fit its records", null);
      }
      return header;
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw damaged(file, "its header cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputException damaged(Path file, String what, @Nullable Exception cause) {
    return problem(file, what + "; prepare the pairs anew", cause);
  }

  private static InputException problem(Path file, String what, @Nullable Exception cause) {
    return new InputException(file + ": " + what, Facts.inFile(file.toString()), cause);
  }

  private static void read(FileChannel channel, ByteBuffer into, long position) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, position + into.position()) < 0) {
        throw new EOFException("it became shorter while it was read");
      }
    }
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** What the file says of its records. */
  public PreparedContent content() {
    return header.content();
  }

  /**
   * The samples, which are read from the file as they are needed.
   *
   * @param modes the file's modes, with tables that hold all its entities
   * @throws InputException if an entity is in no table
   */
  public PreparedSamples samples(List<Mode> modes) {
    return PreparedSamples.of(this, modes);
  }

  /**
   * All samples, read into memory: 4 bytes for each entity, target and weight.
   *
   * @param modes the file's modes, with tables that hold all its entities
   * @throws InputException if an entity is in no table, or the file is damaged
   */
  public Dataset dataset(List<Mode> modes) {
    PreparedSamples samples = samples(modes);
    PreparedContent.Sizes sizes = content().sizes();
    SampleSlots slots = samples.slots(sizes.all());
    for (SplitPart part : SplitPart.values()) {
      samples.read(part, 0, sizes.of(part), slots, sizes.begin(part));
    }
    return Dataset.of(modes, slots.samples());
  }

  /** The parts of {@link #dataset}, whose training samples have the order of this file. */
  public Split split() {
    PreparedContent.Sizes sizes = content().sizes();
    int[][] parts = new int[SplitPart.values().length][];
    for (SplitPart part : SplitPart.values()) {
      int[] listed = new int[sizes.of(part)];
      Arrays.setAll(listed, i -> sizes.begin(part) + i);
      parts[part.ordinal()] = listed;
    }
    return new Split(parts[0], parts[1], parts[2], content().shuffle());
  }

  /**
   * Reads a chunk, unless it was read last.
   *
   * @return its records, to be read at absolute positions
   * @throws InputException if it cannot be read, or does not fit its digest
   */
  ByteBuffer chunk(int number) {
    if (number == loaded) {
      return chunk;
    }
    loaded = -1;
    PreparedContent content = content();
    int all = content.sizes().all();
    int from = content.shuffle().begin(number);
    int to = content.shuffle().end(number, all);
    chunk.clear().limit((to - from) * content.recordBytes());
    try {
      read(channel, chunk, PreparedFormat.PREAMBLE + (long) from * content.recordBytes());
    } catch (IOException e) {
      throw damaged(file, words(number, from, to) + " cannot be read: " + AtomicFile.reason(e), e);
    }
    MessageDigest digest = PreparedFormat.sha256();
    digest.update(chunk.array(), 0, chunk.position());
    if (!Arrays.equals(digest.digest(), header.digest(number))) {
      throw damaged(
          file,
          words(number, from, to)
              + " does not fit its SHA-256: the file was damaged, or replaced while it was read",
          null);
    }
    loaded = number;
    return chunk;
  }

  private String words(int number, int from, int to) {
    return "chunk %d of %d (records %d to %d)"
        .formatted(number + 1, header.chunks().size(), from + 1, to);
  }

  /** A number of a record is not what it can be. */
  InputException badRecord(int record) {
    return damaged(file, "record " + (record + 1) + " holds a number that it cannot hold", null);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It was only read.
      return;
    }
  }
}
