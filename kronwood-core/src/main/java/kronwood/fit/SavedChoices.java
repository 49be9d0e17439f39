package kronwood.fit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.fault.CheckpointException;
import kronwood.file.AtomicFile;
import kronwood.file.FolderLock;
import kronwood.json.Json;
import kronwood.json.JsonValue;

/**
 * The options that a tuning chose, kept beside the checkpoints of its final training, so a training
 * that was killed resumes with the same ones. They stand in a file {@value #NAME}, JSON with the
 * chosen options and the facts they depend on.
 */
public final class SavedChoices {
  static final String NAME = "choices.json";

  private final CheckpointFolder folder;
  private final Map<String, String> facts;

  SavedChoices(CheckpointFolder folder, Map<String, String> facts) {
    this.folder = folder;
    this.facts = facts;
  }

  /** Facts of a training and of how choices for it were asked for. */
  static Map<String, String> facts(
      Dataset data, Split split, ModelOptions options, Map<String, String> asked) {
    Map<String, String> facts = CheckpointFacts.of(data, split, options);
    facts.putAll(asked);
    return facts;
  }

  private Path file() {
    return folder.folder().resolve(NAME);
  }

  /**
   * The chosen options, empty if there are none yet.
   *
   * @throws CheckpointException if it was for other data or options, cannot be read, or there are
   *     checkpoints of a training without choices
   */
  public Optional<Map<String, String>> read() {
    try {
      if (!Files.exists(file())) {
        checkNone();
        return Optional.empty();
      }
      JsonValue root = JsonValue.read("choices", Files.readString(file(), StandardCharsets.UTF_8));
      Map<String, String> then = texts(root.at("facts"));
      for (Map.Entry<String, String> fact : facts.entrySet()) {
        if (!fact.getValue().equals(then.get(fact.getKey()))) {
          throw new CheckpointException(
              SavedTraining.difference(
                  file(), fact.getKey(), then.get(fact.getKey()), fact.getValue()));
        }
      }
      return Optional.of(texts(root.at("choices")));
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private void checkNone() throws IOException {
    if (!folder.files().isEmpty()) {
      throw new CheckpointException(
          ("folder '%s' holds checkpoints of a training for which nothing was chosen: give another"
                  + " folder")
              .formatted(folder.folder()));
    }
  }

  /** The exception for a file that cannot be read. */
  public CheckpointException damaged(Exception cause) {
    return new CheckpointException(
        "'%s' cannot be read: %s; delete the folder's files to choose anew, or give another folder"
            .formatted(file(), AtomicFile.reason(cause)),
        cause);
  }

  private static Map<String, String> texts(JsonValue object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.keys().forEach(key -> texts.put(key, object.at(key).text()));
    return texts;
  }

  /**
   * Keeps what was chosen.
   *
   * @throws CheckpointException if another training uses the folder, or it takes no files
   */
  public void keep(Map<String, String> choices) {
    byte[] json =
        Json.write(Map.of("facts", facts, "choices", choices)).getBytes(StandardCharsets.UTF_8);
    try (FolderLock _ = folder.lock()) {
      Path temporary = folder.folder().resolve(NAME + ".tmp");
      Files.deleteIfExists(temporary);
      AtomicFile.write(temporary, file(), out -> out.write(json));
    } catch (IOException e) {
      throw new CheckpointException(
          "'%s' cannot be written: %s".formatted(file(), AtomicFile.reason(e)), e);
    }
  }
}
