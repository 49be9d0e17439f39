package kronwood.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kronwood.cli.options.OptionHints;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Machine;
import kronwood.cli.terminal.Streams;
import kronwood.fault.CheckpointException;
import kronwood.fault.InputException;
import kronwood.plan.OutOfMemoryEstimateException;
import kronwood.train.DivergenceException;
import kronwood.validate.FoldDivergedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a failure, and the exit code it ends with. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final String MORE_MEMORY = "; more is given with " + Machine.LARGER_HEAP;

  private static final String MORE_BUDGET =
      "; a budget is given with --memory, a larger heap with " + Machine.LARGER_HEAP;

  private static final int LONGEST = 1800;
  private static final int ENDING = 400;

  private final Streams streams;
  private final boolean debug;

  Failures(Streams streams, boolean debug) {
    this.streams = streams;
    this.debug = debug;
  }

  /** With stack traces if {@code args} ask for them. */
  static Failures of(Streams streams, String[] args) {
    return new Failures(streams, Arrays.asList(args).contains(OutputOptions.DEBUG));
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    streams.say(message(e));
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    streams.err().println("See '" + command + " --help' for the options.");
    trace(e);
    return ExitCodes.BAD_INPUT;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
    return report(e);
  }

  /** Reports anything that a command threw. */
  int report(Throwable failure) {
    trace(failure);
    return switch (failure) {
      case OutOfMemoryEstimateException e ->
          say(ExitCodes.BAD_INPUT, Advice.withWayOut(e) + (e.memoryHelps() ? MORE_BUDGET : ""));
      case CheckpointException e ->
          say(ExitCodes.BAD_INPUT, "--checkpoint: " + Advice.withWayOut(e));
      case InputException e -> say(ExitCodes.BAD_INPUT, Advice.withWayOut(e));
      case OutOfMemoryError e ->
          say(ExitCodes.BAD_INPUT, "out of memory (" + e.getMessage() + ")" + MORE_MEMORY);
      case DivergenceException e -> say(ExitCodes.DIVERGED, e.getMessage() + remedy(e));
      case FoldDivergedException e ->
          say(ExitCodes.DIVERGED, e.getMessage() + remedy(e.divergence()));
      case UncheckedIOException e ->
          say(ExitCodes.BAD_INPUT, e.getMessage() + ": " + words(e.getCause()));
      case IOException e -> say(ExitCodes.BAD_INPUT, words(e));
      case Throwable e when isTooManyFiles(e) ->
          say(
              ExitCodes.BAD_INPUT,
              "too many files are open, raise the limit (ulimit -n), which is too low for Java"
                  + " itself");
      default ->
          say(
              ExitCodes.FAILURE,
              "unexpected failure, most likely a bug: "
                  + failure
                  + (debug
                      ? ""
                      : "; run again with " + OutputOptions.DEBUG + " for the stack trace"));
    };
  }

  /** Java may fail in many ways if it cannot open its own files. */
  private static boolean isTooManyFiles(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (String.valueOf(e.getMessage()).contains("Too many open files")) {
        return true;
      }
    }
    return false;
  }

  private static String remedy(DivergenceException e) {
    return " with --learning-rate"
        + (e.epoch() > 1 ? ", or end before with --epochs " + (e.epoch() - 1) : "");
  }

  private int say(int code, String message) {
    // Names and texts of a stranger's table may be of any length.
    streams.say(
        message.length() <= LONGEST
            ? message
            : message.substring(0, LONGEST - ENDING)
                + " … "
                + message.substring(message.length() - ENDING));
    return code;
  }

  private void trace(Throwable failure) {
    if (debug) {
      failure.printStackTrace(streams.err());
    }
  }

  private static String words(@Nullable Throwable e) {
    // The message of a file system's exception is often nothing but a path.
    return e == null ? "" : e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private static String message(ParameterException e) {
    if (e.getArgSpec() != null && e.getCause() instanceof TypeConversionException bad) {
      return name(e) + ": " + bad.getMessage();
    }
    List<String> unmatched =
        e instanceof UnmatchedArgumentException unknown
            ? unknown.getUnmatched()
            : e.getCommandLine().getUnmatchedArguments();
    if (!unmatched.isEmpty()
        && (e instanceof UnmatchedArgumentException || e instanceof MissingParameterException)) {
      // A misspelt required option is missing as well; what was typed says more. A misspelt command
      // leaves its options behind.
      boolean command = !e.getCommandLine().getSubcommands().isEmpty();
      Optional<String> option = unmatched.stream().filter(arg -> arg.startsWith("-")).findFirst();
      if (command || option.isPresent() || e instanceof UnmatchedArgumentException) {
        return unknown(
            e.getCommandLine(),
            command ? unmatched.getFirst() : option.orElse(unmatched.getFirst()));
      }
    }
    String message = String.valueOf(e.getMessage());
    return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }

  private static String name(ParameterException e) {
    return e.getArgSpec() instanceof CommandLine.Model.OptionSpec option
        ? option.longestName()
        : e.getArgSpec().paramLabel();
  }

  private static String unknown(CommandLine commandLine, String argument) {
    List<String> similar = OptionHints.of(commandLine, argument);
    String what =
        argument.startsWith("-")
            ? "unknown option "
            : commandLine.getSubcommands().isEmpty() ? "unexpected argument " : "unknown command ";
    return what
        + "'"
        + argument
        + "'"
        + (similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?");
  }
}
