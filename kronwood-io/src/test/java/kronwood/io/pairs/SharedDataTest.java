package kronwood.io.pairs;

import static kronwood.io.table.TestFiles.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kronwood.data.EntityTable;
import kronwood.data.RealTargets;
import kronwood.data.Similarities;
import kronwood.io.entities.FeatureReader;
import kronwood.io.entities.SimilarityReader;
import kronwood.io.table.TableSource;
import org.junit.jupiter.api.Test;

/**
 * Real data sets, read where they are: the folder that the system property {@code kronwood.data}
 * names, or {@code ../shared/data} beside the repository. Skipped where there is none.
 */
class SharedDataTest {
  private static Path data(String name) {
    String property = System.getProperty("kronwood.data");
    Path folder = property == null ? besideRepository() : Path.of(property);
    Path file = folder.resolve(name);
    assumeTrue(Files.exists(file), () -> "needs " + file + "; set -Dkronwood.data=FOLDER");
    return file;
  }

  private static Path besideRepository() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder.resolve("../shared/data").normalize();
  }

  private static TableSource source(String name) {
    return TableSource.parse(data(name).toString());
  }

  @Test
  void davisIsReadAsItsDescriptionSays() {
    EntityTable left =
        SimilarityReader.read(
            source("davis/left_similarity.csv"), "left", List.of("left"), false, _ -> {});
    EntityTable right =
        SimilarityReader.read(
            source("davis/right_similarity.csv"), "right", List.of("right"), false, _ -> {});
    TrainingPairs pairs =
        PairsReader.read(
            new PairsRequest(
                source("davis/pairs.csv"),
                ModeSpec.parseAll("left,right"),
                Map.of("left", left, "right", right),
                TargetSpec.real(List.of("affinity")),
                new SplitSpec("fold <> 'test'", null, "fold = 'test'")));

    assertEquals(68, left.size());
    assertEquals(442, right.size());
    assertEquals("11314340", left.ids().id(0));
    assertEquals("ABL1(E255K)", right.ids().id(1));
    assertEquals(0.605f, ((Similarities) left.attributes()).value(0, 1));
    assertEquals(25_046, pairs.split().train().length);
    assertEquals(5_010, pairs.split().test().length);
    RealTargets affinity = (RealTargets) pairs.dataset().samples().targets();
    double sum = 0;
    int censored = 0;
    for (int i = 0; i < affinity.size(); i++) {
      sum += affinity.value(i, 0);
      censored += affinity.value(i, 0) == 5 ? 1 : 0;
    }
    assertEquals(5.4515, sum / affinity.size(), 1e-4);
    assertEquals(20_931, censored);
  }

  @Test
  void textInPlaceOfFeaturesIsExplained() {
    TableSource drugs = source("davis/left.csv");
    assertRefused(
        () -> FeatureReader.read(drugs, "left", List.of("left")),
        "left.csv, row 1 (line 2), column 'smiles'",
        "the whole column is text",
        "no other column");
  }

  @Test
  void asymmetricPublishedSimilaritiesAreAveragedWithAWarning() {
    List<String> warnings = new ArrayList<>();

    Similarities averaged =
        (Similarities)
            SimilarityReader.read(
                    source("gpcr/left_similarity.csv"), "left", List.of(), false, warnings::add)
                .attributes();

    assertEquals(1, warnings.size());
    assertTrue(warnings.getFirst().contains("(the worst of 488 pairs"), warnings.getFirst());
    assertTrue(warnings.getFirst().contains("differ by 0.81 %"), warnings.getFirst());
    for (int i = 0; i < averaged.entities(); i++) {
      for (int j = 0; j < i; j++) {
        assertEquals(averaged.value(i, j), averaged.value(j, i));
      }
    }
  }

  @Test
  void positivesOnlyAreRefusedForClassification() {
    EntityTable left =
        SimilarityReader.read(
            source("davis/left_similarity.csv"), "left", List.of(), false, _ -> {});
    TableSource positives = source("nr/pairs.csv");
    assertRefused(
        () ->
            PairsReader.read(
                new PairsRequest(
                    positives,
                    ModeSpec.parseAll("left,right"),
                    Map.of("left", left, "right", left),
                    TargetSpec.binary("interaction", null),
                    SplitSpec.trainOnAll())),
        "nr/pairs.csv, row 1 (line 2), column 'left'",
        "not in table 'left'",
        "90 rows");
  }
}
