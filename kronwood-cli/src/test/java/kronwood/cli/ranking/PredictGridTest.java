package kronwood.cli.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Predictions for all tuples of entities. */
class PredictGridTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private static void assertSamePredictions(
      Map<String, Double> expected, Map<String, Double> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (pair, score) -> assertEquals(score, actual.getOrDefault(pair, Double.NaN), 1e-9, pair));
  }

  @Test
  void theGridHasEveryPairOnceWithItsPrediction() {
    Run.well(data.train());
    assertSamePredictions(data.predicted("score"), data.predicted("score", "--grid"));
    Run.well(data.train("--target=grade", "--loss=softmax"));
    assertSamePredictions(
        data.predicted("probability_mid"), data.predicted("probability_mid", "--grid"));
  }

  @Test
  void theGridHoldsNewEntitiesToo() throws IOException {
    Run.well(data.train());
    data.copy("right.csv", "new_right.csv", "\nb", "\nnew_b");
    Map<String, Double> grid =
        data.predicted("score", "--grid", "--features=right=" + data.path("new_right.csv"));
    assertEquals(12 * 18, grid.size());
    assertEquals(
        grid.getOrDefault("a5 b4", Double.NaN), grid.getOrDefault("a5 new_b4", Double.NaN), 1e-5);
  }

  @Test
  void theGridIsWrittenToParquet() throws IOException {
    Run.well(data.train());
    Run run = Run.well(data.withModel("predict", "--grid", "--out=" + data.path("all.parquet")));
    assertTrue(run.err().contains("108 predictions written to "), run.err());
    assertTrue(Files.size(folder.resolve("all.parquet")) > 0);
    // Parquet is read back as a table of pairs.
    String again = Run.well(data.withModel("predict", "--pairs=" + data.path("all.parquet"))).out();
    List<String> first = TinyData.column(again, "score");
    List<String> second = TinyData.column(again, "predicted_score");
    for (int i = 0; i < 108; i++) {
      assertEquals(Double.parseDouble(first.get(i)), Double.parseDouble(second.get(i)), 1e-9);
    }
  }

  @Test
  void theGridOfAModeMultipliedWithItselfHasEachEntityOnce() throws IOException {
    Run.well(data.trainOnSelf());
    StringBuilder every = new StringBuilder("left\n");
    data.read("left.csv").lines().skip(1).forEach(l -> every.append(l.split(",")[0]).append('\n'));
    data.write("every.csv", every.toString());
    String expected =
        Run.well(data.withModel("predict", "--pairs=" + data.path("every.csv"))).out();
    String grid = Run.well(data.withModel("predict", "--grid")).out();
    assertEquals("left,score", grid.lines().findFirst().orElse(""));
    assertEquals(expected, grid);
  }

  @Test
  void theGridOfAModeGivenTwiceOverHasEachPairOnce() {
    // left has more entities than right, so that the mode taken twice varies fastest once.
    Run.well(data.train("--modes=left,left,right"));
    assertSamePredictions(data.predicted("score"), data.predicted("score", "--grid"));
    Run.well(data.train("--modes=left,right,right"));
    assertSamePredictions(data.predicted("score"), data.predicted("score", "--grid"));
  }

  @Test
  void theGridOfTwoModesOfOneTableHasEachPairInBothOrders() throws IOException {
    Run.well(data.trainOnOneTable());
    String grid = Run.well(data.withModel("predict", "--grid", "--modes=first,second")).out();
    List<String> first = TinyData.column(grid, "first");
    List<String> second = TinyData.column(grid, "second");
    List<String> scores = TinyData.column(grid, "score");
    assertEquals(144, scores.size());
    Map<String, Double> ofPair = new TreeMap<>();
    for (int i = 0; i < scores.size(); i++) {
      ofPair.put(first.get(i) + " " + second.get(i), Double.valueOf(scores.get(i)));
    }
    assertEquals(144, ofPair.size(), "each pair once");
    Run ranked = Run.well(data.withModel("rank", "--given=second=a3", "--json"));
    for (JsonNode row : ranked.json().get("ranking")) {
      String pair = row.get("id").asString() + " a3";
      assertEquals(row.get("score").asDouble(), ofPair.getOrDefault(pair, Double.NaN), 1e-9);
    }
  }

  @Test
  void gridAndPairsExcludeEachOther() {
    Run.well(data.train());
    Run.refused(
        folder,
        data.withModel("predict", "--grid", "--pairs=" + data.path("pairs.csv")),
        "--grid",
        "--pairs");
    Run.refused(folder, data.withModel("predict"), "missing required option", "--pairs", "--grid");
    Run.refused(folder, data.withModel("evaluate"), "missing required option", "--pairs");
    Run.refused(folder, data.withModel("predict", "--grid", "--json"), "--json", "--out");
  }

  @Test
  void threeModesAreCombined() {
    Run.well(data.train("--modes=left,right,cell", "--features=cell=" + data.path("cell.csv")));
    String csv = Run.well(data.withModel("predict", "--grid")).out();
    assertEquals(12 * 9 * 4, TinyData.column(csv, "score").size());
  }
}
