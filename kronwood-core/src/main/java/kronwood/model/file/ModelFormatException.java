package kronwood.model.file;

import java.io.IOException;
import java.nio.file.Path;
import kronwood.safetensors.SafetensorsException;
import org.jspecify.annotations.Nullable;

/**
 * A file is no model, or not one that can be read. The message names the file, what was found and
 * what to do.
 */
public final class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private ModelFormatException(String message) {
    super(message);
  }

  static ModelFormatException notAModel(Path file, String found) {
    return new ModelFormatException(
        "'" + file + "' is not a Kronwood model: " + found + "; give a file that Kronwood saved");
  }

  static ModelFormatException of(Path file, SafetensorsException cause) {
    String found = String.valueOf(cause.getMessage());
    ModelFormatException e =
        switch (cause.fault()) {
          case OTHER_FORMAT -> notAModel(file, found);
          case TRUNCATED ->
              new ModelFormatException(
                  "model '"
                      + file
                      + "' is truncated: "
                      + found
                      + "; copy the file again, or train again");
          case CORRUPTED -> corrupted(file, found);
        };
    e.initCause(cause);
    return e;
  }

  static ModelFormatException corrupted(Path file, @Nullable String found) {
    return new ModelFormatException(
        "model '" + file + "' is corrupted: " + found + "; copy the file again, or train again");
  }

  static ModelFormatException newer(Path file, String version, int readable) {
    return new ModelFormatException(
        "model '"
            + file
            + "' has format version "
            + version
            + "; this Kronwood reads up to "
            + readable
            + ": install a newer Kronwood");
  }

  static ModelFormatException inconsistent(Path file, RuntimeException cause) {
    ModelFormatException e =
        new ModelFormatException(
            "model '"
                + file
                + "' does not fit together: "
                + cause.getMessage()
                + "; this Kronwood did not write it: train again");
    e.initCause(cause);
    return e;
  }
}
