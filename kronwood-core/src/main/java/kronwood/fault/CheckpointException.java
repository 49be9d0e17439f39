package kronwood.fault;

import org.jspecify.annotations.Nullable;

/**
 * A folder of checkpoints cannot be used, or what it holds belongs to another training. The message
 * names the folder or file, what was found, what was expected and what to do.
 */
public final class CheckpointException extends InputException {
  private static final long serialVersionUID = 1L;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Facts facts) {
    super(message, facts);
  }

  public CheckpointException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
