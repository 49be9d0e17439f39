package kronwood.cli.options;

import kronwood.cli.terminal.Streams;
import kronwood.dashboard.Dashboard;
import kronwood.dashboard.DashboardOptions;
import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A page that watches the command at work. */
public final class DashboardOption {
  private static final String NEXT_FREE = "next free";

  @Option(
      names = "--dashboard",
      arity = "0..1",
      fallbackValue = NEXT_FREE,
      paramLabel = "PORT",
      description = {
        "Show on a page of this machine how it goes on, with buttons to pause and to stop; its"
            + " address is printed (default port: the next free one from "
            + DashboardOptions.DEFAULT_PORT
            + " on)."
      })
  private @Nullable String port;

  /**
   * Opens the page and prints its address; null if none is wanted.
   *
   * @param options what it shows, on the next free port
   * @throws InputException if the port is none, or taken
   */
  public @Nullable Dashboard open(DashboardOptions options, Streams streams) {
    String given = port;
    if (given == null) {
      return null;
    }
    DashboardOptions where = options;
    if (!given.equals(NEXT_FREE)) {
      if (!given.matches("[0-9]{1,5}")) {
        throw new InputException(
            "--dashboard: found '" + given + "', expected a port from 0 to 65535, or nothing");
      }
      where = options.withPort(Integer.parseInt(given));
    }
    Dashboard dashboard = Dashboard.open(where);
    streams.say("dashboard: " + dashboard.uri());
    return dashboard;
  }
}
