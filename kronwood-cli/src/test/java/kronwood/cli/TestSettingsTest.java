package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kronwood.model.Model;
import kronwood.model.ModelTable;
import kronwood.model.file.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Test metrics by what is new about the entities of a row. */
class TestSettingsTest {
  private static final String MIXED =
      "pairs.left IN ('a1', 'a2') OR pairs.right = 'b1' OR part = 'test'";

  @TempDir Path folder;
  private TinyData data;

  @BeforeEach
  void writeData() throws IOException {
    data = TinyData.in(folder);
  }

  private Run evaluate(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    if (all.stream().noneMatch(option -> option.startsWith("--pairs="))) {
      all.add("--pairs=" + data.path("pairs.csv"));
    }
    return Run.well(data.withModel("evaluate", all.toArray(String[]::new)));
  }

  @Test
  void aTrainingTellsHowGoodItIsOnNewEntities() {
    String test = "--test-where=" + MIXED;
    JsonNode root = Run.well(data.train(test, "--json")).json();
    JsonNode settings = root.get("testSettings");
    assertEquals(4, settings.size());
    int sum = 0;
    double squares = 0;
    for (int i = 0; i < 4; i++) {
      JsonNode one = settings.get(i);
      assertEquals("ABCD".substring(i, i + 1), one.get("setting").asString());
      sum += one.get("samples").asInt();
      squares += one.get("samples").asInt() * one.at("/metrics/mse").asDouble();
    }
    assertEquals(2 * 8, settings.get(1).get("samples").asInt());
    assertEquals(10, settings.get(2).get("samples").asInt());
    assertEquals(2, settings.get(3).get("samples").asInt());
    assertEquals(root.at("/samples/test").asInt(), sum);
    assertEquals(root.at("/metrics/test/mse").asDouble(), squares / sum, 1e-5);
    String text = Run.well(data.train(test)).out();
    assertTrue(text.contains("test A      test B      test C      test D"), text);
    assertFalse(Run.well(data.train("--test-where=part = 'test'")).out().contains("test A"));
  }

  @Test
  void anEvaluationOfTheModelTellsTheSame() {
    JsonNode trained = Run.well(data.train("--test-where=" + MIXED, "--json")).json();
    JsonNode evaluated = evaluate("--where=" + MIXED, "--json").json();
    for (int i = 0; i < 4; i++) {
      JsonNode expected = trained.at("/testSettings/" + i);
      JsonNode found = evaluated.at("/testSettings/" + i);
      assertEquals(expected.get("setting"), found.get("setting"));
      assertEquals(expected.get("samples"), found.get("samples"));
      assertEquals(
          expected.at("/metrics/mse").asDouble(), found.at("/metrics/mse").asDouble(), 1e-5);
    }
    String text = evaluate("--where=" + MIXED).out();
    assertTrue(text.contains("test A      test B      test C      test D"), text);
    assertTrue(text.lines().anyMatch(line -> line.matches("samples( +\\d+){4}")), text);
  }

  @Test
  void oneSettingAloneIsNoTable() {
    Run.well(data.train("--test-where=part = 'test'"));
    assertFalse(evaluate("--where=part = 'test'").out().contains("test A"));
    JsonNode settings = evaluate("--where=part = 'test'", "--json").json().get("testSettings");
    assertEquals(1, settings.size());
    assertEquals("A", settings.at("/0/setting").asString());
  }

  @Test
  void entitiesThatAreGivenAtEvaluationAreNew() throws IOException {
    Run.well(data.train());
    data.copy("right.csv", "new_right.csv", "\nb", "\nnew_b");
    data.write("some.csv", "left,right,affinity\na1,b1,5\na2,new_b3,4\na7,new_b1,6\n");
    JsonNode settings =
        evaluate(
                "--pairs=" + data.path("some.csv"),
                "--features=right=" + data.path("new_right.csv"),
                "--json")
            .json()
            .get("testSettings");
    assertEquals("A", settings.at("/0/setting").asString());
    assertEquals(1, settings.at("/0/samples").asInt());
    assertEquals("C", settings.at("/1/setting").asString());
    assertEquals(2, settings.at("/1/samples").asInt());
  }

  @Test
  void anotherNumberOfModesSaysWhichAreNew() {
    String cell = "--features=cell=" + data.path("cell.csv");
    Run.well(data.train("--modes=left,right,cell", cell, "--test-where=cell = 'c1'"));
    JsonNode settings = evaluate("--json").json().get("testSettings");
    assertEquals("new cell", settings.at("/0/setting").asString());
    assertEquals("none new", settings.at("/1/setting").asString());
  }

  @Test
  void deviationsOfAnEnsembleAreMeasuredInEachSetting() {
    JsonNode trained =
        Run.well(data.train("--ensemble=2", "--test-where=" + MIXED, "--json")).json();
    JsonNode evaluated = evaluate("--where=" + MIXED, "--json").json();
    for (int i = 0; i < 4; i++) {
      String key = "/testSettings/" + i + "/metrics/cover90";
      assertTrue(evaluated.at(key).isNumber(), evaluated::toString);
      assertEquals(trained.at(key).asDouble(), evaluated.at(key).asDouble(), 1e-12);
    }
  }

  @Test
  void cartesianPairsKeepTheirTrainingEntitiesOnce() {
    Run.well(data.train("--structure=cartesian", "--test-where=" + MIXED));
    assertEquals(4, evaluate("--where=" + MIXED, "--json").json().get("testSettings").size());
  }

  @Test
  void aModelThatDoesNotKnowItsTrainingEntitiesIsEvaluatedWithout() throws IOException {
    Run.well(data.train("--test-where=" + MIXED));
    Path file = folder.resolve("model.kron");
    Model model = ModelFile.load(file);
    List<ModelTable> tables =
        model.tables().stream()
            .map(t -> new ModelTable(t.name(), t.ids(), t.columns(), t.map(), t.coordinates()))
            .toList();
    ModelFile.save(
        new Model(
            model.modeNames(),
            model.tableOfMode(),
            tables,
            model.network(),
            model.target(),
            model.provenance()),
        file);
    assertEquals(0, evaluate("--json").json().get("testSettings").size());
    assertFalse(evaluate().out().contains("test A"));
  }
}
