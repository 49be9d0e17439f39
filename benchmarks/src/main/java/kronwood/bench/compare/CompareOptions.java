package kronwood.bench.compare;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@code compare}.
 *
 * @param cases which cases to run, in that order
 * @param repeats timed runs of each contestant
 * @param seed of data and networks
 * @param quick toy sizes: shows that the harness works, its times mean nothing
 * @param digits folder of the digits example
 * @param davis folder of the Davis data, null: without
 */
record CompareOptions(
    List<Case> cases, int repeats, long seed, boolean quick, Path digits, @Nullable Path davis) {

  static final CompareOptions DEFAULT =
      new CompareOptions(List.of(Case.values()), 5, 1, false, Path.of("examples", "digits"), null);

  /** What can be compared. */
  enum Case {
    /** Few features against many: does the time of an epoch depend on d? */
    DIMENSION,
    /** Eager against dense, on problems where both can run. */
    ENGINES,
    /** Widths side by side: what does a query cost? */
    WIDTH,
    /** Real data. */
    DAVIS;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Case of(String key) {
      for (Case known : values()) {
        if (known.key().equals(key)) {
          return known;
        }
      }
      throw new IllegalArgumentException(
          "unknown case '"
              + key
              + "', expected one or several of "
              + String.join(",", Arrays.stream(values()).map(Case::key).toList()));
    }
  }

  CompareOptions {
    cases = List.copyOf(cases);
  }

  /**
   * Reads a command line; an option's value follows it or stands behind {@code =}.
   *
   * @throws IllegalArgumentException naming what is wrong and what was expected
   */
  static CompareOptions parse(List<String> args) {
    List<Case> cases = DEFAULT.cases;
    int repeats = DEFAULT.repeats;
    long seed = DEFAULT.seed;
    boolean quick = DEFAULT.quick;
    Path digits = DEFAULT.digits;
    Path davis = DEFAULT.davis;
    Deque<String> words = words(args);
    while (!words.isEmpty()) {
      String option = words.remove();
      switch (option) {
        case "--cases" -> cases = cases(value(option, words));
        case "--repeats" -> repeats = repeats(value(option, words));
        case "--seed" -> seed = number(option, value(option, words));
        case "--quick" -> quick = true;
        case "--digits" -> digits = Path.of(value(option, words));
        case "--davis" -> davis = Path.of(value(option, words));
        default ->
            throw new IllegalArgumentException(
                "unknown option '"
                    + option
                    + "', expected --cases, --repeats, --seed, --quick, --digits or --davis");
      }
    }
    return new CompareOptions(cases, repeats, seed, quick, digits, davis);
  }

  private static Deque<String> words(List<String> args) {
    Deque<String> words = new ArrayDeque<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (arg.startsWith("--") && equals > 0) {
        words.add(arg.substring(0, equals));
        words.add(arg.substring(equals + 1));
      } else {
        words.add(arg);
      }
    }
    return words;
  }

  private static String value(String option, Deque<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("option " + option + " needs a value");
    }
    return words.remove();
  }

  private static List<Case> cases(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::strip).map(Case::of).distinct().toList();
  }

  private static int repeats(String value) {
    long repeats = number("--repeats", value);
    if (repeats < 1 || repeats > 1000) {
      throw new IllegalArgumentException("option --repeats is " + value + ", expected 1 to 1000");
    }
    return (int) repeats;
  }

  private static long number(String option, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "option " + option + " has the value '" + value + "', expected a whole number", e);
    }
  }
}
