package kronwood.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one JSON text. */
final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder();
  private int depth;

  StringBuilder write(@Nullable Object value) {
    switch (value) {
      case null -> out.append("null");
      case String string -> string(string);
      case Boolean bool -> out.append(bool.booleanValue());
      case Long number -> out.append(number.longValue());
      case Double number -> number(number);
      case Map<?, ?> object -> object(object);
      case List<?> array -> array(array);
      default ->
          throw new IllegalArgumentException("JSON has no " + value.getClass().getSimpleName());
    }
    return out;
  }

  private void object(Map<?, ?> object) {
    enter('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      out.append(separator);
      separator = ",";
      if (!(entry.getKey() instanceof String key)) {
        throw new IllegalArgumentException("key " + entry.getKey() + " is not a string");
      }
      string(key);
      out.append(':');
      write(entry.getValue());
    }
    leave('}');
  }

  private void array(List<?> array) {
    enter('[');
    String separator = "";
    for (Object element : array) {
      out.append(separator);
      separator = ",";
      write(element);
    }
    leave(']');
  }

  private void enter(char open) {
    if (++depth > Json.DEPTH_LIMIT) {
      throw new IllegalArgumentException("nesting deeper than " + Json.DEPTH_LIMIT);
    }
    out.append(open);
  }

  private void leave(char close) {
    depth--;
    out.append(close);
  }

  private void number(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has no number " + number);
    }
    out.append(number);
  }

  private void string(String string) {
    int unpaired = Json.unpairedSurrogate(string);
    if (unpaired >= 0) {
      throw new IllegalArgumentException(
          "character " + (unpaired + 1) + " of a text is half a surrogate pair");
    }
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
