package kronwood.model.file.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kronwood.data.Block;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.FeatureKernel;
import kronwood.model.Model;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFileSurgery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of format version 7 ({@link ModelFileGoldenProfiles}) is read for ever. */
class ModelFileGoldenProfilesTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    file = GoldenFile.V7_PROFILES.copyTo(folder);
  }

  @Test
  void itsVersionIsSeven() throws IOException {
    assertEquals("7", new ModelFileSurgery(file).metadata().get("format_version").stringValue());
  }

  private static EntityTable left(Model model, String id) {
    return model
        .tables()
        .getFirst()
        .newEntities(
            EntityIds.of(List.of(id)),
            List.of(
                new Block.OfFeatures(
                    "features", 1, FeatureKernel.LINEAR, DenseFeatures.of(1, 1, new float[] {3}))));
  }

  private static double first(Model model, String left) {
    Predictor predictor = model.predictor(List.of(left(model, left)), 1);
    return predictor.predict(EntityTuples.of(2, new int[] {predictor.indexOf(0, left), 0}))[0];
  }

  /**
   * By hand, with √½ for the 1/√m of two neurons, and shift ¼; q is new.
   *
   * <pre>
   *   (a, p)     x = (½, 1)      1 + 2 · √½ · (¼ − ¾)      (b, p)     x = (−½, ¼)   1
   *   (a, q)     x = −2          1 + 2 · √½ · 1¾           (b, q)     x = 1         1 + 2 · √½ · ¾
   *   (new, p)   x = 3 · ½       1 + 2 · √½ · 1¼
   * </pre>
   */
  @Test
  void itPredictsKnownPairsByInteractionsAndOthersWithout() throws IOException {
    Model model = ModelFile.load(file);
    assertArrayEquals(
        new double[] {0.292893218813452, 3.474873734152916, 1, 2.060660171779821},
        model.predictor(1).predict(EntityTuples.of(2, new int[] {0, 0, 0, 1, 1, 0, 1, 1})),
        1e-7);
    assertArrayEquals(
        new double[] {0.292893218813452, 3.474873734152916},
        model.predictor(1).given(1, 0, 0).predict(new int[] {0, 1}),
        1e-7);
    assertEquals(2.767766952966369, first(model, "new"), 1e-7);
  }

  /**
   * The map of the first model: features 3 have 3 · ½ · (1, −1) in common with a and b. Profiles
   * are (1, 0) and (1, 1): a new entity has none, and one of the id a 2 · (1, 1) in common.
   *
   * <pre>
   *   (new, p)   x = (¾, −¾)   1 + 2 · √½ · ½       (a, p)   x = (1¾, ¼)   1 + 2 · √½ · 1½
   * </pre>
   */
  @Test
  void itsProfilesAreRead() throws IOException {
    Model known = ModelFile.load(file).withOthers(null);
    assertEquals(1.707106781186548, first(known, "new"), 1e-7);
    assertEquals(3.121320343559643, first(known, "a"), 1e-7);
  }
}
