package kronwood.model.file.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.model.Model;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFileSurgery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of format version 5 ({@link ModelFileGoldenOffset}) is read for ever. */
class ModelFileGoldenOffsetTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    file = GoldenFile.V5_OFFSET.copyTo(folder);
  }

  @Test
  void itsVersionIsFive() throws IOException {
    assertEquals("5", new ModelFileSurgery(file).metadata().get("format_version").stringValue());
  }

  @Test
  void itsTargetIsRead() throws IOException {
    Model model = ModelFile.load(file);
    assertEquals(List.of("no", "yes"), model.target().classes());
    assertArrayEquals(new double[] {0.5}, model.target().offset());
    assertArrayEquals(new double[] {2}, model.target().scale());
    assertArrayEquals(new float[] {0.5f, -0.25f}, model.network().linear()[0]);
  }

  /**
   * By hand, with √½ for the 1/√m of two neurons, and f before offset and scale:
   *
   * <pre>
   *   (a, p)     x = (1, ½)       z = (2, −¼)      f = √½ · 1¾ + ⅜
   *   (a, q)     x = (−2, −1)     z = (−4, ½)      f = −√½ · ¼ − ¾
   *   (b, p)     x = (−½, ¼)      z = (0, −⅜)      f = −5/16
   *   (b, q)     x = (1, −½)      z = (0, ¾)       f = −√½ · ½ + ⅝
   *   (new, p)   x = (2, 0)       z = (2, ½)       f = √½ · 1½ + 1, features 4 and 0
   * </pre>
   *
   * <p>The digits are those of Python for {@code 1 / (1 + exp(-(0.5 + 2 * f)))}.
   */
  @Test
  void itPredicts() throws IOException {
    EntityTable unseen =
        EntityTable.of(
            "left", EntityIds.of(List.of("new")), DenseFeatures.of(1, 2, new float[] {4, 0}));
    Predictor predictor = ModelFile.load(file).predictor(List.of(unseen), 1);
    int entity = predictor.indexOf(0, "new");
    assertArrayEquals(
        new double[] {
          0.976451747791264,
          0.205290043071525,
          0.468790626626244,
          0.739407868708547,
          0.990256082585597
        },
        predictor.predict(EntityTuples.of(2, new int[] {0, 0, 0, 1, 1, 0, 1, 1, entity, 0})),
        1e-7);
  }
}
