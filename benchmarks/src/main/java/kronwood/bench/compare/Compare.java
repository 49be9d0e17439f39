package kronwood.bench.compare;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import kronwood.math.Kernels;

/** The command {@code compare}: runs the chosen cases and prints their tables as Markdown. */
public final class Compare {
  /** Its options. */
  public static final String HELP =
      """
      Options of compare
        --cases LIST    of dimension, engines, width, davis; all of them by default
        --repeats N     timed runs of each side, 5 by default
        --seed N        seed of data and networks, 1 by default
        --digits DIR    folder of the digits example, examples/digits by default
        --davis DIR     folder of the Davis data; without it, that case is skipped
        --quick         toy sizes: shows that everything runs, its times mean nothing

      Exit codes: 0 done, 1 runs that must give the same answer did not, 2 wrong command line.
      """;

  private Compare() {}

  /**
   * Runs the command.
   *
   * @param out tables
   * @param err progress
   * @throws IllegalArgumentException if an option is unknown or has a bad value
   * @throws DifferentAnswersException if runs that must agree do not
   */
  public static void run(List<String> args, PrintStream out, PrintStream err) {
    CompareOptions options = CompareOptions.parse(args);
    out.println(machine());
    out.println(settings(options));
    Cases cases = new Cases(options, note -> out.println("\nNote: " + note));
    for (CompareOptions.Case which : options.cases()) {
      for (Comparison comparison : cases.of(which)) {
        List<Measured> measured = Interleaved.run(comparison, options.repeats(), err::println);
        out.println();
        out.println("### " + comparison.name() + ": " + comparison.question());
        out.println();
        Table.of(measured).lines().forEach(out::println);
        out.println();
        comparison.remarks().apply(measured).forEach(out::println);
      }
    }
  }

  private static String machine() {
    return String.format(
        Locale.ROOT,
        "Java %s, kernels %s, %d processors, load average %.1f.",
        Runtime.version().feature(),
        Kernels.active().description(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String settings(CompareOptions options) {
    return String.format(
        Locale.ROOT,
        "One thread; median of %d epochs a side, from %d runs taken in turn%s; seed %d.",
        options.repeats() * (Interleaved.EPOCHS - Measured.WARM_UP_EPOCHS),
        options.repeats(),
        options.quick() ? "; toy sizes, times mean nothing" : "",
        options.seed());
  }
}
