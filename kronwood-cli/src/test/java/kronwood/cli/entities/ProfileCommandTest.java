package kronwood.cli.entities;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import kronwood.gram.ComponentMap;
import kronwood.model.Model;
import kronwood.model.file.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code --profile}: what entities occur with tells them apart. */
class ProfileCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void write() throws IOException {
    data = TinyData.in(folder);
  }

  private Model model() throws IOException {
    return ModelFile.load(folder.resolve("model.kron"));
  }

  @Test
  void knownAndNewEntitiesArePredictedForByTheirOwnNetworks() throws IOException {
    Run run =
        Run.well(
            data.trainByDefault(
                "--profile=left=0.5", "--profile=right:gaussian:2", "--progress=plain"));
    assertTrue(run.err().contains("without interaction profiles"), run.err());
    Model model = model();
    assertNotNull(model.others());
    Run.well(data.trainByDefault());
    assertArrayEquals(model().network().weights(), model.others().network().weights());

    Run.well(data.trainByDefault("--profile=left=0.5", "--profile=right:gaussian:2"));
    JsonNode inspected = Run.well(data.withModel("inspect", "--json")).json();
    assertTrue(inspected.at("/tables/0").toString().contains("profile"), inspected.toString());
    data.copy("left.csv", "new_left.csv", "\na3,", "\nnew_a3,");
    data.write("asked.csv", "left,right\na1,b2\nnew_a3,b2\n");
    String features = "--features=left=" + data.path("new_left.csv");
    String csv =
        Run.well(data.withModel("predict", "--pairs=" + data.path("asked.csv"), features)).out();
    List<String> scores = TinyData.column(csv, "score");
    JsonNode ranked =
        Run.well(data.withModel("rank", "--given=left=new_a3", features, "--top=9", "--json"))
            .json();
    for (JsonNode row : ranked.get("ranking")) {
      if (row.get("id").asString().equals("b2")) {
        assertEquals(Double.parseDouble(scores.get(1)), row.get("score").asDouble(), 1e-9);
      }
    }
  }

  @Test
  void plainTrainingHasOneNetwork() throws IOException {
    Run.well(data.train("--profile=left"));
    assertNull(model().others());
  }

  @Test
  void testRowsTellNothing() throws IOException {
    String[] train =
        data.trainByDefault(
            "--profile=left", "--profile=right", "--test-where=part = 'test'", "--quiet");
    Run.well(train);
    Model first = model();
    String changed =
        data.read("pairs.csv")
            .lines()
            .map(line -> line.endsWith(",test") ? other(line) : line)
            .collect(Collectors.joining("\n", "", "\n"));
    data.write("pairs.csv", changed);
    Run.well(train);
    assertArrayEquals(first.network().weights(), model().network().weights());
    for (int s = 0; s < 4; s++) {
      assertEquals(first.settings().get(s).network(), model().settings().get(s).network());
    }
  }

  /** Another affinity. */
  private static String other(String line) {
    String[] cells = line.split(",", -1);
    cells[3] = "-" + cells[3];
    return String.join(",", cells);
  }

  @Test
  void interactionsAloneTellEntitiesApart() throws IOException {
    Run.well(
        "train",
        "--pairs=" + data.path("pairs.csv"),
        "--target=active",
        "--loss=logistic",
        "--modes=left,right",
        "--profile=left",
        "--profile=right:tanimoto",
        "--neurons=8",
        "--epochs=2",
        "--quiet",
        "--out=" + data.path("model.kron"));
    assertTrue(model().tables().getFirst().map().rank() <= 10);
    assertNull(model().others());
    Run.well(data.withModel("rank", "--given=left=a3", "--top=2"));
    assertTrue(
        model().tables().getFirst().map() instanceof ComponentMap
            || model().tables().getFirst().map().rank() > 1);
  }

  @Test
  void tuningAndCrossValidationTakeThem() {
    Run.well(data.train("--profile=left", "--tune=3", "--tune-folds=2"));
    String[] train = data.trainByDefault("--profile=left", "--setting=A,D", "--folds=2");
    train[0] = "cv";
    train[8] = "--json";
    JsonNode found = Run.well(train).json();
    assertEquals(2, found.get("settings").size());
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    refused("modes name", "--profile=middle");
    refused("weight", "--profile=left=0");
    refused("NAME[:KERNEL][=WEIGHT]", "--profile=left=heavy");
    refused("kernel", "--profile=left:square");
    refused("twice", "--profile=left", "--profile=left=2");
    data.write("once.csv", "left,right,affinity\na1,b1,1\na2,b2,3\na3,b3,2\n");
    Run.refused(
        folder,
        data.trainByDefault("--profile=left", "--pairs=" + data.path("once.csv")),
        "'left'",
        "occurs twice");
  }

  private void refused(String part, String... options) {
    Run.refused(folder, data.trainByDefault(options), "--profile", part);
  }
}
