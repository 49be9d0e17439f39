package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A real data set, from the folder that the system property {@code kronwood.data} names, or {@code
 * ../shared/data} beside the repository. Skipped where there is none.
 */
class DavisTest {
  @TempDir Path folder;

  private static Path davis() {
    String property = System.getProperty("kronwood.data");
    Path data = property == null ? besideRepository() : Path.of(property);
    Path davis = data.resolve("davis");
    assumeTrue(Files.exists(davis), () -> "needs " + davis + "; set -Dkronwood.data=FOLDER");
    return davis;
  }

  private static Path besideRepository() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder.getParent() != null && !Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return folder.resolve("../shared/data").normalize();
  }

  @Test
  void trainsEvaluatesAndPredicts() throws IOException {
    Path davis = davis();
    String pairs = davis.resolve("pairs.csv").toString();
    String model = folder.resolve("davis.kron").toString();
    JsonNode trained =
        Run.well(
                "train",
                "--pairs",
                pairs,
                "--target",
                "affinity",
                "--modes",
                "left,right",
                "--similarity",
                "left=" + davis.resolve("left_similarity.csv"),
                "--similarity",
                "right=" + davis.resolve("right_similarity.csv"),
                "--train-where",
                "fold = '0'",
                "--test-where",
                "fold = 'test'",
                "--neurons",
                "64",
                "--epochs",
                "2",
                "--out",
                model,
                "--json")
            .json();
    assertEquals(5010, trained.at("/samples/test").asInt());
    assertTrue(trained.at("/metrics/test/ci").asDouble() > 0.7, trained::toString);

    JsonNode evaluated =
        Run.well(
                "evaluate",
                "--model",
                model,
                "--pairs",
                pairs,
                "--target",
                "affinity",
                "--where",
                "fold = 'test'",
                "--json")
            .json();
    assertEquals(
        trained.at("/metrics/test/mse").asDouble(),
        evaluated.at("/metrics/test/mse").asDouble(),
        1e-4);

    String scores = folder.resolve("scores.csv").toString();
    Run.well("predict", "--model", model, "--pairs", pairs, "--out", scores);
    List<String> lines = Files.readAllLines(Path.of(scores));
    assertEquals("left,right,affinity,fold,score", lines.getFirst());
    assertEquals(30_057, lines.size());
  }
}
