package kronwood.safetensors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import kronwood.json.Json;
import kronwood.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a safetensors file that may be damaged or made to do harm: no size that it states is
 * believed before it is checked against the file.
 */
public final class SafetensorsReader implements Closeable {
  /**
   * Bytes of the longest header read or written. Entities and columns are not named in the header,
   * so that a few thousand are usual; more must be refused, because a header read as objects may
   * take thirty times as many.
   */
  static final int LONGEST_HEADER = 1 << 23;

  /** In an expected shape, an axis of any length. */
  public static final long ANY = -1;

  private final FileChannel channel;
  private final long size;
  private final byte[] prefix;
  private final JsonValue header;
  private final Map<String, SafetensorsTensor> tensors;

  /** What the names of all tensors that are asked for begin with. */
  private final String within;

  private SafetensorsReader(
      FileChannel channel,
      long size,
      byte[] prefix,
      JsonValue header,
      Map<String, SafetensorsTensor> tensors,
      String within) {
    this.channel = channel;
    this.size = size;
    this.prefix = prefix;
    this.header = header;
    this.tensors = tensors;
    this.within = within;
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws SafetensorsException if it does not begin like a safetensors file, or ends before its
   *     header does
   */
  public static SafetensorsReader open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return open(channel);
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  private static SafetensorsReader open(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size <= Long.BYTES) {
      throw SafetensorsException.otherFormat(
          size == 0 ? "it is empty" : "it has only " + size + " bytes");
    }
    byte[] start = new byte[Long.BYTES + 1];
    new SafetensorsInput(channel, 0, size).read(start);
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (start[Long.BYTES] != '{' || length < 2 || length > LONGEST_HEADER) {
      throw SafetensorsException.otherFormat("it does not begin like a safetensors file");
    }
    if (length > size - Long.BYTES) {
      throw SafetensorsException.truncated(Long.BYTES + length, size);
    }
    byte[] prefix = new byte[Long.BYTES + (int) length];
    new SafetensorsInput(channel, 0, size).read(prefix);
    try {
      String json = utf8(prefix, Long.BYTES, (int) length);
      JsonValue header = JsonValue.read("header", json);
      return new SafetensorsReader(channel, size, prefix, header, new HashMap<>(), "");
    } catch (IllegalArgumentException e) {
      throw SafetensorsException.corrupted("its header is damaged (" + e.getMessage() + ")");
    }
  }

  /**
   * Decodes strictly.
   *
   * @throws IllegalArgumentException if the bytes are not UTF-8
   */
  static String utf8(byte[] bytes, int offset, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, offset, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("text is not UTF-8", e);
    }
  }

  /** The strings under {@code __metadata__}. */
  public Map<String, String> metadata() throws SafetensorsException {
    try {
      return SafetensorsHeader.metadata(header);
    } catch (IllegalArgumentException e) {
      throw SafetensorsException.corrupted(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads where the tensors stand. Before this, there are none.
   *
   * @return bytes of all tensors
   * @throws SafetensorsException if they overlap, leave holes, or do not end where the file does
   */
  public long readLayout() throws SafetensorsException {
    try {
      SafetensorsHeader layout = SafetensorsHeader.of(header);
      long expected = Math.addExact(prefix.length, layout.dataBytes());
      if (expected > size) {
        throw SafetensorsException.truncated(expected, size);
      }
      if (expected < size) {
        throw SafetensorsException.corrupted("expected " + expected + " bytes, found " + size);
      }
      for (SafetensorsTensor tensor : layout.tensors()) {
        tensors.put(tensor.name(), tensor);
      }
      return layout.dataBytes();
    } catch (IllegalArgumentException e) {
      throw SafetensorsException.corrupted(String.valueOf(e.getMessage()));
    } catch (ArithmeticException e) {
      throw SafetensorsException.corrupted("a tensor has an impossible size");
    }
  }

  /**
   * Compares the file with the digest that it holds of itself. Reads all of it.
   *
   * @return the digest, hexadecimal
   * @throws SafetensorsException if they differ or there is none
   */
  public String checkDigest() throws IOException {
    String stated = metadata().get(SafetensorsDigest.KEY);
    int position =
        stated != null && stated.matches("[0-9a-f]{64}")
            ? SafetensorsDigest.position(prefix, stated)
            : -1;
    if (stated == null || position < 0) {
      throw SafetensorsException.corrupted("its metadata hold no SHA-256 digest");
    }
    byte[] blanked = prefix.clone();
    System.arraycopy(
        SafetensorsDigest.BLANK.getBytes(StandardCharsets.US_ASCII),
        0,
        blanked,
        position,
        stated.length());
    SafetensorsDigest digest = SafetensorsDigest.create();
    digest.update(blanked, blanked.length);
    addData(digest);
    String found = digest.text();
    if (!found.equals(stated)) {
      throw SafetensorsException.corrupted(
          "its SHA-256 digest is " + found + ", when it was saved it was " + stated);
    }
    return stated;
  }

  /** SHA-256 of the bytes of all tensors, in the order in which they stand. */
  public String dataDigest() throws IOException {
    SafetensorsDigest digest = SafetensorsDigest.create();
    addData(digest);
    return digest.text();
  }

  private void addData(SafetensorsDigest digest) throws IOException {
    SafetensorsInput data = new SafetensorsInput(channel, prefix.length, size);
    byte[] block = new byte[1 << 16];
    for (long left = size - prefix.length; left > 0; left -= block.length) {
      if (left < block.length) {
        block = new byte[(int) left];
      }
      data.read(block);
      digest.update(block, block.length);
    }
  }

  /** All tensors, in the order in which they stand. */
  public List<SafetensorsTensor> tensors() {
    return tensors.values().stream()
        .sorted(Comparator.comparingLong(SafetensorsTensor::begin))
        .toList();
  }

  /** Whether there is a tensor of that name. */
  public boolean has(String name) {
    return tensors.containsKey(within + name);
  }

  /**
   * The tensor of that name, type and shape.
   *
   * @param shape lengths of its axes, {@link #ANY} for one that may have any
   * @throws IllegalArgumentException if there is none
   */
  public SafetensorsTensor tensor(String name, SafetensorsType type, long... shape) {
    SafetensorsTensor tensor = tensors.get(within + name);
    if (tensor == null || !fits(tensor, type, shape)) {
      String expected =
          LongStream.of(shape)
              .mapToObj(length -> length == ANY ? "any" : Long.toString(length))
              .collect(Collectors.joining(", ", type + " [", "]"));
      throw new IllegalArgumentException(
          "tensor '" + within + name + "' is " + describe(tensor) + ", expected " + expected);
    }
    return tensor;
  }

  private static boolean fits(SafetensorsTensor tensor, SafetensorsType type, long[] shape) {
    boolean fits = tensor.type() == type && tensor.shape().size() == shape.length;
    for (int axis = 0; fits && axis < shape.length; axis++) {
      fits = shape[axis] == ANY || shape[axis] == tensor.shape().get(axis);
    }
    return fits;
  }

  private static String describe(@Nullable SafetensorsTensor tensor) {
    return tensor == null ? "missing" : Json.shorten(tensor.type() + " " + tensor.shape());
  }

  /** Starts to read a tensor's elements. */
  public SafetensorsInput input(SafetensorsTensor tensor) {
    return new SafetensorsInput(
        channel, prefix.length + tensor.begin(), prefix.length + tensor.end());
  }

  public int[] ints(String name, long... shape) throws IOException {
    SafetensorsTensor tensor = tensor(name, SafetensorsType.I32, shape);
    int[] values = new int[Math.toIntExact(tensor.elements())];
    input(tensor).read(values);
    return values;
  }

  public long[] longs(String name, long... shape) throws IOException {
    SafetensorsTensor tensor = tensor(name, SafetensorsType.I64, shape);
    long[] values = new long[Math.toIntExact(tensor.elements())];
    input(tensor).read(values);
    return values;
  }

  /** Elements of a tensor, all finite. */
  public float[] floats(String name, long... shape) throws IOException {
    SafetensorsTensor tensor = tensor(name, SafetensorsType.F32, shape);
    float[] values = new float[Math.toIntExact(tensor.elements())];
    input(tensor).read(values);
    checkFinite(within + name, values);
    return values;
  }

  /** Elements of a tensor, none larger than {@link JsonValue#LARGEST}. */
  public double[] doubles(String name, long... shape) throws IOException {
    SafetensorsTensor tensor = tensor(name, SafetensorsType.F64, shape);
    double[] values = new double[Math.toIntExact(tensor.elements())];
    input(tensor).read(values);
    for (double value : values) {
      checkFinite(within + name, value);
      if (Math.abs(value) > JsonValue.LARGEST) {
        throw new IllegalArgumentException(
            "tensor '"
                + within
                + name
                + "' holds "
                + value
                + ", expected numbers up to "
                + JsonValue.LARGEST);
      }
    }
    return values;
  }

  /**
   * Reads a matrix whose first axis is of the tensor, row by row.
   *
   * @throws IllegalArgumentException if an element is not finite
   */
  public float[][] rows(SafetensorsTensor tensor, int rows, int columns) throws IOException {
    float[][] values = new float[rows][columns];
    read(tensor, values);
    return values;
  }

  /**
   * Reads a tensor into arrays, one after another.
   *
   * @param arrays as many elements as the tensor has
   * @throws IllegalArgumentException if an element is not finite
   */
  public void read(SafetensorsTensor tensor, float[][] arrays) throws IOException {
    SafetensorsInput input = input(tensor);
    for (float[] array : arrays) {
      input.read(array);
      checkFinite(tensor.name(), array);
    }
  }

  private static void checkFinite(String name, float[] values) {
    for (float value : values) {
      checkFinite(name, value);
    }
  }

  private static void checkFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "tensor '" + name + "' holds " + value + ", expected finite numbers only");
    }
  }

  /**
   * The same file, of which only tensors whose names begin with {@code start} are there, asked for
   * by the rest of their names. It is closed with this one.
   */
  public SafetensorsReader within(String start) {
    return new SafetensorsReader(channel, size, prefix, header, tensors, within + start);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
