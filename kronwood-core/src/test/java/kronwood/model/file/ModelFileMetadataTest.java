package kronwood.model.file;

import static kronwood.model.file.ModelFileFixtures.tiny;
import static kronwood.model.file.SavedModels.assertRefused;
import static kronwood.model.file.SavedModels.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A header of another version or format, or one that does not fit the tensors, is refused by a
 * message that names the place.
 */
class ModelFileMetadataTest {
  private static byte[] tiny;
  private static byte[] large;

  @TempDir Path folder;

  private Path file;

  @BeforeAll
  static void saveModels(@TempDir Path once) throws IOException {
    tiny = SavedModels.tiny(once);
    large = SavedModels.large(once);
  }

  @BeforeEach
  void writeTinyModel() throws IOException {
    file = folder.resolve("model.kron");
    Files.write(file, tiny);
  }

  @Test
  void aNewerVersionIsRefused() throws IOException {
    for (String version : new String[] {"10", "11", "2147483648", "99999999999999999999"}) {
      ModelFileSurgery parts = new ModelFileSurgery(file);
      parts.metadata().put("format_version", version);
      parts.save(file);
      assertEquals(
          "model '"
              + file
              + "' has format version "
              + version
              + "; this Kronwood reads up to 9: install a newer Kronwood",
          refused(file).getMessage());
    }
  }

  @Test
  void aNewerVersionIsRecognisedWhateverElseChanges() throws IOException {
    ModelFileSurgery parts = new ModelFileSurgery(file);
    parts.metadata().put("format_version", "10").remove(List.of("sha256", "kronwood"));
    parts.tensor("weights").put("dtype", "F8_E4M3").put("scale", 3);
    parts.save(file);
    assertRefused(file, "install a newer Kronwood");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "01", "-1", "1.0", "one", "１"})
  void aVersionThatIsNoneIsRefused(String version) throws IOException {
    ModelFileSurgery parts = new ModelFileSurgery(file);
    parts.metadata().put("format_version", version);
    parts.save(file);
    assertRefused(file, "is corrupted: its format version is '" + version + "'");
  }

  @Test
  void otherSafetensorsFilesAreNoModels() throws IOException {
    for (String format : new String[] {null, "pt", "Kronwood"}) {
      ModelFileSurgery parts = new ModelFileSurgery(file);
      parts.tensor("weights").put("dtype", "BF16");
      if (format == null) {
        parts.header.remove("__metadata__");
        parts.save(file, parts.header.toString());
      } else {
        parts.metadata().put("format", format);
        parts.save(file);
      }
      assertEquals(
          "'"
              + file
              + "' is not a Kronwood model: it is a safetensors file without \"format\":"
              + " \"kronwood\"; give a file that Kronwood saved",
          refused(file).getMessage());
      Files.write(file, tiny);
    }
  }

  @Test
  void everyMissingTensorIsNamed() throws IOException {
    Files.write(file, large);
    List<String> names = new ArrayList<>(new ModelFileSurgery(file).header.propertyNames());
    names.remove("__metadata__");
    // Only these may be missing.
    names.removeIf(name -> name.endsWith(".training"));
    assertEquals(36, names.size(), names::toString);
    for (String name : names) {
      Files.write(file, large);
      ModelFileSurgery parts = new ModelFileSurgery(file);
      parts.header.set("unknown", parts.header.remove(name));
      parts.save(file);
      assertRefused(file, "does not fit together: tensor '" + name + "' is missing, expected ");
    }
  }

  @Test
  void everyTensorOfAnotherShapeIsNamed() throws IOException {
    Files.write(file, large);
    List<String> names = new ArrayList<>(new ModelFileSurgery(file).header.propertyNames());
    names.remove("__metadata__");
    for (String name : names) {
      Files.write(file, large);
      ModelFileSurgery parts = new ModelFileSurgery(file);
      ArrayNode shape = (ArrayNode) parts.tensor(name).get("shape");
      shape.insert(0, 1);
      parts.save(file);
      assertRefused(file, "does not fit together: tensor '" + name + "' is ");
    }
  }

  @Test
  void everyMissingPieceOfMetadataIsNamed() throws IOException {
    Files.write(file, large);
    int pieces = paths("kronwood", new ModelFileSurgery(file).kronwood).size();
    assertEquals(41, pieces);
    for (int i = 0; i < pieces; i++) {
      Files.write(file, large);
      ModelFileSurgery parts = new ModelFileSurgery(file);
      Map.Entry<String, ObjectNode> piece = paths("kronwood", parts.kronwood).get(i);
      String key = piece.getKey().substring(piece.getKey().lastIndexOf('.') + 1);
      piece.getValue().remove(key);
      parts.save(file);
      assertRefused(file, "does not fit together: there is no " + piece.getKey() + ";");
    }
    for (String key : new String[] {"sha256", "kronwood", "format", "format_version"}) {
      Files.write(file, large);
      ModelFileSurgery parts = new ModelFileSurgery(file);
      parts.metadata().remove(key);
      parts.save(file);
      refused(file);
    }
  }

  /** Paths of all keys whose absence matters, and the objects they are in. */
  private static List<Map.Entry<String, ObjectNode>> paths(String path, JsonNode node) {
    List<Map.Entry<String, ObjectNode>> paths = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        String child = path + "." + field.getKey();
        paths.add(Map.entry(child, object));
        if (!path.equals("kronwood.provenance")) {
          paths.addAll(paths(child, field.getValue()));
        }
      }
    } else {
      for (int i = 0; i < node.size(); i++) {
        paths.addAll(paths(path + "[" + i + "]", node.get(i)));
      }
    }
    return paths;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "/shift            | ~\"x\"~          | kronwood.shift is \"x\", expected a number",
        "/modes            | []               | it has no modes",
        "/modes/0/table    | 4                | mode 'mode 0 of table0' has table 4 of 4",
        "/modes/0/table    | 4294967296       | integer overflow",
        "/modes/0/table    | 0.5              | table is 0.5, expected a whole number >= 0",
        "/modes            | [{`name`:`a`,`table`:0}] | 'weights' is F32 [2, 3, 3, 3, 3], expected"
            + " F32 [",
        "/modes/0/name     | null             | kronwood.modes[0].name is null, expected a string",
        "/tables/0/map/kind | ~\"pivot\"~     | there is no kronwood.tables[0].map.pivots",
        "/tables/0/map/kind | ~\"x\"~         | expected direct, pivot, similarity, blocks,"
            + " components or identity",
        "/tables/1/map/pivots | ~\"sparse\"~  | 'table.1.map.pivots.row_start' is missing",
        "/tables/1/map/pivots | ~\"x\"~       | expected dense or sparse",
        "/tables/0/map/constant | 0.0         | tensor 'table.0.coordinates' is F32 [4, 3]",
        "/tables           | {}               | kronwood.tables is {}, expected an array",
        "/target/loss/key  | ~\"hinge\"~      | unknown loss 'hinge'",
        "/target/loss/delta | -1              | Huber delta is -1.0",
        "/target/names     | [1]              | kronwood.target.names[0] is 1, expected a string",
        "/provenance/facts | {`a`:1}         | kronwood.provenance.facts.a is 1, expected a str",
        "/provenance/metrics | {`a`:1}         | metrics.a is 1, expected an object"
      })
  void metadataThatDoNotFitAreNamed(String pointer, String json, String message)
      throws IOException {
    Files.write(file, large);
    ModelFileSurgery parts = new ModelFileSurgery(file);
    int slash = pointer.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) parts.kronwood.at(pointer.substring(0, slash));
    JsonNode value = ModelFileSurgery.JACKSON.readTree(json.replace('`', '"'));
    parent.set(pointer.substring(slash + 1), value);
    parts.save(file);
    assertRefused(file, message);
  }

  @Test
  void metadataThatAreNoJsonAreRefused() throws IOException {
    for (String json : new String[] {"", "[]", "{", "[".repeat(100_000), "{\"a\":1,\"a\":1}"}) {
      ModelFileSurgery parts = new ModelFileSurgery(file);
      parts.metadata().put("kronwood", json);
      parts.save(file, parts.header.toString());
      assertRefused(file, "does not fit together: ");
      Files.write(file, tiny);
    }
  }
}
