package kronwood.bench.micro;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The command {@code jmh}: JMH's own command line, and the ratios of the pairs below its results.
 */
public final class MicroBenchmarks {
  private MicroBenchmarks() {}

  /**
   * Runs the benchmarks whose name matches.
   *
   * @param args regular expressions and JMH options
   * @param out where the ratios go; JMH writes to standard output
   * @throws IllegalArgumentException if no benchmark has such a name
   * @throws CommandLineOptionException if JMH does not know an option
   * @throws RunnerException if a benchmark fails, for example because its results are wrong
   */
  public static void run(List<String> args, PrintStream out)
      throws CommandLineOptionException, RunnerException, IOException {
    CommandLineOptions options = new CommandLineOptions(args.toArray(String[]::new));
    // JMH would print the failure, a wrong result for example, and go on.
    boolean failOnError = options.shouldFailOnError().orElse(true);
    Runner runner =
        new Runner(new OptionsBuilder().parent(options).shouldFailOnError(failOnError).build());
    if (options.shouldHelp()) {
      options.showHelp();
    } else if (options.shouldList()) {
      runner.list();
    } else if (options.shouldListWithParams()) {
      runner.listWithParams(options);
    } else if (options.shouldListProfilers()) {
      options.listProfilers();
    } else if (options.shouldListResultFormats()) {
      options.listResultFormats();
    } else {
      List<Score> scores = new ArrayList<>();
      try {
        runner.run().forEach(result -> scores.add(Score.of(result)));
      } catch (NoBenchmarksException e) {
        throw new IllegalArgumentException(
            "no benchmark is called like " + String.join(" ", args) + "; jmh -l lists them", e);
      }
      out.println();
      Score.pairs(scores).forEach(out::println);
    }
  }
}
