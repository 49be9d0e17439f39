package kronwood.io.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits the bytes of a delimited text file into records (RFC 4180; a record ends with LF, CR LF or
 * CR), counting lines and fields. Cost: one pass over the bytes, no object per record.
 */
final class CsvScanner implements Closeable {
  /** What is wrong with the quotes of a record. */
  enum Quotes {
    WELL_FORMED,
    NOT_CLOSED,
    TEXT_AFTER
  }

  /** How a record ends. */
  enum Ending {
    LF,
    CR_LF,
    CR,
    END_OF_FILE
  }

  /** Bytes of a record that are kept; an open quote can make a record of the rest of a file. */
  private static final int MOST_KEPT = 1 << 26;

  private static final int END = -1;

  private final InputStream in;
  private final char delimiter;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;

  private byte[] record = new byte[1 << 12];
  private int length;
  private int allBits;
  private int fields;
  private long line;
  private long nextLine = 1;
  private Ending ending = Ending.END_OF_FILE;
  private Quotes quotes = Quotes.WELL_FORMED;

  /**
   * A scanner before the first record; it closes {@code in}. A byte order mark is skipped.
   *
   * @param delimiter an ASCII character between fields
   */
  CsvScanner(InputStream in, char delimiter) throws IOException {
    this.in = in;
    this.delimiter = delimiter;
    limit = in.readNBytes(buffer, 0, 3);
    boolean byteOrderMark =
        limit == 3
            && buffer[0] == (byte) 0xEF
            && buffer[1] == (byte) 0xBB
            && buffer[2] == (byte) 0xBF;
    position = byteOrderMark ? 3 : 0;
  }

  /** Moves to the next record; false at the end of the file. */
  boolean next() throws IOException {
    line = nextLine;
    length = 0;
    allBits = 0;
    fields = 1;
    quotes = Quotes.WELL_FORMED;
    int c = peek();
    if (c == END) {
      return false;
    }
    c = field();
    while (c == delimiter) {
      keep(delimiter);
      fields++;
      c = field();
    }
    if (c == '\r' && peek() == '\n') {
      position++;
      ending = Ending.CR_LF;
    } else {
      ending = c == END ? Ending.END_OF_FILE : c == '\r' ? Ending.CR : Ending.LF;
    }
    nextLine++;
    return true;
  }

  /** Reads a field and what follows it, which it returns: the delimiter, LF, CR or the end. */
  private int field() throws IOException {
    if (peek() == '"') {
      quotedPart();
    }
    while (true) {
      int from = position;
      while (position < limit) {
        int c = buffer[position];
        if (c == delimiter || c == '\n' || c == '\r') {
          keep(from, position);
          position++;
          return c;
        }
        position++;
      }
      keep(from, position);
      if (peek() == END) {
        return END;
      }
    }
  }

  private void quotedPart() throws IOException {
    keep('"');
    position++;
    while (true) {
      int c = peek();
      if (c == END) {
        quotes = Quotes.NOT_CLOSED;
        return;
      }
      keep(c);
      position++;
      if (c == '\n' || (c == '\r' && peek() != '\n')) {
        nextLine++;
      } else if (c == '"') {
        if (peek() != '"') {
          break;
        }
        keep('"');
        position++;
      }
    }
    int after = peek();
    if (after != delimiter && after != '\n' && after != '\r' && after != END) {
      quotes = Quotes.TEXT_AFTER;
    }
  }

  private int peek() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer, 0, buffer.length));
      if (limit == 0) {
        return END;
      }
    }
    return buffer[position] & 0xFF;
  }

  private void keep(int c) {
    allBits |= c;
    if (room(1)) {
      record[length++] = (byte) c;
    }
  }

  private void keep(int from, int to) {
    for (int i = from; i < to; i++) {
      allBits |= buffer[i];
    }
    if (room(to - from)) {
      System.arraycopy(buffer, from, record, length, to - from);
      length += to - from;
    }
  }

  private boolean room(int bytes) {
    if (length + bytes > MOST_KEPT) {
      return false;
    }
    if (length + bytes > record.length) {
      record = Arrays.copyOf(record, Math.max(2 * record.length, length + bytes));
    }
    return true;
  }

  /** Line of the record's beginning, counted from 1. */
  long line() {
    return line;
  }

  /** Number of fields of the record. */
  int fields() {
    return fields;
  }

  /** Bytes of the record without its ending, as far as they are kept. */
  int length() {
    return length;
  }

  /** Whether the record is an empty line. */
  boolean blank() {
    return length == 0;
  }

  Ending ending() {
    return ending;
  }

  Quotes quotes() {
    return quotes;
  }

  /** Whether the record is well-formed UTF-8. */
  boolean utf8() {
    if ((allBits & 0x80) == 0 || length >= MOST_KEPT / 2) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(record, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The record as text; bytes that are not UTF-8 become replacement characters. */
  String text() {
    return new String(record, 0, length, StandardCharsets.UTF_8);
  }

  /** The fields of the record without their quotes. */
  List<String> values() {
    String text = text();
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    boolean first = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == delimiter && !quoted) {
        values.add(value.toString());
        value.setLength(0);
        first = true;
        continue;
      }
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        value.append(c);
        i++;
      } else if (c == '"' && (quoted || first)) {
        quoted = !quoted;
      } else {
        value.append(c);
      }
      first = false;
    }
    values.add(value.toString());
    return values;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
