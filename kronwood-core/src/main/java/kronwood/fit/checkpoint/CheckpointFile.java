package kronwood.fit.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;
import kronwood.fault.CheckpointException;
import kronwood.file.AtomicFile;
import kronwood.safetensors.SafetensorsDigest;
import kronwood.safetensors.SafetensorsInput;
import kronwood.safetensors.SafetensorsOutput;
import kronwood.state.StateVisitor;

/**
 * One checkpoint: the numbers of a training after an epoch, in a format made for tens of thousands
 * of short arrays.
 *
 * <pre>
 *   8 bytes   KRONCKPT
 *   I32       format version, 2
 *   I32       length N of the header
 *   N bytes   header: {@link CheckpointHeader}, JSON in UTF-8
 *   for each array, in the order in which the training shows them:
 *     I32     kind of its elements: 1 F32, 2 F64, 3 I64
 *     I32     length L of its name
 *     I32     number of elements
 *     L bytes name in UTF-8
 *     the elements
 *   I32       0
 *   64 bytes  SHA-256 of all bytes before, in hexadecimal
 * </pre>
 *
 * <p>All numbers are little-endian. The digest ends files of every version. Memory: a few hundred
 * kilobytes besides the training; reading passes through the file twice, first for its digest.
 */
public final class CheckpointFile {
  /**
   * 2: sums over neurons are made in the order of a tree. A training that was saved with version 1
   * would go on to other bits than either order gives, so such files are refused.
   */
  public static final int VERSION = 2;

  private static final byte[] MAGIC = "KRONCKPT".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST_BYTES = SafetensorsDigest.BLANK.length();
  private static final int SMALLEST = MAGIC.length + 3 * Integer.BYTES + DIGEST_BYTES;
  private static final int BUFFER = 1 << 18;

  /** A header names what options and data a training is of: some thousand bytes. */
  private static final int LONGEST_HEADER = 1 << 22;

  private CheckpointFile() {}

  /**
   * Writes a checkpoint in one step.
   *
   * @param training shows its numbers
   */
  public static void write(
      Path temporary, Path file, CheckpointHeader header, Consumer<StateVisitor> training)
      throws IOException {
    AtomicFile.write(
        temporary,
        file,
        out -> {
          SafetensorsDigest digest = SafetensorsDigest.create();
          SafetensorsOutput to = new SafetensorsOutput(out, digest);
          byte[] json = header.toJson().getBytes(StandardCharsets.UTF_8);
          to.write(MAGIC);
          to.write(new int[] {VERSION, json.length});
          to.write(json);
          try {
            training.accept(new CheckpointWriter(to));
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
          to.write(new int[] {CheckpointWriter.END});
          to.flush();
          out.write(digest.text().getBytes(StandardCharsets.US_ASCII));
        });
  }

  /**
   * Reads the header of a checkpoint that is whole.
   *
   * @throws DamagedException if it is not
   * @throws CheckpointException if it has another version
   */
  public static CheckpointHeader readHeader(Path file) throws IOException, DamagedException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      checkDigest(channel);
      return CheckpointHeader.of(header(file, channel, content(channel)));
    } catch (CheckpointException e) {
      throw e;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new DamagedException("its header cannot be read: " + e.getMessage());
    }
  }

  /**
   * Fills a training with a checkpoint whose header was read.
   *
   * @throws CheckpointException if its arrays are not those of the training
   * @throws IllegalArgumentException if its header is not as it was when it was read
   */
  public static void read(Path file, Consumer<StateVisitor> training) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      CheckpointReader reader = new CheckpointReader(file, afterHeader(file, channel));
      training.accept(reader);
      reader.end();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The arrays of a checkpoint whose header was read. */
  public static SafetensorsInput afterHeader(Path file, FileChannel channel) throws IOException {
    SafetensorsInput from = content(channel);
    header(file, channel, from);
    return from;
  }

  private static SafetensorsInput content(FileChannel channel) throws IOException {
    return new SafetensorsInput(channel, 0, channel.size() - DIGEST_BYTES);
  }

  private static String header(Path file, FileChannel channel, SafetensorsInput from)
      throws IOException {
    byte[] magic = new byte[MAGIC.length];
    int[] numbers = new int[2];
    from.read(magic);
    from.read(numbers);
    if (numbers[0] > VERSION) {
      throw new CheckpointException(
          "checkpoint '%s' has format version %d; this Kronwood reads up to %d: install a newer one"
              .formatted(file, numbers[0], VERSION));
    }
    if (numbers[0] < VERSION) {
      throw new CheckpointException(
          ("checkpoint '%s' has format version %d; this Kronwood adds in another order and goes on"
                  + " from version %d only: take the Kronwood that wrote it, or start anew in"
                  + " another folder")
              .formatted(file, numbers[0], VERSION));
    }
    long most = Math.min(LONGEST_HEADER, channel.size() - SMALLEST);
    if (numbers[1] < 0 || numbers[1] > most) {
      throw new IllegalArgumentException(
          "it states a length of %d bytes, expected 0 to %d".formatted(numbers[1], most));
    }
    byte[] json = new byte[numbers[1]];
    from.read(json);
    return new String(json, StandardCharsets.UTF_8);
  }

  private static void checkDigest(FileChannel channel) throws IOException, DamagedException {
    long size = channel.size();
    if (size < SMALLEST) {
      throw new DamagedException("it has " + size + " bytes, fewer than any checkpoint");
    }
    SafetensorsDigest digest = SafetensorsDigest.create();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    boolean first = true;
    for (long position = 0; position < size - DIGEST_BYTES; ) {
      buffer.clear().limit((int) Math.min(BUFFER, size - DIGEST_BYTES - position));
      fill(channel, buffer, position);
      if (first && !Arrays.equals(buffer.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw new DamagedException("it does not begin as a checkpoint");
      }
      first = false;
      digest.update(buffer.array(), buffer.limit());
      position += buffer.limit();
    }
    buffer.clear().limit(DIGEST_BYTES);
    fill(channel, buffer, size - DIGEST_BYTES);
    String recorded = new String(buffer.array(), 0, DIGEST_BYTES, StandardCharsets.ISO_8859_1);
    if (!digest.text().equals(recorded)) {
      throw new DamagedException("its content does not fit its SHA-256");
    }
  }

  private static void fill(FileChannel channel, ByteBuffer buffer, long position)
      throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
  }

  /** A file is no whole checkpoint. */
  public static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    public DamagedException(String found) {
      super(found);
    }
  }
}
