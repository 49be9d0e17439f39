package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kronwood.model.Model;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;
import kronwood.model.file.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What {@code train} does of itself: parts that count by what is known of the entities. */
class SettingsCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void write() throws IOException {
    data = TinyData.in(folder);
  }

  @Test
  void theNetworkIsThatOfPlainTrainingOnTheSameInputs() throws IOException {
    Run.well(data.train());
    Model plain = ModelFile.load(folder.resolve("model.kron"));
    assertTrue(plain.settings().isEmpty());
    Run.well(data.trainByDefault("--add-identity", "0"));
    Model weighed = ModelFile.load(folder.resolve("model.kron"));
    assertEquals(4, weighed.settings().size());
    assertArrayEquals(plain.network().weights(), weighed.network().weights());
  }

  @Test
  void tablesOfEntitiesThatOccurOftenGetAnIdentityUnlessItIsNotWanted() throws IOException {
    Run run = Run.well(data.trainByDefault());
    assertTrue(run.out().contains("left: with an identity of weight 0.1\n"), run.out());
    ModelTable left = ModelFile.load(folder.resolve("model.kron")).tables().getFirst();
    assertEquals(ModelBlock.Kind.IDENTITY, left.blocks().getLast().kind());
    float[][] added = ModelFile.load(folder.resolve("model.kron")).network().weights();

    Run.well(data.train("--identity", "left=0.1", "--identity", "right=0.1"));
    assertArrayEquals(added, ModelFile.load(folder.resolve("model.kron")).network().weights());

    Run without = Run.well(data.trainByDefault("--add-identity", "0"));
    assertFalse(without.out().contains("identity"), without.out());
    Run.refused(folder, data.trainByDefault("--add-identity", "-1"), "--add-identity");
  }

  @Test
  void reportAndFileTellWhatCounts() throws IOException {
    Run run = Run.well(data.trainByDefault("--progress=plain"));
    for (String setting : List.of("A", "B", "C", "D")) {
      assertTrue(
          run.out()
              .lines()
              .anyMatch(
                  line ->
                      line.startsWith("setting " + setting + ": ")
                          || line.matches("too few held-out samples to tell: .*" + setting + ".*")),
          run.out());
    }
    assertEquals(1, run.err().lines().filter(line -> line.startsWith("weighing network")).count());
    JsonNode root = Run.well(data.trainByDefault("--json")).json();
    assertEquals(4, root.get("settings").size());
    assertEquals("B", root.at("/settings/1/setting").asString());
    assertTrue(root.at("/settings/0/samples").asInt() > 0);
    JsonNode model = Run.well(data.withModel("inspect", "--json")).json();
    assertFalse(model.at("/provenance/setting D").asString().isEmpty());
  }

  @Test
  void rankingAgreesWithPredictingKnownAndNewEntities() throws IOException {
    Run.well(data.trainByDefault());
    data.copy("right.csv", "new_right.csv", "\nb", "\nnew_b");
    String right = "--features=right=" + data.path("new_right.csv");
    JsonNode ranked =
        Run.well(data.withModel("rank", "--given=left=a3", right, "--top=100", "--json")).json();
    assertEquals(2 * TinyData.RIGHT, ranked.get("ranking").size());
    StringBuilder pairs = new StringBuilder("left,right\n");
    ranked.get("ranking").forEach(row -> pairs.append("a3," + row.get("id").asString() + "\n"));
    data.write("asked.csv", pairs.toString());
    String csv =
        Run.well(data.withModel("predict", "--pairs=" + data.path("asked.csv"), right)).out();
    List<String> scores = TinyData.column(csv, "score");
    for (int i = 0; i < scores.size(); i++) {
      assertEquals(
          Double.parseDouble(scores.get(i)),
          ranked.at("/ranking/" + i + "/score").asDouble(),
          1e-9);
    }
  }

  @Test
  void plainGoesWithNoTuning() {
    Run.refused(folder, data.trainByDefault("--plain", "--tune=3"), "--plain", "--tune");
  }
}
