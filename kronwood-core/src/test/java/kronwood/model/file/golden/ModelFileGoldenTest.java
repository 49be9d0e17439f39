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
import kronwood.data.Similarities;
import kronwood.data.SparseFeatures;
import kronwood.model.Model;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file of format version 1 ({@link ModelFileGolden}) is read for ever. Its predictions were
 * computed with numpy from the tensors that Python's safetensors library found in it; all numbers
 * on the way are exact in double precision.
 */
class ModelFileGoldenTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void copy() throws IOException {
    file = GoldenFile.V1.copyTo(folder);
  }

  @Test
  void version1PredictsForKnownEntities() throws IOException {
    Predictor predictor = ModelFile.load(file).predictor(1);
    assertEquals(2, predictor.indexOf(4, "試料 🧬"));
    EntityTuples tuples =
        EntityTuples.of(5, new int[] {0, 0, 0, 0, 0, 2, 1, 1, 1, 0, 1, 0, 1, 2, 2, 0, 1, 0, 1, 1});
    assertArrayEquals(
        new double[] {
          10.065185546875, -6.35693359375,
          9.2138671875, 1.9677734375,
          9.8365478515625, -1.649658203125,
          11.42333984375, -11.0400390625
        },
        predictor.predict(tuples));
  }

  @Test
  void version1PredictsForNewEntities() throws IOException {
    Model model = ModelFile.load(file);
    EntityIds ids = EntityIds.of(List.of("new"));
    List<EntityTable> newEntities =
        List.of(
            new EntityTable(
                "left",
                ids,
                List.of("weight", "charge", "größe"),
                DenseFeatures.of(1, 3, new float[] {3, 9, 1.5f})),
            new EntityTable(
                "right",
                ids,
                List.of("f1", "f2", "f3"),
                DenseFeatures.of(1, 3, new float[] {2, -1, 0.5f})),
            new EntityTable(
                "cell",
                ids,
                List.of("g1", "g2", "g3", "g4"),
                SparseFeatures.of(4, new int[] {0, 2}, new int[] {1, 3}, new float[] {1, -2})),
            new EntityTable(
                "probe", ids, List.of("x", "z"), Similarities.to(2, 1, new float[] {1.5f, -1})));
    Predictor predictor = model.predictor(newEntities, 1);
    int[] tuple = new int[5];
    for (int mode = 0; mode < tuple.length; mode++) {
      tuple[mode] = predictor.indexOf(mode, "new");
    }
    assertArrayEquals(
        new double[] {10.479530334472656, -15.425323486328125},
        predictor.predict(EntityTuples.of(5, tuple)));
  }
}
