package kronwood.io.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kronwood.data.EntityTable;
import kronwood.io.entities.FeatureReader;
import kronwood.io.table.TableSource;
import org.junit.jupiter.api.Test;

/** The example data are what their descriptions say. */
class ExamplesTest {
  private static final SplitSpec PARTS = new SplitSpec("part = 'train'", null, "part = 'test'");

  private static TableSource example(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return TableSource.parse(folder.resolve("examples").resolve(name).toString());
  }

  private static EntityTable images() {
    return FeatureReader.read(example("digits/images.csv"), "image", List.of("left", "right"));
  }

  @Test
  void digitsAreTenClassesInAFixedSplit() {
    EntityTable images = images();
    TrainingPairs pairs =
        PairsReader.read(
            new PairsRequest(
                example("digits/labels.csv"),
                ModeSpec.parseAll("image,image"),
                Map.of("image", images),
                TargetSpec.multiclass("label"),
                PARTS));

    assertEquals(1_797, images.size());
    assertEquals(64, images.columns().size());
    assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), pairs.classes());
    assertEquals(1_438, pairs.split().train().length);
    assertEquals(359, pairs.split().test().length);
  }

  @Test
  void noImageOfATestPairOccursInATrainingPair() {
    EntityTable images = images();
    TrainingPairs pairs =
        PairsReader.read(
            new PairsRequest(
                example("same-digit/pairs.csv"),
                ModeSpec.parseAll("left:image,right:image"),
                Map.of("image", images),
                TargetSpec.binary("same", null),
                PARTS));

    assertEquals(6_000, pairs.split().train().length);
    assertEquals(2_000, pairs.split().test().length);
    Set<Integer> trained = imagesOf(pairs, pairs.split().train());
    Set<Integer> tested = imagesOf(pairs, pairs.split().test());
    assertTrue(trained.stream().noneMatch(tested::contains));
    assertEquals(1_000, positives(pairs, pairs.split().test()));
    assertEquals(3_000, positives(pairs, pairs.split().train()));
  }

  private static Set<Integer> imagesOf(TrainingPairs pairs, int[] part) {
    Set<Integer> images = new HashSet<>();
    for (int sample : part) {
      images.add(pairs.dataset().samples().tuples().entity(sample, 0));
      images.add(pairs.dataset().samples().tuples().entity(sample, 1));
    }
    return images;
  }

  private static int positives(TrainingPairs pairs, int[] part) {
    int[] labels = PairsFixture.labels(pairs.dataset().samples());
    int positives = 0;
    for (int sample : part) {
      positives += labels[sample];
    }
    return positives;
  }
}
