package kronwood.fault;

import org.jspecify.annotations.Nullable;

/**
 * Something that the caller brought cannot be used: a file, a row, a cell, an id, an array, an
 * option, an output path. It is for the caller to mend; every other exception is a bug of ours.
 *
 * <p>The message is complete without a stack trace: where, what was found, what was expected, and
 * what to do. The same is told as {@link #facts()}, for programs that show or sort faults in a way
 * of their own.
 */
public class InputException extends IllegalArgumentException {
  private static final long serialVersionUID = 2L;

  private final transient Facts facts;

  /** An exception whose message says everything. */
  public InputException(String message) {
    this(message, Facts.NONE, null);
  }

  /** An exception whose message says everything, and the technical reason for the log. */
  public InputException(String message, @Nullable Throwable cause) {
    this(
        message,
        cause instanceof InputException e ? e.facts().withOption(null) : Facts.NONE,
        cause);
  }

  /** An exception whose message says what its facts do. */
  public InputException(String message, Facts facts) {
    this(message, facts, null);
  }

  /** An exception whose message says what its facts do, and the technical reason for the log. */
  public InputException(String message, Facts facts, @Nullable Throwable cause) {
    super(message, cause);
    this.facts = facts;
  }

  /**
   * An option cannot be used as it is given.
   *
   * @param option its name, such as {@code kernel}; the message begins with it
   * @param problem what was found and what was expected
   */
  public static InputException ofOption(String option, String problem) {
    return new InputException(option + ": " + problem, Facts.NONE.withOption(option));
  }

  /** Where it is, what was found and expected, and the way out; whatever of it is known. */
  public final Facts facts() {
    return facts;
  }
}
