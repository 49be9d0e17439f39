package kronwood.cli;

import picocli.CommandLine.Option;

/** How results and failures are printed; common to all commands. */
final class OutputOptions {
  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Option(names = Failures.DEBUG, description = "Print stack traces of failures.")
  private boolean debug;

  boolean json() {
    return json;
  }

  boolean debug() {
    return debug;
  }
}
