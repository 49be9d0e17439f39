package kronwood.bench.compare;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import kronwood.bench.compare.CompareOptions.Case;
import kronwood.bench.compare.CompareOptions.Peer;
import kronwood.math.Precision;
import org.jspecify.annotations.Nullable;

/** Reads the command line of {@code compare}. */
final class OptionsParser {
  private static final String EXPECTED =
      "--cases, --repeats, --seed, --neurons, --batch, --precision, --threads, --pairs, --peers,"
          + " --peer-batches, --quick, --digits or --davis";

  private final Deque<String> words;
  private @Nullable List<Case> cases;
  private int repeats = 5;
  private long seed = 1;
  private boolean quick;
  private OptionalInt neurons = OptionalInt.empty();
  private OptionalInt batch = OptionalInt.empty();
  private Optional<Precision> precision = Optional.empty();
  private OptionalInt threads = OptionalInt.empty();
  private int pairs = 1_000_000;
  private List<Peer> peers = List.of();
  private int peerBatches = 60;
  private Path digits = Path.of("examples", "digits");
  private @Nullable Path davis;

  private OptionsParser(Deque<String> words) {
    this.words = words;
  }

  /**
   * The options; an option's value follows it or stands behind {@code =}. With peers and without
   * cases, the case {@code peers} alone.
   *
   * @throws IllegalArgumentException naming what is wrong and what was expected
   */
  static CompareOptions parse(List<String> args) {
    OptionsParser parser = new OptionsParser(words(args));
    while (!parser.words.isEmpty()) {
      parser.option(parser.words.remove());
    }
    return parser.options();
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

  private void option(String option) {
    switch (option) {
      case "--cases" -> cases = items(option).map(Case::of).distinct().toList();
      case "--repeats" -> repeats = number(option, 1, 1000);
      case "--seed" -> seed = number(option, Long.MIN_VALUE, Long.MAX_VALUE);
      case "--neurons" -> neurons = OptionalInt.of(neurons(option));
      case "--batch" -> batch = OptionalInt.of(number(option, 1, 1_000_000));
      case "--precision" -> precision = Optional.of(Precision.of(value(option)));
      case "--threads" -> threads = OptionalInt.of(number(option, 1, 1024));
      case "--pairs" -> pairs = number(option, Grid.SMALLEST, Grid.LARGEST);
      case "--peers" -> peers = items(option).map(Peer::of).distinct().toList();
      case "--peer-batches" -> peerBatches = number(option, 1, Integer.MAX_VALUE);
      case "--quick" -> quick = true;
      case "--digits" -> digits = Path.of(value(option));
      case "--davis" -> davis = Path.of(value(option));
      default ->
          throw new IllegalArgumentException(
              "unknown option '" + option + "', expected " + EXPECTED);
    }
  }

  private CompareOptions options() {
    List<Case> chosen = cases;
    if (chosen == null) {
      chosen = peers.isEmpty() ? Case.USUAL : List.of(Case.PEERS);
    }
    return new CompareOptions(
        chosen,
        repeats,
        seed,
        quick,
        neurons,
        batch,
        precision,
        threads,
        pairs,
        peers,
        peerBatches,
        digits,
        davis);
  }

  private String value(String option) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("option " + option + " needs a value");
    }
    return words.remove();
  }

  private Stream<String> items(String option) {
    return Arrays.stream(value(option).split(",", -1)).map(String::strip);
  }

  private int neurons(String option) {
    int count = number(option, 2, 1 << 20);
    if (count % 2 != 0) {
      throw new IllegalArgumentException(
          "option " + option + " is " + count + ", expected an even number");
    }
    return count;
  }

  private int number(String option, int least, int most) {
    return Math.toIntExact(number(option, (long) least, (long) most));
  }

  private long number(String option, long least, long most) {
    String value = value(option);
    long number;
    try {
      number = Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "option " + option + " has the value '" + value + "', expected a whole number", e);
    }
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          "option " + option + " is " + value + ", expected " + least + " to " + most);
    }
    return number;
  }
}
