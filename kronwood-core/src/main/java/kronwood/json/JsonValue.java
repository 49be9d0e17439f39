package kronwood.json;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that knows where it stands, so that what is missing or of the wrong kind is refused
 * with its path, such as {@code kronwood.tables[0].name}.
 *
 * <p>Every method that expects a kind of value throws {@link IllegalArgumentException} if it is of
 * another. None takes more memory than what it returns, however large the value.
 */
public final class JsonValue {
  /**
   * No number that comes from features in single precision is larger: what holds one that is was
   * damaged, and would lead to results that are not finite.
   */
  public static final double LARGEST = 1e100;

  private final @Nullable JsonValue parent;
  private final String step;
  private final @Nullable Object value;

  private JsonValue(@Nullable JsonValue parent, String step, @Nullable Object value) {
    this.parent = parent;
    this.step = step;
    this.value = value;
  }

  /**
   * The value of a whole document.
   *
   * @param name for messages
   * @throws IllegalArgumentException as {@link Json#read}
   */
  public static JsonValue read(String name, String text) {
    return new JsonValue(null, name, Json.read(text));
  }

  /**
   * What is written for a real number: itself, null for NaN, or {@code "Infinity"} or {@code
   * "-Infinity"}, because JSON has no such numbers.
   */
  public static @Nullable Object ofReal(double number) {
    if (Double.isNaN(number)) {
      return null;
    }
    return Double.isInfinite(number) ? Double.toString(number) : (Object) number;
  }

  /** Where the value stands. */
  public String path() {
    return parent == null ? step : parent.path() + Json.shorten(step);
  }

  /** Keys of an object, in order. */
  public Set<String> keys() {
    return object().keySet();
  }

  /** The value of a key that must be there. */
  public JsonValue at(String key) {
    Object found = object().get(key);
    if (found == null && !object().containsKey(key)) {
      throw new IllegalArgumentException("there is no " + path() + "." + key);
    }
    return new JsonValue(this, "." + key, found);
  }

  // Json.read makes no objects with other keys.
  @SuppressWarnings("unchecked")
  private Map<String, Object> object() {
    if (value instanceof Map<?, ?> object) {
      return (Map<String, Object>) object;
    }
    throw unexpected("an object");
  }

  /** Elements of an array. */
  public List<JsonValue> items() {
    if (!(value instanceof List<?> array)) {
      throw unexpected("an array");
    }
    return new AbstractList<>() {
      @Override
      public JsonValue get(int index) {
        return new JsonValue(JsonValue.this, "[" + index + "]", array.get(index));
      }

      @Override
      public int size() {
        return array.size();
      }
    };
  }

  /** A string. */
  public String text() {
    if (value instanceof String text) {
      return text;
    }
    throw unexpected("a string");
  }

  /** The strings of an array. */
  public List<String> texts() {
    return items().stream().map(JsonValue::text).toList();
  }

  /** A whole number ≥ 0. */
  public long count() {
    if (value instanceof Long number && number >= 0) {
      return number;
    }
    throw unexpected("a whole number >= 0");
  }

  /** The whole numbers ≥ 0 of an array. */
  public List<Long> counts() {
    return items().stream().map(JsonValue::count).toList();
  }

  /** A real number, as {@link #ofReal} writes it. */
  public double real() {
    return switch (value) {
      case Double number -> number;
      case Long number -> number;
      case String text when text.equals("Infinity") -> Double.POSITIVE_INFINITY;
      case String text when text.equals("-Infinity") -> Double.NEGATIVE_INFINITY;
      case null -> Double.NaN;
      default -> throw unexpected("a number");
    };
  }

  /** A real number that is finite, and no larger than {@link #LARGEST}. */
  public double finite() {
    double number = real();
    if (!(Math.abs(number) <= LARGEST)) {
      throw unexpected("a number up to " + LARGEST);
    }
    return number;
  }

  /** As true or false. */
  public boolean bool() {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw unexpected("true or false");
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException(
        path() + " is " + Json.shorten(Json.write(value)) + ", expected " + expected);
  }
}
