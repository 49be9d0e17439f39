package kronwood.cli.terminal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a command writes to. Control characters in what is printed are shown, not obeyed.
 *
 * @param out results, and nothing else
 * @param err progress, warnings and errors
 * @param files what was written so far besides
 */
public record Streams(PrintStream out, PrintStream err, List<Path> files) {
  public Streams(PrintStream out, PrintStream err) {
    this(new PrintableStream(out), new PrintableStream(err), new ArrayList<>());
  }

  /** Tells the person at the keyboard something that is neither result nor progress. */
  public void say(String message) {
    err.println("kronwood: " + message);
  }

  public void warn(String message) {
    say("warning: " + message);
  }

  /** Writes to a terminal on standard error, which obeys control characters. */
  public void control(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    err.write(bytes, 0, bytes.length);
    err.flush();
  }

  /** A file was written that stays. */
  public void wrote(Path file) {
    if (!files.contains(file)) {
      files.add(file);
    }
  }
}
