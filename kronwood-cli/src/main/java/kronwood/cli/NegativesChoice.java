package kronwood.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Which pairs that are not listed are trained on as negatives.
 *
 * @param perPositive how many for each positive, 0 for all
 */
record NegativesChoice(int perPositive) {

  /** Whether not all of them are. */
  boolean samples() {
    return perPositive > 0;
  }

  @Override
  public String toString() {
    return samples() ? "sample:" + perPositive : "all";
  }

  /** From {@code all} or {@code sample:N}. */
  static final class Converter implements ITypeConverter<NegativesChoice> {
    private static final String SAMPLE = "sample:";

    @Override
    public NegativesChoice convert(String value) {
      if (value.equals("all")) {
        return new NegativesChoice(0);
      }
      if (value.startsWith(SAMPLE)) {
        try {
          int perPositive = Integer.parseInt(value.substring(SAMPLE.length()));
          if (perPositive > 0) {
            return new NegativesChoice(perPositive);
          }
        } catch (NumberFormatException e) {
          throw unfit(value);
        }
      }
      throw unfit(value);
    }

    private static TypeConversionException unfit(String value) {
      return new TypeConversionException(
          "found '" + value + "', expected all or sample:N with N >= 1, such as sample:5");
    }
  }
}
