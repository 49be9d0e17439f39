package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The option {@code --structure}, from training to predictions for new entities. */
class PairStructureCommandTest {
  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
    Random random = new Random(5);
    // Every pair of different entities; of most also the reverse, with a target of its own.
    StringBuilder duels = new StringBuilder("first,second,margin,won\n");
    for (int first = 1; first <= TinyData.LEFT; first++) {
      for (int second = 1; second <= TinyData.LEFT; second++) {
        if (first != second && random.nextInt(3) > 0) {
          double margin = Math.round(1000 * random.nextGaussian()) / 1000.0;
          duels.append("a%d,a%d,%s,%s%n".formatted(first, second, margin, margin > 0 ? "1" : "0"));
        }
      }
    }
    data.write("duels.csv", duels.toString());
    data.write("new.csv", "id,x,y,z\nn1,0.5,-1,2\nn2,-0.3,0.7,0.1\n");
    StringBuilder asked = new StringBuilder("first,second\n");
    for (String a : List.of("a1", "a2", "a7", "n1", "n2")) {
      for (String b : List.of("a1", "a5", "a12", "n1", "n2")) {
        asked.append(a).append(',').append(b).append('\n');
      }
    }
    data.write("asked.csv", asked.toString());
  }

  private String[] duels(String command, String... options) {
    List<String> args =
        new ArrayList<>(
            List.of(
                command,
                "--features=item=" + data.path("left.csv"),
                "--neurons=16",
                "--epochs=4",
                "--batch=8",
                "--threads=2"));
    args.addAll(List.of(options));
    if (args.stream().noneMatch(arg -> arg.startsWith("--modes"))) {
      args.add("--modes=first:item,second:item");
    }
    if (args.stream().noneMatch(arg -> arg.startsWith("--pairs"))) {
      args.add("--pairs=" + data.path("duels.csv"));
    }
    if (args.stream().noneMatch(arg -> arg.startsWith("--target"))) {
      args.add("--target=margin");
    }
    return args.toArray(String[]::new);
  }

  private String[] train(String... options) {
    List<String> args = new ArrayList<>(List.of(duels("train", options)));
    args.addAll(List.of("--progress=none", "--out=" + data.path("model.kron")));
    return args.toArray(String[]::new);
  }

  private List<Double> scores(boolean reversed, String column) {
    String pairs =
        "sql:SELECT %s FROM '%s'"
            .formatted(
                reversed ? "second AS first, first AS second" : "first, second",
                data.path("asked.csv"));
    String csv =
        Run.well(
                data.withModel(
                    "predict",
                    "--pairs=" + pairs,
                    "--features=item=" + data.path("new.csv"),
                    "--threads=1"))
            .out();
    return TinyData.column(csv, column).stream().map(Double::valueOf).toList();
  }

  @ParameterizedTest
  @CsvSource({"symmetric,1", "antisymmetric,-1", "ranking,-1", "comparison,1"})
  void predictionsOfAPairAndItsReverseAgree(String structure, double sign) {
    Run.well(train("--structure=" + structure, "--skip=0.3"));
    List<Double> there = scores(false, "score");
    List<Double> back = scores(true, "score");
    double largest = 0;
    for (int i = 0; i < there.size(); i++) {
      assertEquals(sign * there.get(i) + 0.0, back.get(i) + 0.0, 0.0);
      largest = Math.max(largest, Math.abs(there.get(i)));
    }
    assertTrue(largest > 0.01, "nothing was predicted");
    JsonNode model = Run.well(data.withModel("inspect", "--json")).json();
    assertEquals(structure, model.at("/provenance/structure").asString());
  }

  @Test
  void theChanceToWinIsTheRestOfTheOthersOne() {
    Run.well(train("--structure=ranking", "--target=won", "--loss=logistic"));
    List<Double> there = scores(false, "probability");
    List<Double> back = scores(true, "probability");
    for (int i = 0; i < there.size(); i++) {
      assertEquals(1, there.get(i) + back.get(i), 1e-12);
    }
    assertNotEquals(0.5, there.get(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"symmetric", "comparison"})
  void aRankingIsTheSameFromEitherSide(String structure) throws IOException {
    Run.well(train("--structure=" + structure));
    JsonNode second = Run.well(data.withModel("rank", "--given=first=a1", "--json")).json();
    JsonNode first = Run.well(data.withModel("rank", "--given=second=a1", "--json")).json();
    // The entity is no candidate for itself,
    assertEquals(TinyData.LEFT - 1, second.get("candidates").asInt());
    second.get("ranking").forEach(row -> assertNotEquals("a1", row.get("id").asString()));
    for (int i = 0; i < 10; i++) {
      assertEquals(
          second.at("/ranking/" + i + "/id").asString(),
          first.at("/ranking/" + i + "/id").asString());
    }
    // unless it is listed as one.
    data.write("wanted.csv", "second\na1\na2\n");
    assertEquals(
        2,
        Run.well(
                data.withModel(
                    "rank",
                    "--given=first=a1",
                    "--candidates=" + data.path("wanted.csv"),
                    "--json"))
            .json()
            .get("candidates")
            .asInt());
    // Known pairs are left out whichever way they are listed.
    data.write("known.csv", "first,second\na1,a4\na6,a1\na2,a3\n");
    JsonNode rest =
        Run.well(
                data.withModel(
                    "rank", "--given=first=a1", "--exclude=" + data.path("known.csv"), "--json"))
            .json();
    assertEquals(2, rest.get("excluded").asInt());
    rest.get("ranking")
        .forEach(row -> assertFalse(List.of("a4", "a6").contains(row.get("id").asString())));
  }

  @Test
  void cartesianPredictsForAnyModes() {
    Run.well(data.train("--structure=cartesian"));
    String csv = Run.well(data.withModel("predict", "--pairs=" + data.path("pairs.csv"))).out();
    assertEquals(TinyData.PAIRS, TinyData.column(csv, "score").size());
  }

  @Test
  void aModeMayRideAlong() {
    Run.well(
        train(
            "--structure=ranking",
            "--pairs=sql:SELECT *, 'c' || (1 + row_number() OVER () % 4) AS cell FROM '"
                + data.path("duels.csv")
                + "'",
            "--modes=first:item,cell,second:item",
            "--features=cell=" + data.path("cell.csv")));
    JsonNode model = Run.well(data.withModel("inspect", "--json")).json();
    assertEquals("ranking", model.at("/provenance/structure").asString());
  }

  @Test
  void comparedPairsMayHaveACompanionAndBeJudgedMoreThanOnce() throws IOException {
    String pairs =
        "sql:SELECT *, 'c' || (1 + row_number() OVER () % 4) AS cell FROM '"
            + data.path("duels.csv")
            + "' UNION ALL SELECT 'a1', 'a2', 0.5, 1, 'c1' UNION ALL SELECT 'a1', 'a2', 2, 1, 'c1'";
    Run.well(
        train(
            "--structure=comparison",
            "--pairs=" + pairs,
            "--modes=first:item,cell,second:item",
            "--features=cell=" + data.path("cell.csv"),
            "--components=item=2",
            "--ensemble=2"));
    JsonNode model = Run.well(data.withModel("inspect", "--json")).json();
    assertEquals("comparison", model.at("/provenance/structure").asString());
    assertEquals("2", model.at("/provenance/components of item").asString());
    Run.well(data.withModel("evaluate", "--pairs=" + pairs));
    // Every tuple of the grid as if it were asked for alone.
    Run.well(data.withModel("predict", "--grid", "--out=" + data.path("all.csv")));
    String again =
        Run.well(
                data.withModel(
                    "predict", "--pairs=" + data.path("all.csv"), "--modes=first,cell,second"))
            .out();
    List<String> grid = TinyData.column(data.read("all.csv"), "score");
    assertEquals(TinyData.LEFT * TinyData.LEFT * 4, grid.size());
    List<String> alone = TinyData.column(again, "score");
    for (int i = 0; i < grid.size(); i++) {
      assertEquals(Double.parseDouble(grid.get(i)), Double.parseDouble(alone.get(i)), 1e-6);
    }
  }

  @Test
  void comparisonsAreTunedDividedAndExplained() {
    JsonNode tuned = Run.well(train("--structure=comparison", "--tune=4", "--json")).json();
    assertTrue(tuned.at("/tuning/trials").size() >= 2, tuned::toString);
    JsonNode folds =
        Run.well(
                duels(
                    "cv",
                    "--structure=comparison",
                    "--setting=A,D",
                    "--folds=3",
                    "--progress=none",
                    "--json"))
            .json();
    assertEquals(6, folds.get("folds").size());
    Run.well(duels("explain", "--structure=comparison"));
    Run.refused(
        folder, train("--structure=comparison", "--ensemble=2", "--hide=second"), "hide pairs");
  }

  @Test
  void plansNameTheAxesOfTheProduct() {
    JsonNode forced =
        Run.well(train("--structure=ranking", "--plan=first=COEFFICIENT", "--json")).json();
    assertEquals("block", forced.get("engine").asString());
    Run.well(duels("explain", "--structure=ranking"));
    Run.well(duels("explain", "--structure=symmetric"));
    Run.refused(
        folder,
        train("--structure=ranking", "--plan=first=VALUE,second=VALUE", "--out=other.kron"),
        "--plan: unknown mode 'second'");
  }

  @Test
  void crossValidationKeepsAPairAndItsReverseTogether() {
    JsonNode result =
        Run.well(
                duels(
                    "cv",
                    "--structure=antisymmetric",
                    "--setting=A,D",
                    "--folds=3",
                    "--progress=none",
                    "--json"))
            .json();
    assertEquals(6, result.get("folds").size());
  }

  @Test
  void aCheckpointOfAnotherStructureIsRefused() {
    String checkpoint = "--checkpoint=" + folder.resolve("run");
    Run.well(train("--structure=symmetric", checkpoint));
    Run.refused(
        folder, train("--structure=plain", checkpoint, "--resume"), "structure", "symmetric");
  }

  @Test
  void duelsMayBeRepeatedWithAnotherOutcome() throws IOException {
    String repeated = "--pairs=" + data.path("repeated.csv");
    data.write("repeated.csv", data.read("duels.csv") + "a1,a2,0.5,1\na1,a2,-0.5,0\na2,a1,0.7,1\n");
    String[] options = {repeated, "--structure=ranking", "--target=won", "--loss=logistic"};
    Run.well(train(options));
    Run.well(data.withModel("evaluate", repeated));
    options[1] = "--structure=symmetric";
    Run.refused(folder, train(options), "hold the same entities");
  }

  @Test
  void testRowsThatAreTrainedOnInTheOtherOrderAreWarnedOf() throws IOException {
    data.write(
        "parts.csv",
        "first,second,margin,part\na1,a2,1,train\na3,a4,2,train\na2,a1,-1,test\na5,a6,1,test\n");
    String[] options = {
      "--pairs=" + data.path("parts.csv"),
      "--train-where=part = 'train'",
      "--test-where=part = 'test'",
      "--structure=antisymmetric"
    };
    assertTrue(
        Run.well(train(options))
            .err()
            .contains("1 of the 2 test rows are pairs that are trained on"));
    options[3] = "--structure=plain";
    assertFalse(Run.well(train(options)).err().contains("trained on"));
    assertFalse(
        Run.well(train("--structure=antisymmetric", "--test-share=0.3"))
            .err()
            .contains("trained on"));
  }

  @Test
  void modesOfDifferentTablesAreRefusedByName() {
    Run.refused(
        folder,
        data.train("--structure=comparison"),
        "--structure: structure comparison is about two entities of one table");
    Run.refused(
        folder,
        data.train("--structure=symmetric"),
        "--structure: structure symmetric is about two entities of one table",
        "'left' of table 'left', 'right' of table 'right'",
        "--modes left:item,right:item");
  }

  @ParameterizedTest
  @ValueSource(strings = {"antisymmetric", "ranking"})
  void whatDoesNotGoWithOppositesIsRefused(String structure) {
    String option = "--structure=" + structure;
    Run.refused(
        folder,
        train(option, "--target=won", "--loss=softmax"),
        "loss softmax does not go with outputs that turn their sign");
    Run.refused(folder, train(option, "--shift=-1"), "--shift: found '-1.0'", "--structure");
    Run.refused(
        folder,
        train(option, "--target=won", "--loss=logistic", "--negatives=all"),
        "--negatives: with --structure " + structure);
    Run.refused(
        folder,
        duels("cv", option, "--target=won", "--loss=logistic", "--negatives=all"),
        "--negatives: with --structure " + structure);
  }

  @Test
  void anUnknownStructureIsToldTheKnownOnes() {
    Run.refused(
        folder,
        train("--structure=mirrored"),
        "--structure",
        "'mirrored'",
        "plain, symmetric, antisymmetric, cartesian");
  }
}
