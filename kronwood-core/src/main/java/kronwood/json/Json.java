package kronwood.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as RFC 8259 defines it, strictly: what is not valid is refused, never repaired.
 *
 * <p>Values are {@link Map} with string keys in the order given ({@code LinkedHashMap} when read),
 * {@link List}, {@link String}, {@link Long}, {@link Double}, {@link Boolean} and null. A number
 * without fraction and exponent that fits is read as a {@code Long}, every other as the nearest
 * {@code Double}. Both directions are exact: {@code read(write(v))} equals v.
 */
public final class Json {
  /** Arrays and objects inside each other beyond this depth are refused. */
  static final int DEPTH_LIMIT = 64;

  private static final int LONGEST_QUOTE = 60;

  private Json() {}

  /**
   * Reads one value that is the whole text.
   *
   * @throws IllegalArgumentException if the text is not valid JSON, an object has the same key
   *     twice, a string holds half a surrogate pair, a number exceeds the range of double, or
   *     nesting is deeper than {@link #DEPTH_LIMIT}; the message gives the position, counted from 1
   */
  static @Nullable Object read(String text) {
    return new JsonReader(text).readAll();
  }

  /**
   * Writes a value on one line without spaces.
   *
   * @throws IllegalArgumentException if it is of none of the types above, a number is NaN or
   *     infinite, a string holds half a surrogate pair, or nesting is deeper than {@link
   *     #DEPTH_LIMIT}
   */
  public static String write(@Nullable Object value) {
    return new JsonWriter().write(value).toString();
  }

  /** Position of the first surrogate without its other half, or −1 if the text is well-formed. */
  public static int unpairedSurrogate(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** A text as it is, or if it is long its beginning, for messages. */
  public static String shorten(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
