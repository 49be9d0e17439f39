package kronwood.cli;

import java.util.Locale;
import kronwood.loss.Task;

/** How progress is shown. */
enum ProgressMode {
  /** A bar on a terminal, plain lines elsewhere. */
  AUTO,
  /** One line that is updated in place. */
  BAR,
  /** One line per epoch. */
  PLAIN,
  /** Nothing. */
  NONE;

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A display of this kind.
   *
   * @param epochs epochs planned
   */
  ProgressDisplay display(Streams streams, Interruption interruption, Task task, int epochs) {
    ProgressLine line = new ProgressLine(task);
    return switch (this) {
      case AUTO -> (Terminal.shows() ? BAR : PLAIN).display(streams, interruption, task, epochs);
      case BAR -> new BarProgress(streams, interruption, line, epochs);
      case PLAIN -> new PlainProgress(streams, interruption, line);
      case NONE -> new ProgressDisplay(streams, interruption);
    };
  }
}
