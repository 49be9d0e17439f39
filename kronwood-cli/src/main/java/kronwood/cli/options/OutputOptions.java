package kronwood.cli.options;

import picocli.CommandLine.Option;

/** How results and failures are printed; common to all commands. */
public final class OutputOptions {
  /** Also looked for before options are parsed. */
  public static final String DEBUG = "--debug";

  @Option(names = "--json", description = "Print the result as one JSON object.")
  private boolean json;

  @Option(names = DEBUG, description = "Print stack traces of failures.")
  private boolean debug;

  public boolean json() {
    return json;
  }

  public boolean debug() {
    return debug;
  }
}
