package kronwood.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kronwood.cli.options.ArgumentFiles;
import kronwood.cli.options.GroupedOptions;
import kronwood.cli.options.LibraryDefaults;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command {@code kronwood}. */
public final class Main {
  private static final int HELP_WIDTH = 100;
  private static final Set<String> HELP_OPTIONS = Set.of("-h", "--help", "-V", "--version");

  /** Headings of the options in help texts: the names of mixins. */
  static final List<String> OPTION_HEADINGS =
      List.of("Model", "Data", "Splits", "Network", "Training", "Checkpoints");

  private Main() {}

  /** Runs a command and ends the process with its {@linkplain ExitCodes exit code}. */
  public static void main(String[] args) {
    // Numbers are printed in the same way everywhere.
    Locale.setDefault(Locale.ROOT);
    PrintStream out = utf8(FileDescriptor.out, false);
    PrintStream err = utf8(FileDescriptor.err, true);
    Streams streams = new Streams(out, err);
    int code = run(args, streams);
    // A reader of a help text may close it early, as `head -1` does: nothing is lost.
    if (out.checkError() && code == ExitCodes.SUCCESS && !asksForHelp(args)) {
      streams.say(
          "standard output was closed or is full, what is printed there is incomplete"
              + (streams.files().isEmpty()
                  ? ""
                  : "; what was written is whole: "
                      + streams.files().stream()
                          .map(Path::toString)
                          .collect(Collectors.joining(", "))));
      code = ExitCodes.BAD_INPUT;
    }
    err.flush();
    System.exit(code);
  }

  private static boolean asksForHelp(String[] args) {
    return Stream.of(args).anyMatch(HELP_OPTIONS::contains)
        || (args.length > 0 && args[0].equals("help"));
  }

  /** UTF-8 whatever the locale: results are read by programs, which expect it. */
  private static PrintStream utf8(FileDescriptor descriptor, boolean autoFlush) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 13),
        autoFlush,
        StandardCharsets.UTF_8);
  }

  /**
   * Runs a command.
   *
   * @param args command and options, as typed
   * @param out receives the result, and nothing else
   * @param err receives progress, warnings and errors
   * @return one of the {@link ExitCodes}
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, new Streams(out, err));
  }

  private static int run(String[] args, Streams streams) {
    Failures failures = Failures.of(streams, args);
    try {
      String[] expanded = ArgumentFiles.expand(args);
      failures = Failures.of(streams, expanded);
      return commandLine(streams, failures, expanded).execute(expanded);
    } catch (Exception | Error e) {
      return failures.report(e);
    }
  }

  /** Every command, read in full, to be described rather than run. */
  static CommandLine allCommands() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Streams streams = new Streams(nowhere, nowhere);
    String[] completion = {"completion"};
    return commandLine(streams, Failures.of(streams, completion), completion);
  }

  private static CommandLine commandLine(Streams streams, Failures failures, String[] args) {
    CommandLine commandLine = new CommandLine(new RootCommand());
    Subcommands.addTo(commandLine, streams, List.of(args));
    // An option on the command line is meant to override the same one in an argument file before
    // it; picocli allows that, but would warn of it.
    CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
    commandLine
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8));
    describe(commandLine.getCommandSpec());
    return commandLine;
  }

  private static void describe(CommandSpec spec) {
    if (!spec.helpCommand()) {
      boolean saves = !spec.subcommands().isEmpty() || spec.name().equals("train");
      boolean trains = saves || Set.of("cv", "explain").contains(spec.name());
      spec.mixinStandardHelpOptions(true).versionProvider(new Version());
      if (trains && spec.subcommands().isEmpty()) {
        spec.defaultValueProvider(new LibraryDefaults());
      }
      UsageMessageSpec usage = spec.usageMessage();
      usage.width(HELP_WIDTH).sortOptions(false).abbreviateSynopsis(true).footerHeading("%n");
      usage
          .exitCodeListHeading("%nExit codes:%n")
          .exitCodeList(ExitCodes.descriptions(trains, saves));
      usage
          .sectionMap()
          .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new GroupedOptions(OPTION_HEADINGS));
    }
    for (Map.Entry<String, CommandLine> command : spec.subcommands().entrySet()) {
      if (!Subcommands.isOutline(command.getValue().getCommandSpec())) {
        describe(command.getValue().getCommandSpec());
      }
    }
  }
}
