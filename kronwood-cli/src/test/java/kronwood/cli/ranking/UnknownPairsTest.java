package kronwood.cli.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Entities and pairs of which little is known: ids alone, positives alone, new ones in a test. */
class UnknownPairsTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private JsonNode evaluate(String... options) {
    String[] all = new String[options.length + 1];
    System.arraycopy(options, 0, all, 0, options.length);
    all[options.length] = "--json";
    return Run.well(data.withModel("evaluate", all)).json();
  }

  /** The positive pairs of pairs.csv, with their part. */
  private int writePositives() throws IOException {
    StringBuilder csv = new StringBuilder("left,right,active,part\n");
    int count = 0;
    for (String line : data.read("pairs.csv").lines().skip(1).toList()) {
      String[] cells = line.split(",");
      if (cells[5].equals("yes")) {
        csv.append(cells[0]).append(',').append(cells[1]).append(",yes,").append(cells[8]);
        csv.append('\n');
        count++;
      }
    }
    data.write("positives.csv", csv.toString());
    return count;
  }

  @Test
  void positivesAreEvaluatedAgainstAllPairsThatAreNotListed() throws IOException {
    Run.well(data.train("--target=active", "--loss=logistic", "--positive=yes"));
    int positives = writePositives();
    String pairs = "--pairs=" + data.path("positives.csv");
    JsonNode listed = evaluate("--pairs=" + data.path("pairs.csv"));
    JsonNode implied = evaluate(pairs, "--negatives=all");
    assertEquals(TinyData.PAIRS, implied.at("/samples/test").asInt());
    for (String metric : List.of("auc", "aupr", "logloss", "accuracy")) {
      assertEquals(
          listed.at("/metrics/test/" + metric).asDouble(),
          implied.at("/metrics/test/" + metric).asDouble(),
          1e-9,
          metric);
    }
    assertEquals(
        Math.min(TinyData.PAIRS, 2 * positives),
        evaluate(pairs, "--negatives=sample:1").at("/samples/test").asInt());
    int tested = evaluate(pairs, "--where=part = 'test'").at("/samples/test").asInt();
    // Pairs that are listed in another part are no negatives.
    assertEquals(
        tested + TinyData.PAIRS - positives,
        evaluate(pairs, "--where=part = 'test'", "--negatives=all").at("/samples/test").asInt());
  }

  @Test
  void negativesAreForTwoClasses() {
    Run.well(data.train());
    Run.refused(
        folder,
        data.withModel("evaluate", "--pairs=" + data.path("pairs.csv"), "--negatives=all"),
        "--negatives");
  }

  @Test
  void entitiesMayBeToldApartByNothingButTheirIds() throws IOException {
    String[] byIds = {
      "train",
      "--pairs=" + data.path("pairs.csv"),
      "--target=affinity",
      "--modes=left,right",
      "--identity=left=1",
      "--identity=right=1",
      "--neurons=64",
      "--epochs=40",
      "--plain",
      "--threads=2",
      "--progress=none",
      "--json",
      "--out=" + data.path("model.kron")
    };
    JsonNode root = Run.well(byIds).json();
    assertTrue(root.at("/metrics/train/r2").asDouble() > 0.8, root::toString);
    JsonNode table = Run.well(data.withModel("inspect", "--json")).json().at("/tables/0");
    assertEquals("identity", table.at("/blocks/0/kind").asString());
    assertEquals(
        9,
        Run.well(data.withModel("rank", "--given=left=a3", "--json"))
            .json()
            .get("candidates")
            .asInt());
    data.write("other.csv", "left,right\nzz,b1\n");
    Run.refused(
        folder,
        data.withModel("predict", "--pairs=" + data.path("other.csv")),
        "'zz'",
        "nothing but their ids");
    Run.refused(
        folder,
        data.withModel(
            "predict",
            "--pairs=" + data.path("other.csv"),
            "--features=left=" + data.path("left.csv")),
        "'left'",
        "nothing but their ids");
  }

  @Test
  void oneSideMayHaveFeaturesAndTheOtherIdsAlone() throws IOException {
    JsonNode root =
        Run.well(
                "train",
                "--pairs=" + data.path("pairs.csv"),
                "--target=affinity",
                "--modes=left,right",
                "--features=left=" + data.path("left.csv"),
                "--identity=right=1",
                "--neurons=16",
                "--epochs=3",
                "--threads=1",
                "--progress=none",
                "--json",
                "--out=" + data.path("model.kron"))
            .json();
    assertTrue(root.at("/metrics/train/mse").isNumber());
    data.copy("left.csv", "new_left.csv", "\na", "\nnew_a");
    Run.well(
        data.withModel(
            "rank", "--given=left=new_a3", "--features=left=" + data.path("new_left.csv")));
    data.write("gap.csv", "left,right,affinity\na1,b1,2\na2,,3\n");
    Run.refused(
        folder,
        new String[] {
          "train",
          "--pairs=" + data.path("gap.csv"),
          "--target=affinity",
          "--modes=left,right",
          "--identity=left=1",
          "--identity=right=1",
          "--out=" + data.path("model.kron")
        },
        "gap.csv, row 2",
        "'right'",
        "the id is empty");
  }

  @Test
  void aModelThatWouldNotFitInMemoryIsRefusedBeforeItIsTrained() {
    String[] options = {"--identity=left=0.5", "--identity=right=0.5", "--neurons=4096"};
    Run run = Run.of(data.train(options[0], options[1], options[2], "--memory=1M"));
    assertEquals(ExitCodes.BAD_INPUT, run.code(), run::toString);
    assertTrue(
        run.err().contains("the model would need 1.4 MB of memory (4096 neurons"), run.err());
    assertTrue(run.err().contains("11 (left) × 8 (right)"), run.err());
    assertTrue(run.err().contains("--memory"), run.err());
  }
}
