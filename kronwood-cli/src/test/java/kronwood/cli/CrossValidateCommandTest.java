package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Cross-validations that work, what they report and what they keep. */
class CrossValidateCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  /** The arguments of a training, for {@code cv}. */
  private JsonNode json(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    return Run.well(data.cv(all.toArray(String[]::new))).json();
  }

  private static List<Double> folds(JsonNode root, String setting, String metric) {
    return root.get("folds")
        .valueStream()
        .filter(fold -> fold.get("setting").asString().equals(setting))
        .map(fold -> fold.at("/metrics/" + metric).asDouble(Double.NaN))
        .toList();
  }

  @Test
  void jsonHoldsTheSpreadOfEachMetricAndEveryFold() {
    JsonNode root = json("--setting=A,B,C,D", "--folds=3", "--repeats=2");
    assertEquals(4 * 6, root.get("folds").size());
    for (int s = 0; s < 4; s++) {
      JsonNode one = root.get("settings").get(s);
      assertEquals("ABCD".substring(s, s + 1), one.get("setting").asString());
      List<Double> mse = folds(root, one.get("setting").asString(), "mse");
      assertEquals(6, mse.size());
      double mean = mse.stream().mapToDouble(Double::doubleValue).sum() / 6;
      double squares = mse.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
      assertEquals(mean, one.at("/metrics/mse/mean").asDouble(), 1e-12);
      assertEquals(Math.sqrt(squares / 5), one.at("/metrics/mse/deviation").asDouble(), 1e-12);
      assertEquals(6, one.at("/metrics/mse/count").asInt());
      assertEquals(0, one.at("/metrics/mse/undefined").asInt());
      assertTrue(one.at("/metrics/ic/mean").isNumber(), root::toString);
    }
    JsonNode first = root.get("folds").get(0);
    assertEquals(72, first.at("/samples/train").asInt());
    assertEquals(36, first.at("/samples/test").asInt());
    assertFalse(first.get("kept").asBoolean());
    JsonNode ofD = root.get("folds").get(18);
    assertEquals("D", ofD.get("setting").asString());
    assertEquals(8 * 6, ofD.at("/samples/train").asInt());
    assertEquals(4 * 3, ofD.at("/samples/test").asInt());
    assertNotEquals(
        folds(root, "A", "mse").subList(0, 3), folds(root, "A", "mse").subList(3, 6), "repeats");
    for (String key : List.of("parallel", "seconds", "peakBytes", "warnings")) {
      assertTrue(root.has(key), key);
    }
  }

  @Test
  void peopleGetAColumnPerSetting() {
    Run run = Run.well(data.cv("--setting=A,D", "--folds=2", "--plain"));
    List<String> lines = run.out().lines().toList();
    assertEquals(List.of("A", "D"), List.of(lines.getFirst().strip().split(" +")));
    assertTrue(lines.get(1).matches("mse( +-?\\d+\\.\\d{4} ± \\d+\\.\\d{4}){2}"), run.out());
    assertTrue(run.out().contains("over 2 test parts each (2 folds × 1)"), run.out());
    assertTrue(lines.getLast().startsWith("4 trainings in "), run.out());
    assertEquals("", run.err(), "--progress none");
  }

  @Test
  void withoutAnOutFolderNothingIsWritten() throws IOException {
    Set<Path> before = files();
    Run.well(data.cv("--folds=2"));
    assertEquals(before, files());
  }

  private Set<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return new HashSet<>(all.toList());
    }
  }

  @Test
  void predictionsOfAllFoldsCoverEveryPairOnce() throws IOException {
    Run.well(data.cv("--folds=4", out("folds")));
    List<String> rows = new ArrayList<>();
    for (int fold = 1; fold <= 4; fold++) {
      String csv = data.read("folds/A-1-" + fold + ".csv");
      assertEquals("row,left,right,affinity,score", csv.lines().findFirst().orElseThrow());
      rows.addAll(TinyData.column(csv, "row"));
      List<String> all = TinyData.column(data.read("pairs.csv"), "affinity");
      List<String> affinity = TinyData.column(csv, "affinity");
      List<String> row = TinyData.column(csv, "row");
      for (int i = 0; i < row.size(); i++) {
        double written = Double.parseDouble(affinity.get(i));
        double given = Double.parseDouble(all.get(Integer.parseInt(row.get(i)) - 1));
        assertEquals(given, written, 1e-5);
      }
    }
    assertEquals(
        IntStream.rangeClosed(1, TinyData.PAIRS).mapToObj(Integer::toString).toList(),
        rows.stream().map(Integer::valueOf).sorted().map(String::valueOf).toList());
  }

  private String out(String name) {
    return "--out=" + data.path(name);
  }

  @Test
  void theResultDoesNotDependOnThreads() {
    JsonNode one = json("--setting=A,D", "--folds=2", "--threads=1");
    JsonNode four = json("--setting=A,D", "--folds=2", "--threads=4");
    assertEquals(1, one.get("parallel").asInt());
    assertEquals(4, four.get("parallel").asInt());
    assertEquals(one.get("settings"), four.get("settings"));
  }

  @Test
  void littleMemoryRunsFewerAtATimeWithTheSameResult() {
    JsonNode much = json("--folds=2", "--threads=2", "--memory=1G");
    int bytes = 5_000;
    Run run = Run.of(data.cv("--folds=2", "--threads=2", "--memory=" + bytes, "--json"));
    while (run.code() == ExitCodes.BAD_INPUT) {
      assertTrue(run.err().contains("memory"), run::toString);
      bytes += bytes / 10;
      run = Run.of(data.cv("--folds=2", "--threads=2", "--memory=" + bytes, "--json"));
    }
    assertEquals(2, much.get("parallel").asInt());
    assertEquals(1, run.json().get("parallel").asInt());
    assertEquals(
        much.at("/settings/0/metrics/mse/mean").asDouble(),
        run.json().at("/settings/0/metrics/mse/mean").asDouble(),
        // A smaller budget may take another plan, which rounds otherwise.
        1e-5);
  }

  @Test
  void finishedFoldsAreKeptAndTheOthersRun() throws IOException {
    JsonNode first = json("--folds=3", out("folds"));
    FileTime kept = Files.getLastModifiedTime(folder.resolve("folds/A-1-1.csv"));
    String predictions = data.read("folds/A-1-2.csv");
    Files.delete(folder.resolve("folds/A-1-2.json"));
    Files.delete(folder.resolve("folds/A-1-3.csv"));
    JsonNode second = json("--folds=3", out("folds"), "--repeats=2", "--threads=1");
    List<Boolean> keptFolds =
        second.get("folds").valueStream().map(fold -> fold.get("kept").asBoolean()).toList();
    assertEquals(List.of(true, false, false, false, false, false), keptFolds);
    assertEquals(folds(first, "A", "mse"), folds(second, "A", "mse").subList(0, 3));
    assertEquals(kept, Files.getLastModifiedTime(folder.resolve("folds/A-1-1.csv")));
    assertEquals(predictions, data.read("folds/A-1-2.csv"));
    JsonNode third = json("--folds=3", out("folds"), "--repeats=2");
    assertTrue(third.get("folds").valueStream().allMatch(fold -> fold.get("kept").asBoolean()));
    assertEquals(second.get("settings"), third.get("settings"));
  }

  @Test
  void undefinedMetricsAreCountedAndSurviveAResumption() throws IOException {
    data.write(
        "one.csv",
        data.read("pairs.csv")
            .replaceAll(",(yes|no),", ",no,")
            .replaceFirst(",no,", ",yes,")
            .replaceFirst(",no,", ",yes,"));
    String[] options = {
      "--pairs=" + data.path("one.csv"),
      "--target=active",
      "--loss=logistic",
      "--folds=3",
      out("folds")
    };
    JsonNode first = json(options);
    assertEquals(2, first.at("/settings/0/metrics/auc/count").asInt());
    assertEquals(1, first.at("/settings/0/metrics/auc/undefined").asInt());
    assertEquals(first.get("settings"), json(options).get("settings"));
    Run run = Run.well(data.cv(options));
    assertTrue(run.out().contains("auc of A is undefined in 1 of 3"), run.out());
    assertTrue(run.out().lines().toList().getLast().endsWith("; 3 found finished"), run.out());
  }

  @Test
  void resultsOfOtherOptionsOrDataAreRefused() throws IOException {
    Run.well(data.cv("--folds=3", out("folds")));
    Run.refused(
        folder,
        data.cv("--folds=3", "--epochs=4", out("folds")),
        "A-1-1.json",
        "epochs 3, now it is 4",
        "--out");
    Run.refused(folder, data.cv("--folds=2", out("folds")), "folds 3, now it is 2");
    Run.refused(folder, data.cv("--folds=3", "--seed=2", out("folds")), "seed 1, now it is 2");
    Run.refused(
        folder, data.cv("--folds=3", "--group=cell", out("folds")), "groups none, now it is -1:");
    data.copy("left.csv", "other.csv", "a1,", "a1,1");
    Run.refused(
        folder,
        data.cv("--folds=3", "--features=left=" + data.path("other.csv"), out("folds")),
        "A-1-1.json",
        "other data");
    Run.well(data.cv("--folds=3", "--memory=1G", "--threads=1", out("folds")));
  }

  @Test
  void aDamagedResultIsNamed() throws IOException {
    Run.well(data.cv("--folds=2", out("folds")));
    data.write("folds/A-1-2.json", "{\"made\":");
    Run.refused(
        folder, data.cv("--folds=2", out("folds")), "A-1-2.json", "cannot be read", "delete");
  }

  @Test
  void predictionsMayBeParquet() throws IOException {
    Run.well(data.cv("--folds=2", "--format=parquet", out("folds")));
    byte[] file = Files.readAllBytes(folder.resolve("folds/A-1-1.parquet"));
    assertEquals("PAR1", new String(Arrays.copyOf(file, 4), StandardCharsets.US_ASCII));
  }

  @Test
  void rowsOfOtherPartsHaveNoPart() {
    JsonNode root = json("--folds=2", "--test-where=part = 'test'");
    JsonNode fold = root.get("folds").get(0);
    assertEquals(86, fold.at("/samples/train").asInt() + fold.at("/samples/test").asInt());
  }

  @Test
  void newModesAreNamedAndGroupsStayTogether() throws IOException {
    json(
        "--modes=left,right,cell",
        "--features=cell=" + data.path("cell.csv"),
        "--new=cell",
        "--new=left,cell",
        "--folds=2",
        out("folds"));
    Set<String> cells = new HashSet<>(TinyData.column(data.read("folds/new-cell-1-1.csv"), "cell"));
    assertEquals(2, cells.size());
    assertTrue(Files.exists(folder.resolve("folds/new-left+cell-1-2.csv")));

    json("--setting=A", "--group=left", "--folds=2", out("grouped"));
    Set<String> first = new HashSet<>(TinyData.column(data.read("grouped/A-1-1.csv"), "left"));
    first.retainAll(TinyData.column(data.read("grouped/A-1-2.csv"), "left"));
    assertEquals(Set.of(), first);
  }

  /** Some of the pairs of class yes, and no others. */
  private String positives() throws IOException {
    StringBuilder csv = new StringBuilder("left,right,active\n");
    data.read("pairs.csv")
        .lines()
        .filter(line -> line.matches(".*,yes,.*,(test|validation)"))
        .forEach(
            line -> {
              String[] cells = line.split(",");
              csv.append(cells[0]).append(',').append(cells[1]).append(",1\n");
            });
    data.write("positives.csv", csv.toString());
    return "--pairs=" + data.path("positives.csv");
  }

  @Test
  void pairsThatAreNotListedAreNegatives() throws IOException {
    String[] listing = {
      "--target=active", "--loss=logistic", "--positive=yes", "--setting=B", "--folds=3"
    };
    JsonNode listed = json(listing);
    JsonNode implied =
        json(
            positives(),
            "--target=active",
            "--loss=logistic",
            "--negatives=all",
            "--setting=B",
            "--folds=3",
            out("folds"));
    for (int fold = 0; fold < 3; fold++) {
      assertEquals(
          listed.get("folds").get(fold).get("samples"),
          implied.get("folds").get(fold).get("samples"));
    }
    assertTrue(implied.at("/settings/0/metrics/aupr/mean").isNumber());
    assertTrue(implied.at("/settings/0/metrics/auc/mean").isNumber());
    List<String> rows = TinyData.column(data.read("folds/B-1-1.csv"), "row");
    List<String> active = TinyData.column(data.read("folds/B-1-1.csv"), "active");
    assertEquals(36, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(rows.get(i).isEmpty() ? "0" : "1", active.get(i));
    }
  }

  @Test
  void fewerNegativesAreTrainedOnAndAllAreTested() throws IOException {
    String pairs = positives();
    long positives = data.read("positives.csv").lines().count() - 1;
    JsonNode root =
        json(pairs, "--target=active", "--loss=logistic", "--negatives=sample:1", "--folds=2");
    JsonNode fold = root.get("folds").get(0);
    assertEquals(54, fold.at("/samples/test").asInt());
    // Half of the positives, and as many negatives.
    assertEquals(positives, fold.at("/samples/train").asInt(), 1);
  }

  @Test
  void aTrainingMayDivideByTheSameSettings() {
    for (String setting : List.of("B", "D")) {
      JsonNode root =
          Run.well(data.train("--setting=" + setting, "--test-share=0.25", "--json")).json();
      boolean both = setting.equals("D");
      assertEquals(both ? 9 * 7 : 9 * 9, root.at("/samples/train").asInt());
      assertEquals(both ? 3 * 2 : 3 * 9, root.at("/samples/test").asInt());
      assertTrue(root.at("/metrics/test/mse").isNumber());
    }
    JsonNode three =
        Run.well(data.train("--test-share=0.5", "--validation-share=0.5", "--json")).json();
    assertEquals(54, three.at("/samples/test").asInt());
    assertEquals(27, three.at("/samples/validation").asInt());
    assertEquals(27, three.at("/samples/train").asInt());
  }

  @Test
  void aTrainingMayTakeNegativesThatAreNotListed() throws IOException {
    String pairs = positives();
    int positives = (int) data.read("positives.csv").lines().count() - 1;
    JsonNode all =
        Run.well(
                data.train(
                    pairs, "--target=active", "--loss=logistic", "--negatives=all", "--json"))
            .json();
    assertEquals(TinyData.PAIRS, all.at("/samples/train").asInt());
    JsonNode some =
        Run.well(
                data.train(
                    pairs, "--target=active", "--loss=logistic", "--negatives=sample:1", "--json"))
            .json();
    assertEquals(2 * positives, some.at("/samples/train").asInt());
  }
}
