package kronwood.io.table;

import org.jspecify.annotations.Nullable;

/**
 * Something the user brought cannot be used: a file, a row, a cell, a predicate, an output path.
 *
 * <p>The message is meant for the person at the keyboard and complete without a stack trace: which
 * file, row and column, what was found, what was expected, and what to do.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception whose message says everything. */
  public InputException(String message) {
    super(message);
  }

  /** An exception whose message says everything, and the technical reason for the log. */
  public InputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
