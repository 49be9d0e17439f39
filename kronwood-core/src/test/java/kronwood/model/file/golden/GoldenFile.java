package kronwood.model.file.golden;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import kronwood.model.Model;

/** Model files that were written once, and that every future Kronwood must read. */
public enum GoldenFile {
  /** Format version 1. */
  V1("model-v1.kron", ModelFileGolden::model),
  /** Format version 2, with blocks. */
  V2_BLOCKS("model-v2-blocks.kron", ModelFileGoldenBlocks::model),
  /** Format version 3, with an ensemble. */
  V3_ENSEMBLE("model-v3-ensemble.kron", ModelFileGoldenEnsemble::model),
  /** Format version 3, of Cartesian pairs. */
  V3_PAIRS("model-v3-pairs.kron", ModelFileGoldenPairs::model),
  /** Format version 4, of two entities that are compared. */
  V4_COMPARISON("model-v4-comparison.kron", ModelFileGoldenComparison::model),
  /** Format version 5, with an offset of two classes. */
  V5_OFFSET("model-v5-offset.kron", ModelFileGoldenOffset::model),
  /** Format version 6, with weights of the parts by setting. */
  V6_SETTINGS("model-v6-settings.kron", ModelFileGoldenSettings::model),
  /** Format version 7, with interaction profiles and another model for new entities. */
  V7_PROFILES("model-v7-profiles.kron", ModelFileGoldenProfiles::model),
  /** Format version 8, with weights of single entries. */
  V8_ENTRIES("model-v8-entries.kron", ModelFileGoldenEntries::model),
  /** Format version 9, of an ensemble whose spread is calibrated by setting. */
  V9_SPREAD("model-v9-spread.kron", ModelFileGoldenSpread::model);

  private final String resource;
  private final Supplier<Model> model;

  GoldenFile(String resource, Supplier<Model> model) {
    this.resource = resource;
    this.model = model;
  }

  /** The model it holds. */
  Model model() {
    return model.get();
  }

  /** A copy of the file. */
  public Path copyTo(Path folder) throws IOException {
    Path file = folder.resolve(resource);
    try (InputStream golden = GoldenFile.class.getResourceAsStream(resource)) {
      assertNotNull(golden, resource + " is missing");
      Files.copy(golden, file);
    }
    return file;
  }
}
