package kronwood.cli.report;

import java.util.Locale;
import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Terminal;
import kronwood.loss.Task;

/** How progress is shown. */
public enum ProgressMode {
  /** A bar on a terminal, plain lines elsewhere. */
  AUTO,
  /** One line that is updated in place. */
  BAR,
  /** One line per epoch. */
  PLAIN,
  /** Nothing. */
  NONE;

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A display of this kind.
   *
   * @param epochs epochs planned
   */
  public ProgressDisplay display(Streams streams, Task task, int epochs) {
    ProgressLine line = new ProgressLine(task);
    return switch (this) {
      case AUTO -> (Terminal.shows() ? BAR : PLAIN).display(streams, task, epochs);
      case BAR -> new BarProgress(streams, line, epochs);
      case PLAIN -> new PlainProgress(streams, line);
      case NONE -> new ProgressDisplay(streams);
    };
  }
}
