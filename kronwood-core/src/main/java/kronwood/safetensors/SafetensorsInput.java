package kronwood.safetensors;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads little-endian arrays one after the other from a stretch of a file. */
public final class SafetensorsInput {
  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long position;
  private final long end;

  /** Bytes {@code begin … end − 1} of the file, of which there are that many. */
  public SafetensorsInput(FileChannel channel, long begin, long end) {
    this.channel = channel;
    this.position = begin;
    this.end = end;
  }

  public void read(byte[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      int count = available(Byte.BYTES, values.length - from);
      buffer.get(values, from, count);
      from += count;
    }
  }

  public void read(int[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      int count = available(Integer.BYTES, values.length - from);
      buffer.asIntBuffer().get(values, from, count);
      from += advance(Integer.BYTES, count);
    }
  }

  public void read(long[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      int count = available(Long.BYTES, values.length - from);
      buffer.asLongBuffer().get(values, from, count);
      from += advance(Long.BYTES, count);
    }
  }

  public void read(float[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      int count = available(Float.BYTES, values.length - from);
      buffer.asFloatBuffer().get(values, from, count);
      from += advance(Float.BYTES, count);
    }
  }

  public void read(double[] values) throws IOException {
    for (int from = 0; from < values.length; ) {
      int count = available(Double.BYTES, values.length - from);
      buffer.asDoubleBuffer().get(values, from, count);
      from += advance(Double.BYTES, count);
    }
  }

  /** How many of {@code wanted} elements are in the buffer, at least one. */
  private int available(int elementBytes, int wanted) throws IOException {
    if (buffer.remaining() < elementBytes) {
      fill(elementBytes);
    }
    return Math.min(wanted, buffer.remaining() / elementBytes);
  }

  private int advance(int elementBytes, int count) {
    buffer.position(buffer.position() + elementBytes * count);
    return count;
  }

  /** Reads on; what is left in the buffer stays first in it. */
  private void fill(int elementBytes) throws IOException {
    buffer.compact();
    buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + end - position));
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, position);
      if (read < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
      position += read;
    }
    buffer.flip();
    if (buffer.remaining() < elementBytes) {
      throw new EOFException("read beyond the end of a tensor");
    }
  }
}
