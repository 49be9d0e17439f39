package kronwood.report.page;

import java.util.Locale;

/**
 * One cell of a table.
 *
 * @param text what a person reads
 * @param value the number behind the text with all its digits, NaN for a cell that is a text
 * @param numeric true if the cell holds a number, also an undefined one: it is written at the right
 */
public record Cell(String text, double value, boolean numeric) {

  /** A text. */
  public static Cell of(String text) {
    return new Cell(text, Double.NaN, false);
  }

  /** A number with four decimals, or four significant digits where these say too little. */
  public static Cell of(double value) {
    return new Cell(text(value), value, true);
  }

  /** A whole number. */
  public static Cell of(long value) {
    return new Cell(String.format(Locale.ROOT, "%,d", value), value, true);
  }

  /** A number that is written as {@code text}. */
  public static Cell of(String text, double value) {
    return new Cell(text, value, true);
  }

  /** Four decimals where these say enough, else four significant digits; – if undefined. */
  public static String text(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    boolean plain = value == 0 || (size >= 1e-3 && size < 1e6);
    return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", value);
  }

  /** The cell for a machine: all digits of a number, nothing if it is undefined. */
  String plain() {
    if (!numeric) {
      return text;
    }
    if (!Double.isFinite(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
