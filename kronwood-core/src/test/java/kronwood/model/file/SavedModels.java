package kronwood.model.file;

import static kronwood.model.file.ModelFileFixtures.model;
import static kronwood.model.file.ModelFileFixtures.table;
import static kronwood.model.file.ModelFileFixtures.target;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import kronwood.loss.HuberLoss;
import kronwood.model.Model;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.file.ModelFileFixtures.Kind;

/** Two models as they are saved, and that a file is refused. */
final class SavedModels {
  private SavedModels() {}

  /** Bytes of a model of one small table. */
  static byte[] tiny(Path folder) throws IOException {
    return saved(ModelFileFixtures.tiny(), folder);
  }

  /** Bytes of a model with a table of every kind. */
  static byte[] large(Path folder) throws IOException {
    Random random = new Random(12);
    List<ModelTable> tables = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      tables.add(table(random, "table" + tables.size(), kind, 4));
    }
    ModelTarget target = target(random, new HuberLoss(2), 2);
    return saved(model(random, tables, 2, target, 0, 1, 2, 3), folder);
  }

  private static byte[] saved(Model model, Path folder) throws IOException {
    Path file = folder.resolve("model.kron");
    ModelFile.save(model, file);
    return Files.readAllBytes(file);
  }

  static ModelFormatException refused(Path file) {
    return refused(file, "loaded");
  }

  static ModelFormatException refused(Path file, String message) {
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> ModelFile.load(file), message);
    assertTrue(e.getMessage().contains("'" + file + "'"), e.getMessage());
    return e;
  }

  static void assertRefused(Path file, String message) {
    String found = refused(file).getMessage();
    assertTrue(found.contains(message), found);
  }
}
