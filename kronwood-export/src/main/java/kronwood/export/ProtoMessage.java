package kronwood.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in the wire format of Protocol Buffers: fields one after the other, each a number with
 * its type, then its value.
 *
 * <p>The length of a message stands before it. So fields are kept as pieces, and a long array is a
 * piece that knows its length and is written when its turn comes.
 */
final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  /** A piece of a message. */
  private record Piece(long bytes, Body body) {}

  /** Writes as many bytes as it was said to. */
  @FunctionalInterface
  interface Body {
    /** Writes them. */
    void writeTo(OutputStream out) throws IOException;
  }

  private final List<Piece> pieces = new ArrayList<>();
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

  /** Adds a whole number, an enum or a truth value. */
  ProtoMessage number(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  /** Adds a number in single precision. */
  ProtoMessage real(int field, float value) {
    tag(field, FIXED_32);
    int bits = Float.floatToRawIntBits(value);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      waiting.write(bits >>> shift);
    }
    return this;
  }

  /** Adds a text. */
  ProtoMessage text(int field, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    tag(field, BYTES);
    varint(bytes.length);
    waiting.writeBytes(bytes);
    return this;
  }

  /** Adds bytes that are written later. */
  ProtoMessage bytes(int field, long length, Body body) {
    tag(field, BYTES);
    varint(length);
    flush();
    pieces.add(new Piece(length, body));
    return this;
  }

  /** Adds a message, which must not change any more. */
  ProtoMessage message(int field, ProtoMessage value) {
    tag(field, BYTES);
    varint(value.size());
    flush();
    pieces.addAll(value.pieces);
    return this;
  }

  /** Adds the key and the value of a map that is stored as a list of pairs. */
  ProtoMessage entry(int field, String key, String value) {
    return message(field, new ProtoMessage().text(1, key).text(2, value));
  }

  /** Bytes of all fields. */
  long size() {
    flush();
    return pieces.stream().mapToLong(Piece::bytes).sum();
  }

  /** Writes all fields. */
  void writeTo(OutputStream out) throws IOException {
    flush();
    for (Piece piece : pieces) {
      piece.body().writeTo(out);
    }
  }

  private void flush() {
    if (waiting.size() > 0) {
      byte[] bytes = waiting.toByteArray();
      waiting.reset();
      pieces.add(new Piece(bytes.length, out -> out.write(bytes)));
    }
  }

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  /** Seven bits a byte, the lowest first; all but the last have the highest bit set. */
  private void varint(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      waiting.write((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    waiting.write((int) left);
  }
}
