package kronwood.cli.terminal;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether standard error is a terminal.
 *
 * <p>{@link Console#isTerminal()} answers for standard input and output only, and of these the
 * second is often redirected while a person watches standard error, or the other way round.
 */
public final class Terminal {
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /** Whether standard error is a terminal that can move its cursor. */
  public static boolean shows() {
    return !"dumb".equals(System.getenv("TERM")) && isTerminal();
  }

  private static boolean isTerminal() {
    try {
      if (Files.isSymbolicLink(STANDARD_ERROR)) {
        String device = Files.readSymbolicLink(STANDARD_ERROR).toString();
        return device.startsWith("/dev/pts/")
            || device.startsWith("/dev/tty")
            || device.equals("/dev/console");
      }
      if (Files.isExecutable(Path.of("/bin/test"))) {
        return new ProcessBuilder("/bin/test", "-t", "2").inheritIO().start().waitFor() == 0;
      }
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
