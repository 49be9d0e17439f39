package kronwood.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kronwood.fault.InputException;
import kronwood.model.Model;
import kronwood.model.file.ModelFile;
import kronwood.model.file.StoredModel;
import picocli.CommandLine.Option;

/** The model to work with. */
public final class ModelSource {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "A model that train saved.")
  private Path path = Path.of("");

  /** As the user typed it. */
  public Path path() {
    return path;
  }

  /**
   * Reads the model.
   *
   * @throws InputException if there is no such file, or it is not a model that can be read
   */
  public Model load() {
    return load("--model", path);
  }

  /**
   * Reads the model and the digest of its file.
   *
   * @throws InputException as {@link #load} does
   */
  public StoredModel open() {
    return open("--model", path);
  }

  /**
   * Reads a model that an option names.
   *
   * @throws InputException if there is no such file, or it is not a model that can be read
   */
  public static Model load(String option, Path path) {
    return open(option, path).model();
  }

  /**
   * Checks that there is such a file.
   *
   * @throws InputException if not, or it may not be read
   */
  public void checkReadable() {
    checkReadable("--model", path);
  }

  private static void checkReadable(String option, Path path) {
    if (!Files.exists(path)) {
      throw new InputException(
          "%s: %s does not exist (looked for %s)"
              .formatted(option, path, path.toAbsolutePath().normalize()));
    }
    if (!Files.isReadable(path)) {
      throw new InputException(option + ": " + path + " cannot be read, check its permissions");
    }
  }

  private static StoredModel open(String option, Path path) {
    checkReadable(option, path);
    try {
      return ModelFile.open(path);
    } catch (IOException e) {
      throw new InputException(option + ": " + e.getMessage(), e);
    }
  }
}
