package kronwood.model.file.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kronwood.data.Block;
import kronwood.data.Cells;
import kronwood.data.DenseFeatures;
import kronwood.data.Encoding;
import kronwood.data.EntityIds;
import kronwood.data.EntityTuples;
import kronwood.data.FeatureKernel;
import kronwood.data.Similarities;
import kronwood.model.Model;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of format version 2 with blocks ({@link ModelFileGoldenBlocks}) is read for ever. */
class ModelFileGoldenBlocksTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    file = GoldenFile.V2_BLOCKS.copyTo(folder);
  }

  /**
   * By hand, of the new entity (6, röd, "red", ACC, [2, 1], (3, 0), similarities 0.5 and 1) to a
   * and c: numeric [1, 0] gives 0.5 · (1, −0.5); röd is c's, 2 · (0, 1); red is a's, (1, 0); the
   * counts (1, 2, 0, 0) against (1, 2, 0, 1) and (0, 0, 2, 2) give (3/4, 0); the list gives 0.25 ·
   * (4, −2); squared distances 4 and 16 over 8 give (e^−½, e^−2); then 0.5 · (0.5, 1). It is
   * neither of the two.
   */
  @Test
  void itPredictsForANewEntity() throws IOException {
    Model model = ModelFile.load(file);
    List<Block> given = new ArrayList<>();
    for (String cell : List.of("6", "röd", "Red", "ACC", "[2, 1]")) {
      given.add(
          new Block.OfCells(
              "new",
              1,
              FeatureKernel.LINEAR,
              new Encoding("any", Map.of()),
              Cells.of(1, List.of(cell))));
    }
    given.add(
        new Block.OfFeatures(
            "new", 1, FeatureKernel.LINEAR, DenseFeatures.of(1, 2, new float[] {3, 0})));
    given.add(new Block.OfSimilarities("new", 1, Similarities.to(2, 1, new float[] {0.5f, 1})));
    EntityIds ids = EntityIds.of(List.of("new"));
    Predictor predictor =
        model.predictor(List.of(model.tables().getFirst().newEntities(ids, given)), 1);
    double first = 0.5 + 1 + 0.75 + 1 + Math.exp(-0.5) + 0.25;
    double second = -0.25 + 2 - 0.5 + Math.exp(-2) + 0.5;
    double u = first - 0.5 * second + 0.5;
    double v = 0.25 * first + 2 * second - 1;
    double z1 = u + 0.5 * v - 0.5;
    double z2 = -0.5 * u + v + 1;
    double f = (Math.max(z1 - 0.125, 0) - Math.max(z2 - 0.125, 0)) / Math.sqrt(2);
    double[] found = predictor.predict(EntityTuples.of(1, new int[] {predictor.indexOf(0, "new")}));
    assertEquals(3 + 2 * f, found[0], 1e-6);
  }
}
