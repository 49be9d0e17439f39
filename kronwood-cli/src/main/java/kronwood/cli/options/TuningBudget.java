package kronwood.cli.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What may be spent on choices.
 *
 * @param seconds time, or infinite
 * @param trials number of trials, or {@link Integer#MAX_VALUE}
 * @param text as it was typed
 */
record TuningBudget(double seconds, int trials, String text) {
  @Override
  public String toString() {
    return text;
  }

  /** From {@code 60s}, {@code 5m}, {@code 1h} or a number of trials. */
  static final class Converter implements ITypeConverter<TuningBudget> {
    private static final Pattern TIME = Pattern.compile("([0-9]*\\.?[0-9]+)(s|m|h)");
    private static final Pattern TRIALS = Pattern.compile("[0-9]{1,9}");

    @Override
    public TuningBudget convert(String value) {
      Matcher time = TIME.matcher(value);
      if (time.matches() && Double.parseDouble(time.group(1)) > 0) {
        int unit =
            switch (time.group(2)) {
              case "s" -> 1;
              case "m" -> 60;
              default -> 3600;
            };
        return new TuningBudget(unit * Double.parseDouble(time.group(1)), Integer.MAX_VALUE, value);
      }
      if (TRIALS.matcher(value).matches() && Integer.parseInt(value) > 0) {
        return new TuningBudget(Double.POSITIVE_INFINITY, Integer.parseInt(value), value);
      }
      throw new TypeConversionException(
          "found '"
              + value
              + "', expected a time such as 60s, 5m or 1h, or a number of trials such as 20");
    }
  }
}
