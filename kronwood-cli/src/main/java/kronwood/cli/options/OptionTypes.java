package kronwood.cli.options;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kronwood.cli.report.ProgressMode;
import kronwood.data.Negatives;
import kronwood.gram.IdentityCoordinates;
import kronwood.input.PairStructure;
import kronwood.loss.Loss;
import kronwood.math.Precision;
import kronwood.plan.EngineChoice;
import kronwood.train.TrainingOptions;
import kronwood.tune.TunedParts;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Option values: what is accepted, and what is said of anything else. */
public final class OptionTypes {
  private OptionTypes() {}

  /** A whole number, at least 1. */
  public static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return (int) whole(value, 1, Integer.MAX_VALUE, "a whole number >= 1");
    }
  }

  /** A number of threads: more than any machine has processors would only take its memory. */
  static final class Threads implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return (int) whole(value, 1, 1024, "a whole number from 1 to 1024");
    }
  }

  /** A whole number, at least 0. */
  static final class CountOrNone implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return (int) whole(value, 0, Integer.MAX_VALUE, "a whole number >= 0");
    }
  }

  /** A whole number, at least 1, or {@link TrainingOptions#AUTO_BATCH} for {@code auto}. */
  static final class BatchSize implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return automatic(value)
          ? TrainingOptions.AUTO_BATCH
          : (int) whole(value, 1, Integer.MAX_VALUE, "auto or a whole number >= 1");
    }
  }

  /** A degree, at least 0, or {@link TrainingOptions#NO_AVERAGING} for {@code none}. */
  static final class Degree implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return value.equals("none")
          ? TrainingOptions.NO_AVERAGING
          : (int) whole(value, 0, 1000, "none or a whole number >= 0");
    }
  }

  /** A number from 0 to below 1. */
  static final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      return real(value, x -> x >= 0 && x < 1, "a number from 0 to below 1");
    }
  }

  /**
   * One of some named values. Its names are the candidates for completion.
   *
   * @param <T> the value
   */
  abstract static class OneOf<T> implements ITypeConverter<T>, Iterable<String> {
    private final Map<String, T> values = new LinkedHashMap<>();

    OneOf(Iterable<T> values, Function<T, String> name) {
      values.forEach(value -> this.values.put(name.apply(value), value));
    }

    @Override
    public final T convert(String name) {
      T value = values.get(name);
      if (value == null) {
        throw unfit(name, "one of " + String.join(", ", values.keySet()));
      }
      return value;
    }

    @Override
    public final Iterator<String> iterator() {
      return values.keySet().iterator();
    }
  }

  /** Name of the parts of a tuned model. */
  static final class TunedPartsName extends OneOf<TunedParts> {
    TunedPartsName() {
      super(List.of(TunedParts.values()), TunedParts::key);
    }
  }

  /** Name of a precision. */
  static final class PrecisionName extends OneOf<Precision> {
    PrecisionName() {
      super(List.of(Precision.values()), Precision::key);
    }
  }

  /** Any whole number. */
  static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      return whole(value, Long.MIN_VALUE, Long.MAX_VALUE, "a whole number");
    }
  }

  /** A finite number. */
  static final class Real implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      return real(value, _ -> true, "a number");
    }
  }

  /** A finite number above 0. */
  static final class Positive implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      return real(value, x -> x > 0, "a number > 0");
    }
  }

  /** A finite number, at least 0. */
  static final class NotNegative implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      return real(value, x -> x >= 0, "a number >= 0");
    }
  }

  /** A whole number, at least 1, or a share of rows. */
  static final class Last implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      return real(
          value,
          x -> x > 0 && (x < 1 || (x == Math.rint(x) && x <= Integer.MAX_VALUE)),
          "a whole number >= 1, or a share > 0 and < 1");
    }
  }

  /** A number above 0 and below 1. */
  public static final class Fraction implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
      return real(value, x -> x > 0 && x < 1, "a number > 0 and < 1");
    }
  }

  /** A finite number, or empty for {@code auto}. */
  static final class AutoOrNumber implements ITypeConverter<OptionalDouble> {
    @Override
    public OptionalDouble convert(String value) {
      return automatic(value)
          ? OptionalDouble.empty()
          : OptionalDouble.of(real(value, x -> true, "auto or a number"));
    }
  }

  /** A finite number above 0, or empty for {@code auto}. */
  static final class AutoOrPositive implements ITypeConverter<OptionalDouble> {
    @Override
    public OptionalDouble convert(String value) {
      return automatic(value)
          ? OptionalDouble.empty()
          : OptionalDouble.of(real(value, x -> x > 0, "auto or a number > 0"));
    }
  }

  /**
   * A number of bytes, such as {@code 1500000}, {@code 1.5M} or {@code 4G}: units of a thousand.
   */
  static final class Bytes implements ITypeConverter<Double> {
    private static final Pattern AMOUNT =
        Pattern.compile("(\\d{1,18}(?:\\.\\d{1,18})?) ?([KMG]?)B?", Pattern.CASE_INSENSITIVE);

    @Override
    public Double convert(String value) {
      Matcher amount = AMOUNT.matcher(value);
      if (amount.matches()) {
        int thousands = "KMG".indexOf(amount.group(2).toUpperCase(Locale.ROOT)) + 1;
        int power = amount.group(2).isEmpty() ? 0 : 3 * thousands;
        double bytes = new BigDecimal(amount.group(1)).scaleByPowerOfTen(power).doubleValue();
        if (bytes >= 1) {
          return bytes;
        }
      }
      throw unfit(value, "bytes such as 1500000, 800M or 4G");
    }
  }

  /** Name of a loss. */
  public static final class LossName extends OneOf<String> {
    LossName() {
      super(Loss.KEYS, key -> key);
    }
  }

  /** Name of an engine. */
  static final class EngineName extends OneOf<EngineChoice> {
    EngineName() {
      super(List.of(EngineChoice.values()), EngineChoice::key);
    }
  }

  /** Name of coordinates of identities. */
  static final class IdentityCoordinatesName extends OneOf<IdentityCoordinates> {
    IdentityCoordinatesName() {
      super(List.of(IdentityCoordinates.values()), IdentityCoordinates::key);
    }
  }

  /** Name of a pair structure. */
  static final class StructureName extends OneOf<PairStructure> {
    StructureName() {
      super(List.of(PairStructure.values()), PairStructure::key);
    }
  }

  /** Name of a progress display. */
  public static final class ProgressName extends OneOf<ProgressMode> {
    public ProgressName() {
      super(List.of(ProgressMode.values()), ProgressMode::key);
    }
  }

  private static boolean automatic(String value) {
    return value.equals("auto");
  }

  private static long whole(String value, long least, long most, String expected) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
      throw unfit(value, number > most ? expected + " and at most " + most : expected);
    } catch (NumberFormatException e) {
      throw unfit(value, expected);
    }
  }

  private static double real(String value, DoublePredicate range, String expected) {
    try {
      double number = Double.parseDouble(value);
      if (Double.isFinite(number) && range.test(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw unfit(value, expected);
    }
    throw unfit(value, expected);
  }

  private static TypeConversionException unfit(String value, String expected) {
    return new TypeConversionException("found '" + value + "', expected " + expected);
  }

  /** How negatives are drawn. */
  static final class NegativesByName extends OneOf<String> {
    static final String POPULARITY = "popularity";

    NegativesByName() {
      super(List.of("uniform", POPULARITY), key -> key);
    }
  }

  /** From {@code all} or {@code sample:N}. */
  public static final class NegativesName implements ITypeConverter<Negatives> {
    private static final String SAMPLE = "sample:";

    @Override
    public Negatives convert(String value) {
      if (value.equals("all")) {
        return Negatives.ALL;
      }
      if (value.startsWith(SAMPLE)) {
        try {
          int perPositive = Integer.parseInt(value.substring(SAMPLE.length()));
          if (perPositive > 0) {
            return new Negatives(perPositive);
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
