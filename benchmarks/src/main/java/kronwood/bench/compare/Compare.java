package kronwood.bench.compare;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import kronwood.bench.contest.Comparison;
import kronwood.bench.contest.Interleaved;
import kronwood.bench.contest.Measured;
import kronwood.math.kernel.Kernels;

/** The command {@code compare}: runs the chosen cases and prints their tables as Markdown. */
public final class Compare {
  /** Its options. */
  public static final String HELP =
      """
      Options of compare
        --cases LIST        of those below; by default dimension, engines, width and davis
        --repeats N         timed runs of each side, 5 by default
        --seed N            seed of data and networks, 1 by default
        --neurons M         width of networks, except in width and wide; each case has its own
        --batch S           samples per step; 64 by default, in paper 16
        --precision P       of what block keeps, single or double; double in dimension, engines,
                            width and davis, single in the others by default
        --threads N         threads of each side: 1 by default, with --peers all processors
        --pairs N           largest grid in the case grid, 1000000 by default
        --peers pytorch     runs the case peers (downloads 120 MB at first use)
        --peer-batches N    times that many batches of a peer and scales up; 60 by default
        --digits DIR        folder of the digits example, examples/digits by default
        --davis DIR         folder of the Davis data; without it, what needs it is skipped
        --quick             toy sizes: shows that everything runs, its times mean nothing

      Cases of compare
        dimension   few features per side and many, by eager and by block
        engines     the same training by dense, eager and block
        width       what a query of eager costs on networks of 256 to 4,096 neurons
        davis       parts of the Davis data by each engine
        paper       all of the Davis data by eager and by block, 1,024 neurons
        wide        what a sample costs block on networks of 1,024 to 16,384 neurons
        grid        what a sample costs block on complete grids of 10³ to 10⁶ pairs, 512 neurons
        planner     every plan on seventeen shapes: how far the chosen one is from the fastest
        peers       all of the Davis data, or pairs of that shape, by block and by PyTorch, 512 neurons

      Exit codes: 0 done, 1 runs that must give the same answer did not or a peer failed, 2 wrong
      command line.
      """;

  private Compare() {}

  /**
   * Runs the command.
   *
   * @param out tables
   * @param err progress
   * @throws IllegalArgumentException if an option is unknown or has a bad value
   * @throws kronwood.bench.contest.DifferentAnswersException if runs that must agree do not
   * @throws PeerException if another program fails
   */
  public static void run(List<String> args, PrintStream out, PrintStream err) {
    CompareOptions options = OptionsParser.parse(args);
    out.println(machine());
    out.println(settings(options));
    Cases cases = new Cases(options, note -> out.println("\nNote: " + note));
    for (CompareOptions.Case which : options.cases()) {
      if (which == CompareOptions.Case.PLANNER) {
        new PlannerCase(PlannerShapes.all(options.quick()), options, err::println).print(out);
      }
      for (Comparison comparison : cases.of(which)) {
        List<Measured> measured = Interleaved.run(comparison, options.repeats(), err::println);
        out.println();
        out.println("### " + comparison.name() + ": " + comparison.question());
        out.println();
        comparison.table().apply(measured).lines().forEach(out::println);
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
        "Threads: %d; median of %d epochs a side, from %d runs taken in turn%s; seed %d.",
        options.threadsOrDefault(),
        options.repeats() * (Interleaved.EPOCHS - Measured.WARM_UP_EPOCHS),
        options.repeats(),
        options.quick() ? "; toy sizes, times mean nothing" : "",
        options.seed());
  }
}
