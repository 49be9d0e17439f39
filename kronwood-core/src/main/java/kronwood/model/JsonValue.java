package kronwood.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that knows where it stands, so that what is missing or of the wrong kind is refused
 * with its path.
 *
 * @param path for messages, such as {@code kronwood.tables[0].name}
 * @param value as {@link Json} reads it
 */
record JsonValue(String path, @Nullable Object value) {
  private static final int LONGEST_QUOTE = 60;

  /**
   * What is written for a real number: itself, null for NaN, or {@code "Infinity"} or {@code
   * "-Infinity"}, because JSON has no such numbers.
   */
  static @Nullable Object ofReal(double number) {
    if (Double.isNaN(number)) {
      return null;
    }
    return Double.isInfinite(number) ? Double.toString(number) : (Object) number;
  }

  /** The value of a key that must be there. */
  JsonValue at(String key) {
    JsonValue found = fields().get(key);
    if (found == null) {
      throw new IllegalArgumentException("there is no " + path + "." + key);
    }
    return found;
  }

  /** Keys and values of an object. */
  Map<String, JsonValue> fields() {
    if (!(value instanceof Map<?, ?> object)) {
      throw unexpected("an object");
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    object.forEach((key, field) -> fields.put((String) key, new JsonValue(path + "." + key, field)));
    return fields;
  }

  /** Elements of an array. */
  List<JsonValue> items() {
    if (!(value instanceof List<?> array)) {
      throw unexpected("an array");
    }
    List<JsonValue> items = new ArrayList<>(array.size());
    for (Object item : array) {
      items.add(new JsonValue(path + "[" + items.size() + "]", item));
    }
    return items;
  }

  /** A string. */
  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw unexpected("a string");
  }

  /** The strings of an array. */
  List<String> texts() {
    return items().stream().map(JsonValue::text).toList();
  }

  /** A whole number ≥ 0. */
  long count() {
    if (value instanceof Long number && number >= 0) {
      return number;
    }
    throw unexpected("a whole number >= 0");
  }

  /** A real number, as {@link #ofReal} writes it. */
  double real() {
    return switch (value) {
      case Double number -> number;
      case Long number -> number;
      case String text when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
      case String text when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
      case null -> Double.NaN;
      default -> throw unexpected("a number");
    };
  }

  private IllegalArgumentException unexpected(String expected) {
    String found = Json.write(value);
    if (found.length() > LONGEST_QUOTE) {
      found = found.substring(0, LONGEST_QUOTE) + "…";
    }
    return new IllegalArgumentException(path + " is " + found + ", expected " + expected);
  }
}
