package kronwood.cli.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How well all candidates of an entity are ranked. */
class RankMetricsCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private JsonNode run(String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.add("--json");
    return Run.well(all.toArray(String[]::new)).json();
  }

  /** Pairs "left right" of the table whose row fulfils a condition. */
  private Set<String> pairs(Predicate<String[]> condition) throws IOException {
    Set<String> pairs = new TreeSet<>();
    for (String line : data.read("pairs.csv").lines().skip(1).toList()) {
      String[] cells = line.split(",");
      if (condition.test(cells)) {
        pairs.add(cells[0] + " " + cells[1]);
      }
    }
    return pairs;
  }

  /** Recall and reciprocal rank by what predict says, of entities at a place of the pair. */
  private static Map<String, Double> direct(
      Map<String, Double> predictions, int given, int k, Set<String> relevant, Set<String> known) {
    Map<String, List<String>> lists = new TreeMap<>();
    for (String pair : predictions.keySet()) {
      if (!known.contains(pair)) {
        lists.computeIfAbsent(pair.split(" ")[given], _ -> new ArrayList<>()).add(pair);
      }
    }
    double recall = 0;
    double reciprocal = 0;
    int count = 0;
    for (List<String> list : lists.values()) {
      list.sort(Comparator.comparing(pair -> -predictions.getOrDefault(pair, 0.0)));
      long all = list.stream().filter(relevant::contains).count();
      if (all > 0) {
        recall += (double) list.stream().limit(k).filter(relevant::contains).count() / all;
        int first = 0;
        while (!relevant.contains(list.get(first))) {
          first++;
        }
        reciprocal += 1.0 / (first + 1);
        count++;
      }
    }
    return Map.of("recall@" + k, recall / count, "mrr", reciprocal / count, "count", 1.0 * count);
  }

  private static void assertAgrees(Map<String, Double> expected, JsonNode ranking) {
    expected.forEach(
        (key, value) ->
            assertEquals(
                value,
                (key.equals("count") ? ranking.get("entities") : ranking.at("/metrics/" + key))
                    .asDouble(),
                1e-9,
                key));
  }

  @Test
  void classesAreRankedWithoutWhatWasTrainedOn() throws IOException {
    String[] train =
        data.train(
            "--target=active",
            "--loss=logistic",
            "--positive=yes",
            "--test-where=part = 'test'",
            "--rank-metrics=2,5");
    JsonNode trained = run(train).get("ranking");
    Set<String> relevant = pairs(row -> row[8].equals("test") && row[5].equals("yes"));
    Set<String> known = pairs(row -> !row[8].equals("test"));
    Map<String, Double> predictions = data.predicted("probability");
    assertAgrees(direct(predictions, 0, 2, relevant, known), trained);
    assertEquals("left", trained.get("given").asString());
    assertEquals(TinyData.RIGHT, trained.get("candidates").asInt());
    JsonNode evaluated =
        run(data.withModel(
                "evaluate",
                "--pairs=" + data.path("pairs.csv"),
                "--where=part = 'test'",
                "--rank-metrics=5,2"))
            .get("ranking");
    assertEquals(trained, evaluated);
    JsonNode lefts =
        run(data.withModel(
                "evaluate",
                "--pairs=" + data.path("pairs.csv"),
                "--where=part = 'test'",
                "--rank-given=right",
                "--rank-metrics=3"))
            .get("ranking");
    assertAgrees(direct(predictions, 1, 3, relevant, known), lefts);
    assertEquals("left", lefts.get("ranked").asString());
  }

  @Test
  void numbersAreRelevantFromOneOnAndTablesMayBeLeftOut() throws IOException {
    Run.well(data.train());
    Set<String> relevant = pairs(row -> Double.parseDouble(row[3]) >= 5.25);
    Set<String> known = pairs(row -> row[8].equals("test"));
    data.write("known.csv", "left,right\n" + String.join("\n", known).replace(' ', ',') + "\n");
    JsonNode ranking =
        run(data.withModel(
                "evaluate",
                "--pairs=" + data.path("pairs.csv"),
                "--rank-metrics=2",
                "--relevant=5.25",
                "--exclude=" + data.path("known.csv")))
            .get("ranking");
    assertAgrees(direct(data.predicted("score"), 0, 2, relevant, known), ranking);
  }

  @Test
  void candidatesAreDrawnWithASeedOrListed() throws IOException {
    Run.well(data.train());
    String[] options = {
      "--pairs=" + data.path("pairs.csv"),
      "--where=part = 'test'",
      "--rank-metrics=2",
      "--relevant=5"
    };
    JsonNode all = evaluated(options, "--rank-candidates=all");
    JsonNode drawn = evaluated(options, "--rank-candidates=2");
    assertEquals(drawn, evaluated(options, "--rank-candidates=2"));
    assertEquals(all.get("metrics"), evaluated(options, "--rank-candidates=9").get("metrics"));
    // Two others and the relevant ones: a first place is no worse than among all.
    assertTrue(drawn.at("/metrics/mrr").asDouble() >= all.at("/metrics/mrr").asDouble());
    data.write("some.csv", "right\nb1\nb2\nb3\nb1\n");
    JsonNode some = evaluated(options, "--rank-candidates=" + data.path("some.csv"));
    assertEquals(3, some.get("candidates").asInt());
  }

  private JsonNode evaluated(String[] options, String last) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(last);
    return run(data.withModel("evaluate", all.toArray(String[]::new))).get("ranking");
  }

  @Test
  void foldsAreRankedToo() {
    JsonNode folds =
        run(
            "cv",
            "--pairs=" + data.path("pairs.csv"),
            "--modes=left,right",
            "--features=left=" + data.path("left.csv"),
            "--features=right=" + data.path("right.csv"),
            "--target=active",
            "--loss=logistic",
            "--plain",
            "--neurons=16",
            "--epochs=2",
            "--folds=2",
            "--progress=none",
            "--rank-metrics=3");
    for (String key : List.of("precision@3", "ndcg@3", "map", "coverage@3")) {
      double mean = folds.at("/settings/0/metrics/" + key + "/mean").asDouble();
      double sum = 0;
      for (JsonNode fold : folds.get("folds")) {
        sum += fold.at("/metrics/" + key).asDouble();
      }
      assertEquals(sum / 2, mean, 1e-12, key);
      assertTrue(mean > 0 && mean <= 1, key + " " + mean);
    }
  }

  @Test
  void aTableIsPrintedForPeople() {
    Run.well(data.train());
    List<String> lines =
        Run.well(
                data.withModel(
                    "evaluate",
                    "--pairs=" + data.path("pairs.csv"),
                    "--rank-metrics=2,4",
                    "--relevant=5"))
            .out()
            .lines()
            .dropWhile(line -> !line.contains("ranked"))
            .toList();
    assertTrue(lines.getFirst().startsWith("right ranked for 1"), lines.getFirst());
    assertTrue(lines.getFirst().endsWith("; 9 candidates"), lines.getFirst());
    assertTrue(lines.get(1).strip().matches("@2 +@4 +all"), lines.get(1));
    assertTrue(lines.get(2).matches("precision +0\\.\\d+ +0\\.\\d+ +-"), lines.get(2));
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    Run.well(data.train());
    String pairs = "--pairs=" + data.path("pairs.csv");
    assertRefused(
        "--rank-metrics: targets are numbers, say with --relevant X from which number on a pair is"
            + " relevant",
        data.withModel("evaluate", pairs, "--rank-metrics=2"));
    assertRefused(
        "ranking metrics at 10: mode 'right' has only 9 candidates, expected at most 9",
        data.withModel("evaluate", pairs, "--rank-metrics=10", "--relevant=5"));
    assertRefused(
        "ranking metrics at 10: mode 'right' has only 9 candidates, expected at most 9",
        data.train("--rank-metrics=10", "--relevant=5", "--test-where=part = 'test'"));
    assertRefused(
        "ranking metrics at 5: only 3 candidates are drawn for each entity, expected at least as"
            + " many",
        data.withModel(
            "evaluate", pairs, "--rank-metrics=5", "--rank-candidates=3", "--relevant=5"));
    assertRefused(
        "--rank-given: found 'up', expected left or right",
        data.withModel("evaluate", pairs, "--rank-metrics=2", "--rank-given=up", "--relevant=5"));
    assertRefused(
        "--rank-given: is for --rank-metrics K, which is missing",
        data.withModel("evaluate", pairs, "--rank-given=left"));
    assertRefused(
        "--rank-metrics: there are no rows to test on",
        data.train("--rank-metrics=2", "--relevant=5"));
    assertRefused(
        "--relevant: is for targets that are numbers; of two classes the positive one is relevant",
        data.train("--rank-metrics=2", "--relevant=5", "--target=active", "--loss=logistic"));
    assertRefused(
        "--rank-metrics: is for two classes or one number",
        data.train("--rank-metrics=2", "--target=grade", "--loss=softmax"));
  }

  private static void assertRefused(String message, String... command) {
    Run run = Run.of(command);
    assertEquals(ExitCodes.BAD_INPUT, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }
}
