package kronwood.cli;

import java.io.PrintStream;

/**
 * Where a command writes to.
 *
 * @param out results, and nothing else
 * @param err progress, warnings and errors
 */
record Streams(PrintStream out, PrintStream err) {

  /** Tells the person at the keyboard something that is neither result nor progress. */
  void say(String message) {
    err.println("kronwood: " + message);
  }

  void warn(String message) {
    say("warning: " + message);
  }
}
