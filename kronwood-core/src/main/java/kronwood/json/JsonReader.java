package kronwood.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON text by recursive descent, one method per rule of the grammar. */
final class JsonReader {
  private static final int END = -1;

  private final String text;
  private int position;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  @Nullable Object readAll() {
    skipSpace();
    Object value = value();
    skipSpace();
    if (peek() != END) {
      throw unexpected("the end of the text");
    }
    return value;
  }

  private @Nullable Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> literal("true", Boolean.TRUE);
      case 'f' -> literal("false", Boolean.FALSE);
      case 'n' -> literal("null", null);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw unexpected("a value");
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    enter();
    if (peek() != '}') {
      do {
        skipSpace();
        int start = position;
        if (peek() != '"') {
          throw unexpected("a key in quotes");
        }
        String key = string();
        skipSpace();
        expect(':');
        skipSpace();
        if (object.containsKey(key)) {
          throw error("the key " + Json.shorten(Json.write(key)) + " occurs twice", start);
        }
        object.put(key, value());
        skipSpace();
      } while (another('}'));
    }
    leave('}');
    return object;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> array = new ArrayList<>();
    enter();
    if (peek() != ']') {
      do {
        skipSpace();
        array.add(value());
        skipSpace();
      } while (another(']'));
    }
    leave(']');
    return array;
  }

  private void enter() {
    if (++depth > Json.DEPTH_LIMIT) {
      throw error("nesting deeper than " + Json.DEPTH_LIMIT, position);
    }
    position++;
    skipSpace();
  }

  /** Whether a comma, and so another element, follows; if not, {@code close} must. */
  private boolean another(char close) {
    if (peek() == ',') {
      position++;
      return true;
    }
    if (peek() != close) {
      throw unexpected("',' or '" + close + "'");
    }
    return false;
  }

  private void leave(char close) {
    expect(close);
    depth--;
  }

  private String string() {
    int start = position++;
    StringBuilder string = new StringBuilder();
    while (true) {
      int c = peek();
      if (c == END) {
        throw error("the string that begins here does not end", start);
      }
      if (c < ' ') {
        throw error(
            String.format(Locale.ROOT, "control character U+%04X in a string", c), position);
      }
      position++;
      if (c == '"') {
        break;
      }
      string.append(c == '\\' ? escape() : (char) c);
    }
    if (Json.unpairedSurrogate(string) >= 0) {
      throw error("the string that begins here holds half a surrogate pair", start);
    }
    return string.toString();
  }

  private char escape() {
    int c = peek();
    char meant =
        switch (c) {
          case '"', '\\', '/' -> (char) c;
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'u' -> unicode();
          default -> throw unexpected("one of \" \\ / b f n r t u after '\\'");
        };
    position++;
    return meant;
  }

  /** Reads four hexadecimal digits and stops at the last. */
  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      position++;
      int c = peek();
      // Character.digit would take digits of other scripts too.
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw unexpected("four hexadecimal digits after '\\u'");
      }
      code = 16 * code + digit;
    }
    return (char) code;
  }

  private Object number() {
    int start = position;
    boolean whole = true;
    if (peek() == '-') {
      position++;
    }
    if (peek() == '0') {
      position++;
    } else {
      digits();
    }
    if (peek() == '.') {
      whole = false;
      position++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      whole = false;
      position++;
      if (peek() == '+' || peek() == '-') {
        position++;
      }
      digits();
    }
    String number = text.substring(start, position);
    if (whole && number.length() <= 20) {
      try {
        return Long.valueOf(number);
      } catch (NumberFormatException e) {
        // Too large for a long: becomes a double.
      }
    }
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value)) {
      throw error("the number that begins here is too large", start);
    }
    return value;
  }

  private void digits() {
    if (!isDigit(peek())) {
      throw unexpected("a digit");
    }
    while (isDigit(peek())) {
      position++;
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private @Nullable Object literal(String word, @Nullable Object value) {
    if (!text.startsWith(word, position)) {
      throw unexpected("a value");
    }
    position += word.length();
    return value;
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      position++;
    }
  }

  private int peek() {
    return position < text.length() ? text.charAt(position) : END;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw unexpected("'" + c + "'");
    }
    position++;
  }

  private IllegalArgumentException unexpected(String expected) {
    int c = peek();
    String found =
        c == END
            ? "the text ends"
            : c > ' ' && c < 0x7f
                ? "found '" + (char) c + "'"
                : String.format(Locale.ROOT, "found U+%04X", c);
    return error(found + ", expected " + expected, position);
  }

  private static IllegalArgumentException error(String what, int position) {
    return new IllegalArgumentException(
        "invalid JSON at character " + (position + 1) + ": " + what);
  }
}
