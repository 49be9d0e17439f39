package kronwood.safetensors;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects tensors and writes them as one safetensors file with a digest of itself ({@link
 * SafetensorsDigest}).
 *
 * <p>Tensors are ordered by element size, largest first, then by name. As the header's length is a
 * multiple of 8, each is then aligned to its elements without holes.
 */
public final class SafetensorsWriter {
  /** Writes the elements of one tensor. */
  @FunctionalInterface
  public interface Body {
    public void writeTo(SafetensorsOutput out) throws IOException;
  }

  private record Pending(String name, SafetensorsType type, List<Long> shape, Body body) {}

  private final Map<String, String> metadata;
  private final List<Pending> tensors;

  /** What all names of tensors begin with. */
  private final String within;

  public SafetensorsWriter() {
    this(new LinkedHashMap<>(), new ArrayList<>(), "");
    // First, so that what stands at its place in the header cannot be mistaken for anything else.
    metadata.put(SafetensorsDigest.KEY, SafetensorsDigest.BLANK);
  }

  private SafetensorsWriter(Map<String, String> metadata, List<Pending> tensors, String within) {
    this.metadata = metadata;
    this.tensors = tensors;
    this.within = within;
  }

  /** The same file, in which names of tensors that are added begin with {@code prefix}. */
  public SafetensorsWriter within(String prefix) {
    return new SafetensorsWriter(metadata, tensors, within + prefix);
  }

  public void metadata(String key, String value) {
    metadata.put(key, value);
  }

  /** Adds a tensor; {@code body} must write as many elements of {@code type} as the shape says. */
  public void add(SafetensorsType type, String name, Body body, long... shape) {
    List<Long> lengths = new ArrayList<>();
    for (long length : shape) {
      lengths.add(length);
    }
    tensors.add(new Pending(within + name, type, lengths, body));
  }

  /**
   * Writes the whole file.
   *
   * @throws IllegalArgumentException if the metadata do not fit a header
   */
  public void writeTo(RandomAccessFile file) throws IOException {
    tensors.sort(
        Comparator.<Pending>comparingInt(tensor -> -tensor.type().bytes())
            .thenComparing(Pending::name));
    List<SafetensorsTensor> layout = new ArrayList<>();
    long end = 0;
    for (Pending tensor : tensors) {
      layout.add(new SafetensorsTensor(tensor.name(), tensor.type(), tensor.shape(), end));
      end = layout.getLast().end();
    }
    byte[] prefix = prefix(new SafetensorsHeader(metadata, layout));
    SafetensorsDigest digest = SafetensorsDigest.create();
    SafetensorsOutput out = new SafetensorsOutput(file, digest);
    out.write(prefix);
    for (int i = 0; i < layout.size(); i++) {
      tensors.get(i).body().writeTo(out);
      if (out.written() != prefix.length + layout.get(i).end()) {
        throw new IllegalStateException(
            "the elements of "
                + layout.get(i)
                + " ended at byte "
                + (out.written() - prefix.length));
      }
    }
    out.flush();
    file.seek(SafetensorsDigest.position(prefix, SafetensorsDigest.BLANK));
    file.write(digest.text().getBytes(StandardCharsets.US_ASCII));
  }

  /** The header, padded, after its length. */
  private static byte[] prefix(SafetensorsHeader header) {
    byte[] json = header.toJson().getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(json.length, Long.BYTES) * Long.BYTES;
    if (padded > SafetensorsReader.LONGEST_HEADER) {
      throw new IllegalArgumentException(
          "names and provenance take "
              + padded
              + " bytes, more than the "
              + SafetensorsReader.LONGEST_HEADER
              + " of a header");
    }
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    prefix.putLong(padded).put(json);
    while (prefix.hasRemaining()) {
      prefix.put((byte) ' ');
    }
    return prefix.array();
  }
}
