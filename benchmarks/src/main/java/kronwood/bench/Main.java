package kronwood.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import kronwood.bench.compare.Compare;
import kronwood.bench.compare.PeerException;
import kronwood.bench.contest.DifferentAnswersException;
import kronwood.bench.micro.MicroBenchmarks;
import kronwood.bench.serve.ServiceLoad;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;

/** Starts the benchmarks: {@code jmh}, {@code compare} or {@code serve}. */
public final class Main {
  static final int SUCCESS = 0;

  /** A benchmark failed, or runs that must give the same answer did not. */
  static final int FAILURE = 1;

  /** The command line or a file it names is wrong. */
  static final int USAGE = 2;

  private static final String HELP =
      """
      Benchmarks of Kronwood.

        bench compare [options]             whole epochs, side by side in one run
        bench jmh [regex] [JMH options]     inner loops; -l lists them, -h shows the options
      """
          + ServiceLoad.HELP
          + "\n"
          + Compare.HELP;

  private Main() {}

  /**
   * Runs and ends the process: exit code 0, 1 if runs that must agree do not, 2 if the command line
   * is wrong.
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(args), out, err));
  }

  /** The same without ending the process. JMH itself writes to standard output. */
  static int run(List<String> args, PrintStream out, PrintStream err) {
    if (args.isEmpty()
        || List.of("help", "-h", "--help").contains(args.getFirst())
        || args.equals(List.of("compare", "--help"))) {
      out.print(HELP);
      return SUCCESS;
    }
    List<String> rest = args.subList(1, args.size());
    try {
      switch (args.getFirst()) {
        case "compare" -> Compare.run(rest, out, err);
        case "jmh" -> MicroBenchmarks.run(rest, out);
        case "serve" -> ServiceLoad.run(rest, out);
        default -> {
          err.println("unknown command '" + args.getFirst() + "', expected compare, jmh or serve");
          return USAGE;
        }
      }
      return SUCCESS;
    } catch (IllegalArgumentException | UncheckedIOException | CommandLineOptionException e) {
      err.println(e.getMessage());
      return USAGE;
    } catch (DifferentAnswersException | PeerException | RunnerException | IOException e) {
      err.println(args.getFirst() + " failed: " + e.getMessage());
      return FAILURE;
    }
  }
}
