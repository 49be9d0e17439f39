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
import kronwood.model.Predictor;
import kronwood.model.SettingWeights;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFileSurgery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of format version 6 ({@link ModelFileGoldenSettings}) is read for ever. */
class ModelFileGoldenSettingsTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    file = GoldenFile.V6_SETTINGS.copyTo(folder);
  }

  @Test
  void itsVersionIsSix() throws IOException {
    assertEquals("6", new ModelFileSurgery(file).metadata().get("format_version").stringValue());
  }

  @Test
  void itsSettingsAreRead() throws IOException {
    List<SettingWeights> settings = ModelFile.load(file).settings();
    assertEquals(4, settings.size());
    assertEquals(0.5, settings.get(1).network());
    assertArrayEquals(new double[] {0.25}, settings.get(1).offset());
    assertArrayEquals(new float[] {0.5f, -0.25f}, settings.get(1).linear()[0]);
    assertEquals(0, settings.get(2).linear().length);
    assertArrayEquals(new float[] {1, 2}, settings.get(3).linear()[0]);
  }

  /**
   * By hand, with √½ for the 1/√m of two neurons, shift ¼, and f before offset and scale. Left a
   * and right q were trained on, the others are new.
   *
   * <pre>
   *   (a, p)     x = (1, ½)       z = (2, −¼)      right new   ¼ · √½ · 1¾ − ½
   *   (a, q)     x = (−2, −1)     z = (−4, ½)      none new    −√½ · ¼
   *   (b, p)     x = (−½, ¼)      z = (0, −⅜)      both new    x_1 + 2 x_2 = 0
   *   (b, q)     x = (1, −½)      z = (0, ¾)       left new    −½ · √½ · ½ + ¼ + ⅝
   *   (new, p)   x = (2, 0)       z = (2, ½)       both new    2
   *   (new, q)   x = (−4, 0)      z = (−4, −1)     left new    ¼ − 2
   * </pre>
   *
   * <p>The digits are those of Python for {@code 1 / (1 + exp(-(0.5 + 2 * f)))}.
   */
  @Test
  void itPredictsEachPairInItsSetting() throws IOException {
    EntityTable unseen =
        EntityTable.of(
            "left", EntityIds.of(List.of("new")), DenseFeatures.of(1, 2, new float[] {4, 0}));
    Predictor predictor = ModelFile.load(file).predictor(List.of(unseen), 1);
    int entity = predictor.indexOf(0, "new");
    double[] expected = {
      0.529644798580476,
      0.536546359395383,
      0.622459331201855,
      0.869488823092358,
      0.989013057369407,
      0.047425873177567
    };
    int[] pairs = {0, 0, 0, 1, 1, 0, 1, 1, entity, 0, entity, 1};
    assertArrayEquals(expected, predictor.predict(EntityTuples.of(2, pairs)), 1e-7);
    for (int i = 0; i < expected.length; i++) {
      int[] pair = {pairs[2 * i], pairs[2 * i + 1]};
      for (int free = 0; free < 2; free++) {
        double[] given = predictor.given(free, pair).predict(new int[] {pair[free]});
        assertEquals(expected[i], given[0], 1e-7);
      }
    }
  }
}
