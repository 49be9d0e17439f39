package kronwood.spark.job;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Bytes of any number, in arrays of up to 4 MiB. A single array ends at 2 GiB, and Spark moves many
 * small ones more easily than a large one.
 */
public final class Chunks implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int SIZE = 1 << 22;

  private final ArrayList<byte[]> arrays;

  private Chunks(List<byte[]> arrays) {
    this.arrays = new ArrayList<>(arrays);
  }

  /** Writes into a stream. */
  @FunctionalInterface
  public interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** What is written. */
  public static Chunks of(Writing writing) throws IOException {
    Growing out = new Growing();
    writing.to(out);
    return out.finish();
  }

  /** These arrays, not copied, one after another. */
  static Chunks of(List<byte[]> arrays) {
    return new Chunks(arrays);
  }

  /** All that a stream holds. */
  public static Chunks read(InputStream in) throws IOException {
    return of(out -> in.transferTo(out));
  }

  /** The arrays, not copied. */
  List<byte[]> arrays() {
    return Collections.unmodifiableList(arrays);
  }

  public InputStream open() {
    return new SequenceInputStream(
        Collections.enumeration(arrays.stream().map(ByteArrayInputStream::new).toList()));
  }

  public void writeTo(OutputStream out) throws IOException {
    for (byte[] array : arrays) {
      out.write(array);
    }
  }

  private static final class Growing extends OutputStream {
    private final List<byte[]> full = new ArrayList<>();
    private byte[] current = new byte[1 << 12];
    private int used;

    @Override
    public void write(int value) {
      ensure(1);
      current[used++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      int at = offset;
      int left = length;
      while (left > 0) {
        ensure(left);
        int count = Math.min(left, current.length - used);
        System.arraycopy(from, at, current, used, count);
        used += count;
        at += count;
        left -= count;
      }
    }

    /** Makes room for at least one byte. */
    private void ensure(int wanted) {
      if (used == SIZE) {
        full.add(current);
        current = new byte[Math.min(SIZE, Math.max(1 << 12, wanted))];
        used = 0;
      } else if (used + wanted > current.length) {
        int larger = Math.max(used + wanted, 2 * current.length);
        current = Arrays.copyOf(current, Math.min(SIZE, larger));
      }
    }

    Chunks finish() {
      full.add(Arrays.copyOf(current, used));
      return new Chunks(full);
    }
  }
}
