package kronwood.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
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

/** Exports by the command line; what is in the files, the tests of kronwood-export ask. */
class ExportCommandTest {
  @TempDir Path folder;
  private TinyData data;
  private String model = "";

  @BeforeEach
  void train() throws IOException {
    data = TinyData.in(folder);
    model = data.path("model.kron");
    Run.well(data.train("--quiet", "--epochs=1"));
  }

  private String[] export(String... more) {
    List<String> args = new ArrayList<>(List.of("export", "--model=" + model));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  @Test
  void saysWhatTheGraphTakesAndGives() throws IOException {
    Path out = folder.resolve("g.onnx");
    JsonNode json = Run.well(export("--out=" + out, "--json")).json();
    assertEquals("onnx", json.get("format").asString());
    assertEquals(Files.size(out), json.get("bytes").asLong());
    assertEquals("left_id", json.get("inputs").get(0).get("name").asString());
    assertEquals("string", json.get("inputs").get(0).get("type").asString());
    assertEquals(1, json.get("outputs").get(0).get("columns").get(0).asInt());
    Run run = Run.well(export("--out=" + out, "--inputs=left=attributes,right=ids"));
    assertTrue(run.out().contains("left float [N, "), run.out());
    assertTrue(run.out().contains("right_id string [N]"), run.out());
  }

  @Test
  void refusesWhatItCannotWriteAndWritesNothing() {
    String out = "--out=" + folder.resolve("g.onnx");
    Run.refused(folder, export("--out=" + folder.resolve("g.bin")), "expected .onnx or .npz");
    Run.refused(folder, export(out, "--format=pmml"), "--format", "pmml", "onnx or npz");
    Run.refused(folder, export(out, "--inputs=names"), "--inputs", "ids, attributes");
    Run.refused(folder, export(out, "--inputs=left=ids"), "--inputs", "'right'");
    Run.refused(folder, export(out, "--inputs=up=ids"), "--inputs", "left, right");
    Run.refused(
        folder, export("--out=" + folder.resolve("a.npz"), "--inputs=ids"), "--inputs", "archive");
    Run.refused(folder, export("--out=" + folder.resolve("no/g.onnx")), "there is no folder");
    model = data.path("missing.kron");
    Run.refused(folder, export(out), "--model", "does not exist");
  }

  @Test
  void encodesNewEntitiesAndKnownOnesAsTheModelHasThem() throws IOException {
    Path out = folder.resolve("u.csv");
    Run.well("encode", "--model=" + model, "--table=left", "--out=" + out);
    Model loaded = ModelFile.load(Path.of(model));
    ModelTable table = loaded.table(0);
    String csv = Files.readString(out);
    assertEquals(table.ids().asList(), TinyData.column(csv, "id"));
    for (int c = 0; c < table.map().rank(); c++) {
      List<String> column = TinyData.column(csv, "u" + (c + 1));
      for (int e = 0; e < column.size(); e++) {
        double expected = table.coordinates()[e * table.map().rank() + c];
        assertEquals(expected, Double.parseDouble(column.get(e)), 0);
      }
    }
    assertTrue(TinyData.column(csv, "known").contains("1.0"), csv);
    JsonNode json =
        Run.well(
                "encode",
                "--model=" + model,
                "--features=left=" + data.path("left.csv"),
                "--out=" + out,
                "--json")
            .json();
    assertEquals(table.ids().size(), json.get("rows").asInt());
    assertEquals(table.map().rank(), json.get("coordinates").asInt());
    String given = Files.readString(out);
    assertTrue(!TinyData.column(given, "known").contains("1.0"), "given entities are new");
    double expected = table.coordinates()[0];
    assertEquals(expected, Double.parseDouble(TinyData.column(given, "u1").getFirst()), 1e-6);
  }

  @Test
  void encodesOneTableAtATime() {
    String out = "--out=" + folder.resolve("u.csv");
    String left = "--features=left=" + data.path("left.csv");
    String[] none = {"encode", "--model=" + model, out};
    Run.refused(folder, none, "--table=NAME", "left, right");
    String[] both = {"encode", "--model=" + model, out, left, "--table=right"};
    Run.refused(folder, both, "one table at a time");
    String[] other = {"encode", "--model=" + model, out, "--table=up"};
    Run.refused(folder, other, "no table 'up'");
  }
}
