package kronwood.cli.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kronwood.cli.Run;
import kronwood.cli.TinyData;
import kronwood.cli.terminal.ExitCodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The best candidates for every entity, in a file. */
class RankAllCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  /** Rows of one entity, as single rankings print them: candidate, then prediction. */
  private static List<String> rows(String csv, String given, String ranked, String id) {
    List<String> rows = new ArrayList<>();
    List<String> givens = TinyData.column(csv, given);
    for (int i = 0; i < givens.size(); i++) {
      if (givens.get(i).equals(id)) {
        assertEquals(
            Integer.toString(rows.size() + 1), TinyData.column(csv, "rank").get(i), "rank");
        rows.add(TinyData.column(csv, ranked).get(i) + " " + TinyData.column(csv, "score").get(i));
      }
    }
    return rows;
  }

  private List<String> single(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    List<String> rows = new ArrayList<>();
    Run.well(data.withModel("rank", all.toArray(String[]::new)))
        .json()
        .get("ranking")
        .forEach(row -> rows.add(row.get("id").asString() + " " + row.get("score").asDouble()));
    return rows;
  }

  @Test
  void eachEntityHasTheRankingThatItHasAlone() throws IOException {
    Run.well(data.train());
    data.write("known.csv", "left,right\na1,b1\na1,b2\na3,b9\n");
    String exclude = "--exclude=" + data.path("known.csv");
    JsonNode done =
        Run.well(
                data.withModel(
                    "rank", "--all", "--top=3", exclude, "--out=" + data.path("top.csv"), "--json"))
            .json();
    assertEquals(12 * 3, done.get("rows").asInt());
    assertEquals("right", done.get("mode").asString());
    String csv = data.read("top.csv");
    assertTrue(csv.startsWith("left,right,rank,score\n"), csv.lines().findFirst().orElse(""));
    for (String id : List.of("a1", "a2", "a3", "a12")) {
      assertEquals(
          single("--given=left=" + id, "--top=3", exclude), rows(csv, "left", "right", id), id);
    }
    Run.well(
        data.withModel(
            "rank", "--all", "--given=right", "--top=2", "--out=" + data.path("lefts.csv")));
    csv = data.read("lefts.csv");
    assertEquals(9 * 2, csv.lines().count() - 1);
    assertEquals(single("--given=right=b5", "--top=2"), rows(csv, "right", "left", "b5"));
  }

  @Test
  void ensemblesHaveDeviationsAndPartnersAreNotTheirOwn() throws IOException {
    Run.well(data.train("--ensemble=2"));
    Run.well(data.withModel("rank", "--all", "--top=20", "--out=" + data.path("top.csv")));
    String csv = data.read("top.csv");
    assertTrue(csv.startsWith("left,right,rank,score,score_sd\n"));
    assertEquals(12 * 9, csv.lines().count() - 1);
    Run.well(data.trainOnOneTable());
    Run.well(data.withModel("rank", "--all", "--top=20", "--out=" + data.path("top.csv")));
    csv = data.read("top.csv");
    assertEquals(12 * 11, csv.lines().count() - 1);
    assertEquals(single("--given=first=a4"), rows(csv, "first", "second", "a4"));
  }

  @Test
  void whatCannotBeRankedIsRefused() throws IOException {
    Run.well(data.train());
    String out = "--out=" + data.path("top.csv");
    assertRefused("--all: needs --out FILE", "--all");
    assertRefused(
        "--given: found 'left=a1', with --all expected one of the modes left, right",
        "--all",
        "--given=left=a1",
        out);
    assertRefused("unknown option '--left=a1'", "--all", "--left=a1", out);
    Run.well(data.trainOnSelf());
    assertRefused("--all: is for models of pairs of two modes", "--all", out);
  }

  private void assertRefused(String message, String... options) {
    Run run = Run.of(data.withModel("rank", options));
    assertEquals(ExitCodes.BAD_INPUT, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }
}
