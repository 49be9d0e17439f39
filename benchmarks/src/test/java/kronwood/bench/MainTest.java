package kronwood.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      return Main.run(List.of(args), outStream, errStream);
    }
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void withoutArgumentsItExplainsItself() {
    assertEquals(Main.SUCCESS, run());
    assertTrue(out().contains("bench compare [options]"), out());
    assertTrue(out().contains("--davis DIR"), out());
  }

  @Test
  void anUnknownCommandIsRefused() {
    assertEquals(Main.USAGE, run("race"));
    assertEquals("unknown command 'race', expected compare, jmh or serve\n", unix(err()));
  }

  @Test
  void anUnknownOptionIsRefusedBeforeAnythingRuns() {
    assertEquals(Main.USAGE, run("compare", "--case", "width"));
    assertTrue(err().contains("unknown option '--case', expected --cases"), err());
    assertEquals("", out());
    assertEquals(Main.USAGE, run("jmh", "--no-such-option"));
  }

  @Test
  void everyCaseHasItsTableAndMissingDataIsMentioned() {
    assertEquals(Main.SUCCESS, run("compare", "--quick", "--repeats=2"), this::err);
    assertEquals(
        List.of(
            "10 features",
            "1000 features",
            "1000 independent",
            "10 features",
            "1000 features",
            "1000 independent",
            "dense",
            "eager",
            "block",
            "dense",
            "eager",
            "block",
            "m = 16",
            "m = 32",
            "m = 64"),
        runs().toList());
    assertTrue(out().contains("Same answer (10 features, 1000 features): equally many"), out());
    assertTrue(out().contains("Same answer (dense, eager, block): equally many"), out());
    assertTrue(out().contains("visited / fired"), out());
    assertTrue(out().contains("Note: davis: skipped, --davis DIR names the folder"), out());
    assertTrue(err().contains("width: round 2 of 2"), err());
  }

  @Test
  void aTableHasSizesRatiosAndCounts() {
    assertEquals(Main.SUCCESS, run("compare", "--quick", "--repeats=1", "--cases=dimension"));
    List<String> rows = unix(out()).lines().filter(line -> line.startsWith("|")).toList();
    assertEquals(
        List.of(
            "run",
            "engine",
            "neurons",
            "samples",
            "d",
            "start cpu s",
            "epoch s",
            "ratio",
            "epoch cpu s",
            "cpu ratio",
            "fired",
            "visited",
            "inner products",
            "live MB"),
        cells(rows.get(0)));
    List<String> narrow = cells(rows.get(2));
    List<String> wide = cells(rows.get(3));
    assertEquals(List.of("10 features", "eager", "16", "40", "100"), narrow.subList(0, 5));
    assertEquals(List.of("1000 features", "eager", "16", "40", "1,000,000"), wide.subList(0, 5));
    assertEquals("1.00", narrow.get(7));
    assertEquals("1.00", narrow.get(9));
    assertEquals(narrow.subList(10, 13), wide.subList(10, 13));
    assertTrue(Double.parseDouble(narrow.get(10)) > 0, "fired a sample: " + narrow.get(10));
  }

  @Test
  void thePlannersChoiceIsAmongThePlansTimed() {
    assertEquals(
        Main.SUCCESS, run("compare", "--quick", "--repeats=2", "--cases=planner"), this::err);
    List<String> lines = unix(out()).lines().toList();
    List<String> rows = lines.stream().filter(line -> line.startsWith("|")).toList();
    assertEquals("shape", cells(rows.getFirst()).getFirst());
    List<String> pairs = cells(rows.get(2));
    assertEquals(List.of("pairs", "60", "16", "8"), pairs.subList(0, 4));
    assertEquals("14", pairs.get(9), "3 × 3 mixes, 2 of whole inputs, weights, eager, dense");
    assertEquals("0", pairs.get(10));
    assertTrue(Double.parseDouble(pairs.get(8)) >= 1, pairs::toString);
    String chosen = "| " + pairs.get(4) + " ";
    assertEquals(2, rows.stream().filter(row -> row.startsWith(chosen)).count(), chosen);
    assertTrue(out().contains("#### image ⊗ image: 40 (rank 5) × 40 (rank 5)"), out());
    assertTrue(out().contains("of 2 shapes."), out());
    assertTrue(err().contains("planner: pairs, round 2, "), err());
  }

  @Test
  void theDavisCaseReadsAFolderAndSkipsOneWithoutTables(@TempDir Path folder) throws IOException {
    assertEquals(
        Main.SUCCESS, run("compare", "--quick", "--cases=davis", "--davis", folder.toString()));
    assertTrue(out().contains("does not hold the three tables"), out());

    StringBuilder pairs = new StringBuilder("left,right,affinity,fold\n");
    for (int i = 0; i < 150; i++) {
      String fold = i % 5 == 0 ? "test" : "0";
      pairs.append("l%d,r%d,%d.5,%s%n".formatted(i / 15, i % 15, 5 + i * 7 % 4, fold));
    }
    Files.writeString(folder.resolve("pairs.csv"), unix(pairs.toString()));
    Files.writeString(folder.resolve("left_similarity.csv"), identity("l", 10));
    Files.writeString(folder.resolve("right_similarity.csv"), identity("r", 15));
    out.reset();
    assertEquals(
        Main.SUCCESS,
        run("compare", "--quick", "--repeats=1", "--cases=davis", "--davis", folder.toString()),
        this::err);
    assertEquals(
        List.of(
            "dense",
            "eager",
            "block",
            "1 pair in 8",
            "1 pair in 4",
            "1 pair in 2",
            "eager",
            "block"),
        runs().toList());
    assertTrue(out().contains("|      15 |"), "120 training pairs in 8: " + out());
  }

  @Test
  void growingNetworksAndGridsHaveTablesPerSample() {
    assertEquals(
        Main.SUCCESS,
        run("compare", "--quick", "--repeats=1", "--cases=wide,grid", "--threads=2"),
        this::err);
    assertEquals(List.of("m = 16", "m = 32", "m = 64", "4 × 6", "8 × 9"), runs().toList());
    assertTrue(out().contains("Threads: 2; median of 2 epochs"), out());
    assertTrue(out().contains("- Targets for 16 times the neurons"), out());
    assertTrue(out().contains("- Target: time per sample grows no faster than"), out());
  }

  @Test
  void sizesAskedForAreTaken() {
    assertEquals(
        Main.SUCCESS,
        run("compare", "--quick", "--repeats=1", "--cases=grid", "--neurons=32", "--batch=5"),
        this::err);
    assertTrue(out().contains("| 8 × 9 | block  |      32 |      72 |"), out());
  }

  @Test
  void allOfDavisIsSkippedWithoutItsFolder() {
    assertEquals(Main.SUCCESS, run("compare", "--quick", "--cases=paper"));
    assertTrue(out().contains("Note: paper: skipped, --davis DIR names the folder"), out());
    assertEquals(Main.USAGE, run("compare", "--cases=peers"));
    assertTrue(err().contains("case peers needs --peers pytorch"), err());
  }

  private static String identity(String prefix, int entities) {
    StringBuilder table = new StringBuilder("id");
    for (int e = 0; e < entities; e++) {
      table.append(',').append(prefix).append(e);
    }
    for (int e = 0; e < entities; e++) {
      table.append('\n').append(prefix).append(e);
      for (int other = 0; other < entities; other++) {
        table.append(e == other ? ",1" : ",0.25");
      }
    }
    return table.append('\n').toString();
  }

  /** First cells of the comparisons' tables. */
  private Stream<String> runs() {
    return unix(out())
        .lines()
        .filter(line -> line.startsWith("|") && cells(line).size() == 14)
        .map(line -> cells(line).getFirst())
        .filter(cell -> !cell.equals("run") && !cell.startsWith("---"));
  }

  private static List<String> cells(String row) {
    return Stream.of(row.substring(1, row.length() - 1).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  private static String unix(String text) {
    return text.replace("\r\n", "\n");
  }
}
