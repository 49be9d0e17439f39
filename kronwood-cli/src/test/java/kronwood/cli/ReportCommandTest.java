package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Reports by the command line have the numbers of {@code --json}, and refuse what they cannot do.
 */
class ReportCommandTest {
  private static final String TEST = "part = 'test'";

  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("r.html"));
  }

  private String pairs() {
    return "--pairs=" + data.path("pairs.csv");
  }

  /** Every metric of a JSON object is in the page, with all digits. */
  private static void assertShows(String page, JsonNode metrics) {
    assertFalse(metrics.isEmpty());
    for (String key : metrics.propertyNames()) {
      if (metrics.get(key).isNumber()) {
        String value = Double.toString(metrics.get(key).asDouble());
        boolean whole = metrics.get(key).asDouble() == Math.rint(metrics.get(key).asDouble());
        assertTrue(whole || page.contains("<data value=\"" + value + "\">"), key + " = " + value);
      }
    }
  }

  @Test
  void aReportOfATrainingHasItsNumbersAndTheCommandThatMakesItAgain() throws IOException {
    JsonNode json =
        Run.well(
                data.train("--report", data.path("r.html"), "--test-where=part = 'test'", "--json"))
            .json();
    String page = page();
    assertShows(page, json.get("metrics").get("train"));
    assertShows(page, json.get("metrics").get("test"));
    json.get("losses").forEach(loss -> assertTrue(page.contains("\"" + loss.asDouble() + "\"")));
    json.get("testSettings").forEach(setting -> assertShows(page, setting.get("metrics")));
    assertTrue(page.contains("kronwood train"), "the command");
    assertTrue(page.contains(data.path("pairs.csv")), "its options");
  }

  @Test
  void aReportDoesNotChangeTheModel() throws IOException {
    Run.well(data.train());
    byte[] plain = Files.readAllBytes(folder.resolve("model.kron"));
    Run.well(data.train("--report", data.path("r.html")));
    assertEquals(
        Arrays.hashCode(plain), Arrays.hashCode(Files.readAllBytes(folder.resolve("model.kron"))));
  }

  @Test
  void aReportOfAModelHasTheNumbersOfEvaluate() throws IOException {
    Run.well(data.train());
    JsonNode json = Run.well(data.withModel("evaluate", pairs(), "--where", TEST, "--json")).json();
    Run.well(
        data.withModel(
            "report",
            pairs(),
            "--where",
            TEST,
            "--train-where",
            "part = 'train'",
            "--out",
            data.path("r.html")));
    assertShows(page(), json.get("metrics").get("test"));
  }

  @Test
  void aReportOfACrossValidationHasItsNumbers() throws IOException {
    List<String> train = List.of(data.train("--report", data.path("r.html"), "--json"));
    String[] cv =
        train.stream()
            .map(word -> word.equals("train") ? "cv" : word)
            .filter(word -> !word.startsWith("--out") && !word.contains("-where"))
            .toArray(String[]::new);
    Run run = Run.of(cv);
    assertEquals(0, run.code(), run::toString);
    run.json().get("folds").forEach(fold -> assertShowsIn(fold.get("metrics")));
  }

  private void assertShowsIn(JsonNode metrics) {
    try {
      assertShows(page(), metrics);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void twoModelsAreComparedOnTheSamePairs() throws IOException {
    Run.well(data.train());
    Files.move(folder.resolve("model.kron"), folder.resolve("a.kron"));
    Run.well(data.train("--epochs", "1"));
    Run.well(
        "report",
        "--compare",
        data.path("a.kron"),
        data.path("model.kron"),
        pairs(),
        "--where",
        TEST,
        "--out",
        data.path("r.html"));
    assertTrue(page().contains("B less A"), "differences");
  }

  @Test
  void aCardIsMarkdownOnStandardOutputOrInAFile() throws IOException {
    Run.well(data.train());
    String printed = Run.well(data.withModel("card", pairs(), "--where", TEST)).out();
    assertTrue(printed.startsWith("# Kronwood: affinity"), printed);
    Run.well(data.withModel("card", "--out", data.path("card.md")));
    assertTrue(Files.readString(folder.resolve("card.md")).contains("## Provenance"));
  }

  @Test
  void whatCannotBeReportedIsRefused() throws IOException {
    Run.well(data.train());
    String out = "--out=" + data.path("r.html");
    Files.writeString(folder.resolve("bare.csv"), "left,right\na1,b1\n");
    Run.refused(
        folder,
        data.withModel("report", "--pairs=" + data.path("bare.csv"), out),
        "bare.csv",
        "affinity");
    Run.refused(folder, data.withModel("report", out), "missing required option '--pairs=TABLE'");
    Run.refused(
        folder,
        new String[] {"report", "--model", data.path("none.kron"), pairs(), out},
        "none.kron does not exist");
    Run.refused(folder, new String[] {"report", pairs(), out}, "give one model with --model");
    Run.refused(
        folder,
        data.withModel("report", pairs(), "--where", "part = 'none'", out),
        "none of its 108 rows");
    Run.refused(
        folder,
        data.withModel("report", pairs(), "--out=" + data.path("nowhere/r.html")),
        "there is no folder");
    Run.refused(folder, data.train("--report", data.path("nowhere/r.html")), "there is no folder");
  }

  @Test
  void modelsOfOtherModesAreNotCompared() throws IOException {
    Run.well(data.train());
    Files.move(folder.resolve("model.kron"), folder.resolve("a.kron"));
    Run.well(data.trainOnOneTable());
    Run.refused(
        folder,
        new String[] {
          "report",
          "--compare",
          data.path("a.kron"),
          data.path("model.kron"),
          pairs(),
          "--out=" + data.path("r.html")
        },
        "cannot be compared");
  }
}
