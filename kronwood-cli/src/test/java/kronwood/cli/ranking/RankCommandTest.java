package kronwood.cli.ranking;

import static kronwood.cli.ranking.Rankings.ids;
import static kronwood.cli.ranking.Rankings.sorted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The best candidates for a given entity. */
class RankCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private JsonNode rank(String... options) {
    return Rankings.of(data, options);
  }

  private Map<String, Double> predicted(String column, String... options) {
    return data.predicted(column, options);
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
  void pairsOfEveryTableThatIsGivenAreLeftOut() throws IOException {
    Run.well(data.train());
    data.write("known.csv", "left,right\na3,b1\na3,b5\n");
    data.write("more.csv", "left,right\na3,b1\na3,b2\n");
    JsonNode ranked =
        rank(
            "--given=left=a3",
            "--exclude=" + data.path("known.csv"),
            "--exclude=" + data.path("more.csv"));
    assertEquals(3, ranked.get("excluded").asInt());
    for (String known : List.of("b1", "b2", "b5")) {
      assertFalse(ids(ranked).contains(known), known);
    }
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
    Run.refused(folder, data.withModel("rank"), "--given", "found 0", "left, right");
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
  void entitiesOfAModeMultipliedWithItselfAreRankedAsTheyAre() throws IOException {
    Run.well(data.trainOnSelf());
    String csv = Run.well(data.withModel("predict", "--pairs=" + data.path("self.csv"))).out();
    List<String> ids = TinyData.column(csv, "left");
    List<String> scores = TinyData.column(csv, "score");
    JsonNode ranked = rank("--candidates=" + data.path("self.csv"));
    List<String> expected =
        ids.stream()
            .sorted(Comparator.comparing(id -> -Double.parseDouble(scores.get(ids.indexOf(id)))))
            .toList();
    assertEquals(expected, ids(ranked));
    for (JsonNode row : ranked.get("ranking")) {
      double score = Double.parseDouble(scores.get(ids.indexOf(row.get("id").asString())));
      assertEquals(score, row.get("score").asDouble(), 1e-9);
    }
    assertEquals(12, rank().get("candidates").asInt());
    assertEquals(
        expected.subList(0, 1), ids(rank("--candidates=" + data.path("self.csv"), "--top=1")));
    refused("--given=left=a1", "--given", "'left' with itself", "leave it out");
    Run.well(data.withModel("rank", "--top=3", "--out=" + data.path("top.csv")));
    assertEquals("left,score", data.read("top.csv").lines().findFirst().orElse(""));
  }

  @Test
  void aModeGivenTwiceOverIsTheSameEntityAtBothPlaces() throws IOException {
    data.write("three.csv", data.read("pairs.csv"));
    Run.well(data.train("--modes=left,left,right"));
    Map<String, Double> predictions = predicted("score");
    assertEquals(sorted(predictions, "a3"), ids(rank("--given=left=a3")));
    List<String> left = ids(rank("--given=right=b2"));
    assertEquals(12, left.size());
    for (int i = 1; i < 12; i++) {
      double before = predictions.getOrDefault(left.get(i - 1) + " b2", Double.NaN);
      assertTrue(before >= predictions.getOrDefault(left.get(i) + " b2", Double.NaN));
    }
  }

  @Test
  void positionsOfOneTableAreToldApartByTheirNames() throws IOException {
    Run.well(data.trainOnOneTable());
    JsonNode second = rank("--given=first=a3");
    assertEquals("second", second.get("mode").asString());
    assertEquals(11, ids(second).size());
    assertFalse(ids(second).contains("a3"), "an entity is no candidate for itself");
    JsonNode first = rank("--given=second=a3");
    assertEquals("first", first.get("mode").asString());
    data.write("one.csv", "first,second\na3,a7\na7,a3\n");
    String csv = Run.well(data.withModel("predict", "--pairs=" + data.path("one.csv"))).out();
    List<String> scores = TinyData.column(csv, "score");
    assertEquals(Double.parseDouble(scores.get(0)), score(second, "a7"), 1e-9);
    assertEquals(Double.parseDouble(scores.get(1)), score(first, "a7"), 1e-9);
    refused("--given=left=a3", "--given", "'left=a3'", "first, second");
  }

  private static double score(JsonNode ranked, String id) {
    for (JsonNode row : ranked.get("ranking")) {
      if (row.get("id").asString().equals(id)) {
        return row.get("score").asDouble();
      }
    }
    throw new AssertionError(id + " is not in " + ranked);
  }

  @Test
  void moreThanThereAreIsAllThereAreAndNoneIsSaid() throws IOException {
    Run.well(data.train());
    assertEquals(9, ids(rank("--given=left=a3", "--top=1000000")).size());
    JsonNode none = rank("--given=left=a3", "--exclude=" + data.path("pairs.csv"));
    assertEquals(0, none.get("ranking").size());
    assertTrue(
        none.at("/warnings/0").asString().contains("no candidates are left, --exclude names all 9"),
        none::toString);
    refused("--given=left=a33", "--given", "'a33' is not among the 12", "closest: 'a3'");
  }

  @Test
  void aModeIsAnOptionOfItsOwn() {
    Run.well(data.train());
    List<String> expected = ids(rank("--given=left=a3"));
    assertEquals(expected, ids(rank("--left", "a3")));
    assertEquals(expected, ids(rank("--left=a3")));
    Run.refused(folder, data.withModel("rank", "--lef", "a3"), "unknown option '--lef'");
    Run.refused(folder, data.withModel("rank", "--left"), "unknown option '--left'");
    Run.refused(folder, data.withModel("rank", "a3"), "unexpected argument 'a3'");
    Run.refused(
        folder, data.withModel("rank", "--left=a3", "--topp=4"), "'--topp=4'", "did you mean");
  }

  @Test
  void oneOfThreeModesIsRankedGivenTheOthers() {
    Run.well(data.train("--modes=left,right,cell", "--features=cell=" + data.path("cell.csv")));
    assertEquals(4, ids(rank("--given=right=b1", "--given=left=a1")).size());
    Run.refused(folder, data.withModel("rank", "--given=left=a1"), "found 1", "left, right, cell");
  }
}
