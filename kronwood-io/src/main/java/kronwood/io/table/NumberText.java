package kronwood.io.table;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as they are written in tables: decimal point, optional exponent, surrounding spaces. */
public final class NumberText {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern COMMA = Pattern.compile("[+-]?[0-9]+,[0-9]+(?:[eE][+-]?[0-9]+)?");

  private NumberText() {}

  /** Whether {@code text} is a finite decimal number, whatever its size. */
  public static boolean isNumber(String text) {
    return DECIMAL.matcher(text.strip()).matches();
  }

  /** Whether {@code text} would be a number with a point in place of its comma. */
  public static boolean hasDecimalComma(String text) {
    return COMMA.matcher(text).matches();
  }

  /**
   * The number as a float; {@code true} is 1 and {@code false} is 0.
   *
   * @throws NotANumber if it is none, not finite, or too large for a float
   */
  public static float parse(String text) throws NotANumber {
    String number = text.strip();
    if (isNumber(number)) {
      return narrow(Double.parseDouble(number), number);
    }
    return switch (number.toLowerCase(Locale.ROOT)) {
      case "true" -> 1;
      case "false" -> 0;
      case "nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity" ->
          throw new NotANumber("found " + Listing.quoted(text) + ", expected a finite number");
      case "" -> throw new NotANumber("the cell is empty, expected a number");
      default ->
          throw new NotANumber(
              "found "
                  + Listing.quoted(text)
                  + ", expected a number"
                  + (hasDecimalComma(number) ? " with a decimal point" : ""));
    };
  }

  /**
   * A double as a float.
   *
   * @throws NotANumber if it is not finite or too large for a float
   */
  public static float narrow(double value, String text) throws NotANumber {
    float narrowed = (float) value;
    if (!Float.isFinite(narrowed)) {
      throw new NotANumber(
          Double.isNaN(value) || Double.isInfinite(value)
              ? "found " + Listing.quoted(text) + ", expected a finite number"
              : "found " + Listing.quoted(text) + ", which is too large, expected at most 3.4e38");
    }
    return narrowed;
  }

  /** A text is not a usable number; the message says what was found and expected. */
  public static final class NotANumber extends Exception {
    private static final long serialVersionUID = 1L;

    public NotANumber(String message) {
      super(message, null, false, false);
    }

    /** What was found and what was expected. */
    public String problem() {
      return String.valueOf(getMessage());
    }
  }
}
