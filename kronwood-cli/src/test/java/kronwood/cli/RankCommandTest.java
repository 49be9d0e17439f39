package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The best candidates for a given entity, and the grid of all pairs. */
class RankCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private JsonNode rank(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    return Run.well(data.withModel("rank", all.toArray(String[]::new))).json();
  }

  private static List<String> ids(JsonNode ranked) {
    List<String> ids = new ArrayList<>();
    ranked.get("ranking").forEach(row -> ids.add(row.get("id").asString()));
    return ids;
  }

  /** Predictions by the ids of a pair, as predict makes them for pairs.csv. */
  private Map<String, Double> predicted(String column, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    if (all.stream().noneMatch("--grid"::equals)) {
      all.add("--pairs=" + data.path("pairs.csv"));
    }
    String csv = Run.well(data.withModel("predict", all.toArray(String[]::new))).out();
    List<String> left = TinyData.column(csv, "left");
    List<String> right = TinyData.column(csv, "right");
    List<String> scores = TinyData.column(csv, column);
    Map<String, Double> predictions = new TreeMap<>();
    for (int i = 0; i < scores.size(); i++) {
      predictions.put(left.get(i) + " " + right.get(i), Double.valueOf(scores.get(i)));
    }
    assertEquals(scores.size(), predictions.size(), "each pair once");
    return predictions;
  }

  /** Candidates sorted by what predict says of them. */
  private static List<String> sorted(Map<String, Double> predictions, String left) {
    return predictions.keySet().stream()
        .filter(pair -> pair.startsWith(left + " "))
        .sorted(Comparator.comparing(pair -> -predictions.getOrDefault(pair, 0.0)))
        .map(pair -> pair.substring(left.length() + 1))
        .toList();
  }

  private static void assertSamePredictions(
      Map<String, Double> expected, Map<String, Double> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (pair, score) -> assertEquals(score, actual.getOrDefault(pair, Double.NaN), 1e-9, pair));
  }

  @Test
  void theRankingIsThatOfThePredictions() {
    Run.well(data.train());
    Map<String, Double> predictions = predicted("score");
    JsonNode all = rank("--given=left=a3");
    assertEquals(sorted(predictions, "a3"), ids(all));
    assertEquals("right", all.get("mode").asString());
    assertEquals("a3", all.at("/given/left").asString());
    assertEquals(9, all.get("candidates").asInt());
    for (JsonNode row : all.get("ranking")) {
      double expected = predictions.getOrDefault("a3 " + row.get("id").asString(), Double.NaN);
      assertEquals(expected, row.get("score").asDouble(), 1e-9);
    }
    assertEquals(sorted(predictions, "a3").subList(0, 4), ids(rank("--given=left=a3", "--top=4")));
    assertEquals(12, ids(rank("--given=right=b2")).size());
  }

  @Test
  void aTableIsPrintedForPeople() {
    Run.well(data.train());
    List<String> lines =
        Run.well(data.withModel("rank", "--given=left=a1", "--top=3")).out().lines().toList();
    assertEquals("rank  right  score", lines.getFirst());
    assertEquals(4, lines.size());
    assertTrue(lines.get(1).startsWith("1     b"), lines.get(1));
  }

  @Test
  void pairsThatAreKnownAreLeftOut() throws IOException {
    Run.well(data.train());
    data.write("known.csv", "left,right\na3,b1\na3,b5\na4,b2\n");
    JsonNode ranked = rank("--given=left=a3", "--exclude=" + data.path("known.csv"));
    assertEquals(7, ids(ranked).size());
    assertEquals(2, ranked.get("excluded").asInt());
    assertFalse(ids(ranked).contains("b1"));
    assertFalse(ids(ranked).contains("b5"));
    JsonNode none = rank("--given=left=a3", "--exclude=" + data.path("pairs.csv"));
    assertEquals(List.of(), ids(none));
  }

  @Test
  void candidatesMayBeListedAndEachIsRankedOnce() throws IOException {
    Run.well(data.train());
    data.write("some.csv", "right\nb4\nb1\nb4\nb8\n");
    List<String> expected =
        sorted(predicted("score"), "a3").stream()
            .filter(List.of("b1", "b4", "b8")::contains)
            .toList();
    assertEquals(expected, ids(rank("--given=left=a3", "--candidates=" + data.path("some.csv"))));
  }

  @Test
  void newEntitiesAreGivenAndRanked() throws IOException {
    Run.well(data.train());
    data.copy("left.csv", "new_left.csv", "\na", "\nnew_a");
    data.copy("right.csv", "new_right.csv", "\nb", "\nnew_b");
    String left = "--features=left=" + data.path("new_left.csv");
    String right = "--features=right=" + data.path("new_right.csv");
    List<String> expected = sorted(predicted("score"), "a3");
    assertEquals(expected, ids(rank("--given=left=new_a3", left)));
    List<String> asNew = ids(rank("--given=left=new_a3", "--candidates=new", left, right));
    assertEquals(expected.stream().map(id -> "new_" + id).toList(), asNew);
    assertEquals(expected, ids(rank("--given=left=new_a3", "--candidates=known", left, right)));
    assertEquals(18, ids(rank("--given=left=new_a3", left, right)).size());
  }

  @Test
  void whatIsGivenForAKnownCandidateIsUsed() throws IOException {
    Run.well(data.train());
    data.write("again.csv", data.read("right.csv").lines().findFirst().orElse("") + "\nb1,9,9\n");
    String again = "--features=right=" + data.path("again.csv");
    double expected = predicted("score", again).getOrDefault("a3 b1", Double.NaN);
    JsonNode ranked = rank("--given=left=a3", "--candidates=new", again);
    assertEquals(List.of("b1"), ids(ranked));
    assertEquals(expected, ranked.at("/ranking/0/score").asDouble(), 1e-9);
  }

  @Test
  void oneOfSeveralTargetsOrClassesIsRankedBy() {
    Run.well(data.train("--target=affinity", "--target=other"));
    assertEquals(
        sorted(predicted("other"), "a2").size(),
        ids(rank("--given=left=a2", "--output=affinity")).size());
    Run.well(data.train("--target=grade", "--loss=softmax"));
    JsonNode graded = rank("--given=left=a2", "--output=high");
    assertEquals("probability_high", graded.get("output").asString());
    assertEquals(sorted(predicted("probability_high"), "a2"), ids(graded));
    Run.well(data.train("--target=active", "--loss=logistic"));
    assertEquals(sorted(predicted("probability"), "a2"), ids(rank("--given=left=a2")));
    Run.refused(
        folder,
        data.withModel("rank", "--given=left=a2", "--output=no"),
        "--output",
        "'no'",
        "expected yes");
  }

  @Test
  void aRankingIsWrittenToAFile() throws IOException {
    Run.well(data.train());
    Run run =
        Run.well(
            data.withModel("rank", "--given=left=a3", "--top=5", "--out=" + data.path("top.csv")));
    assertEquals("", run.out());
    assertTrue(run.err().contains("the best 5 of 9 candidates"), run.err());
    String csv = data.read("top.csv");
    assertEquals("left,right,score", csv.lines().findFirst().orElse(""));
    assertEquals(sorted(predicted("score"), "a3").subList(0, 5), TinyData.column(csv, "right"));
    assertEquals(List.of("a3"), TinyData.column(csv, "left").stream().distinct().toList());
  }

  @Test
  void modesAndIdsThatDoNotFitAreRefused() throws IOException {
    Run.well(data.train());
    refused("--given=middle=a1", "--given", "'middle=a1'", "left, right");
    refused("--given=left", "--given", "'left'", "MODE=ID");
    refused("--given=left=", "--given", "'left='", "MODE=ID");
    refused("--given=left=x9", "--given", "'x9'", "12 entities", "--features left=TABLE");
    Run.refused(
        folder,
        data.withModel("rank", "--given=left=a1", "--given=right=b1"),
        "--given",
        "found 2",
        "all but the one");
    Run.refused(
        folder, data.withModel("rank", "--given=left=a1", "--given=left=a2"), "'left'", "twice");
    Run.refused(folder, data.withModel("rank"), "missing required option", "--given");
  }

  private void refused(String given, String... parts) {
    Run.refused(folder, data.withModel("rank", given), parts);
  }

  @Test
  void candidatesAndFilesThatDoNotFitAreRefused() throws IOException {
    Run.well(data.train("--target=affinity", "--target=other"));
    String given = "--given=left=a1";
    String by = "--output=other";
    Run.refused(folder, data.withModel("rank", given), "--output", "affinity, other");
    Run.refused(folder, data.withModel("rank", given, "--output=x"), "--output", "'x'");
    Run.refused(
        folder,
        data.withModel("rank", given, by, "--candidates=new"),
        "--candidates",
        "'right'",
        "--features right=TABLE");
    Run.refused(
        folder, data.withModel("rank", given, by, "--candidates=no.csv"), "--candidates", "no.csv");
    data.write("bad.csv", "right\nb1\nb77\n");
    Run.refused(
        folder,
        data.withModel("rank", given, by, "--candidates=" + data.path("bad.csv")),
        "--candidates",
        "bad.csv",
        "'b77'",
        "--features right=TABLE");
    Run.refused(
        folder,
        data.withModel("rank", given, by, "--exclude=" + data.path("bad.csv")),
        "--exclude",
        "bad.csv",
        "'left'");
    Run.refused(folder, data.withModel("rank", given, by, "--top=0"), "--top", "'0'");
    Run.refused(
        folder, data.withModel("rank", given, by, "--out=" + data.path("x.doc")), "x.doc", ".csv");
  }

  @Test
  void theGridHasEveryPairOnceWithItsPrediction() {
    Run.well(data.train());
    assertSamePredictions(predicted("score"), predicted("score", "--grid"));
    Run.well(data.train("--target=grade", "--loss=softmax"));
    assertSamePredictions(predicted("probability_mid"), predicted("probability_mid", "--grid"));
  }

  @Test
  void theGridHoldsNewEntitiesToo() throws IOException {
    Run.well(data.train());
    data.copy("right.csv", "new_right.csv", "\nb", "\nnew_b");
    Map<String, Double> grid =
        predicted("score", "--grid", "--features=right=" + data.path("new_right.csv"));
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
  void threeModesAreRankedAndPredictedAsAGrid() {
    Run.well(data.train("--modes=left,right,cell", "--features=cell=" + data.path("cell.csv")));
    String csv = Run.well(data.withModel("predict", "--grid")).out();
    assertEquals(12 * 9 * 4, TinyData.column(csv, "score").size());
    assertEquals(4, ids(rank("--given=right=b1", "--given=left=a1")).size());
    Run.refused(folder, data.withModel("rank", "--given=left=a1"), "found 1", "left, right, cell");
  }

  @Test
  void aModeMultipliedWithItselfHasNothingToBeRankedFor() throws IOException {
    data.write("self.csv", "left,affinity\na1,1\na2,3\na3,2\na4,5\na5,0\na6,2\n");
    Run.well(
        "train",
        "--pairs=" + data.path("self.csv"),
        "--modes=left,left",
        "--features=left=" + data.path("left.csv"),
        "--target=affinity",
        "--neurons=4",
        "--epochs=1",
        "--threads=1",
        "--progress=none",
        "--out=" + data.path("model.kron"));
    refused("--given=left=a1", "--given", "'left' with itself");
    Run.refused(folder, data.withModel("predict", "--grid"), "--grid", "'left' with itself");
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
}
