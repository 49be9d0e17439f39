package kronwood.cli;

import java.util.concurrent.Callable;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands and options in a shell. */
@Command(
    name = "completion",
    header = "Prints a script for completion in bash and zsh.",
    footer = {"Example:", "  source <(kronwood completion)"})
final class CompletionCommand implements Callable<Integer> {
  private final Streams streams;

  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    streams.out().print(AutoComplete.bash("kronwood", spec.root().commandLine()));
    return ExitCodes.SUCCESS;
  }
}
