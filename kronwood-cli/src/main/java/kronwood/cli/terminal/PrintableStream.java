package kronwood.cli.terminal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Prints texts that come from files of others: what would be an order to a terminal is shown
 * instead. Bytes are written as they are.
 */
final class PrintableStream extends PrintStream {
  PrintableStream(PrintStream to) {
    super(to, true, StandardCharsets.UTF_8);
  }

  /** What {@code println} and {@code printf} end in too. */
  @Override
  public void print(@Nullable String text) {
    super.print(Text.printable(String.valueOf(text)));
  }
}
