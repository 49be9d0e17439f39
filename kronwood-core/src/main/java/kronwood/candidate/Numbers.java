package kronwood.candidate;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people. */
public final class Numbers {
  private static final MathContext DIGITS = new MathContext(4);

  private Numbers() {}

  /** Four digits, without zeros at the end. */
  public static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return Math.abs(rounded.scale()) > 6 ? rounded.toString() : rounded.toPlainString();
  }
}
