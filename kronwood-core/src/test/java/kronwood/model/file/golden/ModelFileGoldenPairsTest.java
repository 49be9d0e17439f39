package kronwood.model.file.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.input.PairStructure;
import kronwood.model.Model;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFileSurgery;
import kronwood.model.file.ModelFormatException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A file of format version 3 ({@link ModelFileGoldenPairs}) is read for ever. */
class ModelFileGoldenPairsTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    file = GoldenFile.V3_PAIRS.copyTo(folder);
  }

  @Test
  void itsStructureIsRead() throws IOException {
    Model model = ModelFile.load(file);
    assertEquals(PairStructure.CARTESIAN, model.form().structure());
    assertEquals(0.5, model.form().scale());
    assertArrayEquals(new int[] {1}, model.form().known().getFirst());
    assertArrayEquals(new int[] {0, 1}, model.form().known().getLast());
    assertArrayEquals(new int[] {2, 3}, model.ranks());
  }

  @Test
  void aStructureThatDoesNotFitIsRefused() throws IOException {
    for (String kind : List.of("symmetric", "mirrored", "plain")) {
      ModelFileSurgery parts = new ModelFileSurgery(file);
      ((ObjectNode) parts.kronwood.get("structure")).put("kind", kind);
      Path changed = folder.resolve(kind + ".kron");
      parts.save(changed);
      assertThrows(ModelFormatException.class, () -> ModelFile.load(changed), kind);
    }
    for (int entity : new int[] {-1, 2}) {
      ModelFileSurgery parts = new ModelFileSurgery(file);
      parts.bytes("table.0.training").putInt(entity);
      Path changed = folder.resolve(entity + ".kron");
      parts.save(changed);
      ModelFormatException refused =
          assertThrows(ModelFormatException.class, () -> ModelFile.load(changed));
      assertTrue(refused.getMessage().contains("training entities of table 'left'"));
    }
    ModelFileSurgery parts = new ModelFileSurgery(file);
    ((ObjectNode) parts.kronwood.get("structure")).put("scale", 0.0);
    parts.save(file);
    assertThrows(ModelFormatException.class, () -> ModelFile.load(file));
  }

  /**
   * By hand: (b, q) is ½ ((−1; 0) ⊗ (0; 0, 1) + (0; 1) ⊗ (3; 0, 0)), so z is ½ (1 + 1.5) and ½ (−3
   * + 3). (a, p) has only the first term, as a has no identity: z is ½ · 2 · 2 and ½ · 2 · −1. So
   * has a new entity of feature 4 with q: z is ½ · 4 · −1 and ½ · 4 · 3.
   */
  @Test
  void itPredicts() throws IOException {
    EntityTable unseen =
        EntityTable.of(
            "left", EntityIds.of(List.of("new")), DenseFeatures.of(1, 1, new float[] {4}));
    Predictor predictor = ModelFile.load(file).predictor(List.of(unseen), 1);
    EntityTuples tuples =
        EntityTuples.of(2, new int[] {1, 1, 0, 0, predictor.indexOf(0, "new"), 1});
    double unit = 2 / Math.sqrt(2);
    assertArrayEquals(
        new double[] {1 + 1 * unit, 1 + 1.75 * unit, 1 - 5.75 * unit},
        predictor.predict(tuples),
        1e-6);
  }
}
