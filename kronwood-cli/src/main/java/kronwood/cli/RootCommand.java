package kronwood.cli;

import picocli.CommandLine.Command;

/** The command that the others belong to. */
@Command(
    name = "kronwood",
    header = "Trains wide two-layer networks on pairs of entities, exactly.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "kronwood COMMAND --help tells more. Any argument may be @FILE, a file with arguments.",
      "Results go to standard output; progress, warnings and errors to standard error."
    })
final class RootCommand {}
