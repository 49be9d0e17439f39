package kronwood.safetensors;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes arrays little-endian through a buffer, and digests what it writes. */
public final class SafetensorsOutput {
  /** A multiple of every element size. */
  private static final int BUFFER = 1 << 18;

  private final DataOutput out;
  private final SafetensorsDigest digest;
  private final byte[] bytes = new byte[BUFFER];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private long written;

  public SafetensorsOutput(DataOutput out, SafetensorsDigest digest) {
    this.out = out;
    this.digest = digest;
  }

  /** Bytes written so far. */
  long written() {
    return written + buffer.position();
  }

  public void write(byte[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      int count = room(Byte.BYTES, values.length - from);
      buffer.put(values, from, count);
      from += count;
    }
  }

  public void write(int[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      int count = room(Integer.BYTES, values.length - from);
      buffer.asIntBuffer().put(values, from, count);
      from += advance(Integer.BYTES, count);
    }
  }

  public void write(long[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      int count = room(Long.BYTES, values.length - from);
      buffer.asLongBuffer().put(values, from, count);
      from += advance(Long.BYTES, count);
    }
  }

  public void write(float[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      int count = room(Float.BYTES, values.length - from);
      buffer.asFloatBuffer().put(values, from, count);
      from += advance(Float.BYTES, count);
    }
  }

  public void write(double[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      int count = room(Double.BYTES, values.length - from);
      buffer.asDoubleBuffer().put(values, from, count);
      from += advance(Double.BYTES, count);
    }
  }

  /** How many of {@code wanted} elements the buffer takes now, at least one. */
  private int room(int elementBytes, int wanted) throws IOException {
    if (buffer.remaining() < elementBytes) {
      flush();
    }
    return Math.min(wanted, buffer.remaining() / elementBytes);
  }

  private int advance(int elementBytes, int count) {
    buffer.position(buffer.position() + elementBytes * count);
    return count;
  }

  /** Writes what is still in the buffer. */
  public void flush() throws IOException {
    out.write(bytes, 0, buffer.position());
    digest.update(bytes, buffer.position());
    written += buffer.position();
    buffer.clear();
  }
}
