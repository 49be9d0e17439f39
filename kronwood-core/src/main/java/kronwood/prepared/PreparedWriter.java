package kronwood.prepared;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.file.AtomicFile;

/**
 * Writes a file of prepared pairs: all training records, then all validation records, then all test
 * records. Memory: one chunk, and the ids.
 */
public final class PreparedWriter {
  private final RandomAccessFile out;
  private final PreparedContent content;
  private final ByteBuffer chunk;
  private final List<String> digests = new ArrayList<>();
  private int records;

  private PreparedWriter(RandomAccessFile out, PreparedContent content) {
    this.out = out;
    this.content = content;
    int bytes = Math.multiplyExact(content.shuffle().chunk(), content.recordBytes());
    this.chunk = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Gives all records. */
  @FunctionalInterface
  public interface Records {
    /** Hands the records to {@code writer} in their order, as many as the content says. */
    void to(PreparedWriter writer) throws IOException;
  }

  /**
   * Writes a file, which appears once all of it is on disk.
   *
   * @throws InputException if it cannot be written; what was there before is untouched
   */
  public static void write(Path file, PreparedContent content, Records records) {
    try {
      AtomicFile.write(
          AtomicFile.target(file),
          out -> {
            out.write(new byte[PreparedFormat.PREAMBLE]);
            PreparedWriter writer = new PreparedWriter(out, content);
            records.to(writer);
            writer.finish();
          });
    } catch (IOException e) {
      throw new InputException(
          file + ": cannot be written: " + AtomicFile.reason(e), Facts.inFile(file.toString()), e);
    }
  }

  /** The next number of a record: an entity or a class. */
  public void put(int number) throws IOException {
    chunk.putInt(number);
    writeIfFull();
  }

  /** The next number of a record: a target or a weight. */
  public void put(float number) throws IOException {
    chunk.putFloat(number);
    writeIfFull();
  }

  private void writeIfFull() throws IOException {
    if (!chunk.hasRemaining()) {
      writeChunk();
    }
  }

  private void writeChunk() throws IOException {
    int bytes = chunk.position();
    digests.add(HexFormat.of().formatHex(sha256(chunk.array(), bytes)));
    out.write(chunk.array(), 0, bytes);
    records += bytes / content.recordBytes();
    chunk.clear();
  }

  private static byte[] sha256(byte[] bytes, int length) {
    MessageDigest digest = PreparedFormat.sha256();
    digest.update(bytes, 0, length);
    return digest.digest();
  }

  private void finish() throws IOException {
    if (chunk.position() > 0) {
      writeChunk();
    }
    if (records != content.sizes().all()) {
      throw new IllegalStateException(
          records + " records were written, expected " + content.sizes().all());
    }
    byte[] header = new PreparedHeader(content, digests).toJson().getBytes(StandardCharsets.UTF_8);
    long position = PreparedFormat.PREAMBLE + (long) content.sizes().all() * content.recordBytes();
    out.write(header);
    ByteBuffer preamble =
        ByteBuffer.allocate(PreparedFormat.PREAMBLE).order(ByteOrder.LITTLE_ENDIAN);
    preamble.put(PreparedFormat.MAGIC);
    preamble.putInt(PreparedFormat.VERSION).putInt(content.recordBytes());
    preamble.putLong(position).putLong(header.length);
    preamble.put(sha256(header, header.length));
    out.seek(0);
    out.write(preamble.array());
  }
}
