package kronwood.model.file.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.input.PairComparison;
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

/** A file of format version 4 ({@link ModelFileGoldenComparison}) is read for ever. */
class ModelFileGoldenComparisonTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    file = GoldenFile.V4_COMPARISON.copyTo(folder);
  }

  @Test
  void itsStructureIsRead() throws IOException {
    Model model = ModelFile.load(file);
    assertEquals(PairStructure.COMPARISON, model.form().structure());
    PairComparison comparison = model.form().comparison();
    assertNotNull(comparison);
    assertArrayEquals(new double[] {1, 2, 0.5}, comparison.mean());
    assertArrayEquals(new double[] {0.5, 1, 2}, comparison.scale());
    assertEquals(0.25, comparison.constant());
    assertArrayEquals(new int[] {4}, model.ranks());
  }

  @Test
  void whatDoesNotFitIsRefused() throws IOException {
    for (String kind : List.of("symmetric", "plain")) {
      ModelFileSurgery parts = new ModelFileSurgery(file);
      ((ObjectNode) parts.kronwood.get("structure")).put("kind", kind);
      Path changed = folder.resolve(kind + ".kron");
      parts.save(changed);
      assertThrows(ModelFormatException.class, () -> ModelFile.load(changed), kind);
    }
    ModelFileSurgery parts = new ModelFileSurgery(file);
    ((ObjectNode) parts.kronwood.get("structure")).put("constant", 2.0);
    parts.save(file);
    assertThrows(ModelFormatException.class, () -> ModelFile.load(file));
  }

  /**
   * By hand: (a, b) has product −2, difference 3 and cosine −1, standardised (−1.5, 1, −3), and the
   * constant ¼: z is −1.5 + 2 + 3 + ⅛ and −⅜ − 1 + 9 + ¼. A new entity of feature 4 with a: 8, 2
   * and 1, so (3.5, 0, 1): z is 3.5 − 1 + ⅛ and ⅞ − 3 + ¼.
   */
  @Test
  void itPredicts() throws IOException {
    EntityTable unseen =
        EntityTable.of("t", EntityIds.of(List.of("new")), DenseFeatures.of(1, 1, new float[] {4}));
    Predictor predictor = ModelFile.load(file).predictor(List.of(unseen), 1);
    int entity = predictor.indexOf(0, "new");
    EntityTuples tuples = EntityTuples.of(2, new int[] {0, 1, 1, 0, entity, 0, 0, entity});
    double unit = 2 / Math.sqrt(2);
    double known = 1 + (3.375 - 7.625) * unit;
    double other = 1 + 2.375 * unit;
    assertArrayEquals(new double[] {known, known, other, other}, predictor.predict(tuples), 1e-6);
  }
}
