package kronwood.fit;

import org.jspecify.annotations.Nullable;

/**
 * A folder of checkpoints cannot be used, or what it holds belongs to another training. The message
 * names the folder or file, what was found, what was expected and what to do.
 */
public final class CheckpointException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CheckpointException(String message) {
    this(message, null);
  }

  CheckpointException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
