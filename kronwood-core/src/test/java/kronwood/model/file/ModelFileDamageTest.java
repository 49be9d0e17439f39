package kronwood.model.file;

import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;

import static kronwood.model.file.ModelFileFixtures.assertSame;
import static kronwood.model.file.ModelFileFixtures.model;
import static kronwood.model.file.ModelFileFixtures.table;
import static kronwood.model.file.ModelFileFixtures.target;
import static kronwood.model.file.ModelFileFixtures.tiny;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.loss.HuberLoss;
import kronwood.model.file.ModelFileFixtures.Kind;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is no model, or no longer one, is refused with a message that says what to do. */
class ModelFileDamageTest {
  /** Bytes of a model of one small table, and of one with a table of every kind. */
  private static byte[] tiny;

  private static byte[] large;

  @TempDir Path folder;
  private Path file;

  @BeforeAll
  static void saveModels(@TempDir Path once) throws IOException {
    Path file = once.resolve("model.kron");
    ModelFile.save(tiny(), file);
    tiny = Files.readAllBytes(file);
    Random random = new Random(12);
    List<ModelTable> tables = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      tables.add(table(random, "table" + tables.size(), kind, 4));
    }
    ModelTarget target = target(random, new HuberLoss(2), 2);
    ModelFile.save(model(random, tables, 2, target, 0, 1, 2, 3), file);
    large = Files.readAllBytes(file);
  }

  @BeforeEach
  void writeTinyModel() throws IOException {
    file = folder.resolve("model.kron");
    Files.write(file, tiny);
  }

  private ModelFormatException refused() {
    return refused("loaded");
  }

  private ModelFormatException refused(String message) {
    ModelFormatException e =
        assertThrows(ModelFormatException.class, () -> ModelFile.load(file), message);
    assertTrue(e.getMessage().contains("'" + file + "'"), e.getMessage());
    return e;
  }

  private void assertRefused(String message) {
    String found = refused().getMessage();
    assertTrue(found.contains(message), found);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    long size = Files.size(file);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      for (long length = size - 1; length >= 0; length--) {
        bytes.setLength(length);
        String message = refused("loaded " + length + " of " + size + " bytes").getMessage();
        if (length > 8) {
          assertTrue(message.contains("is truncated: expected "), message);
          assertTrue(message.contains(" bytes, found " + length + ";"), message);
        } else {
          assertTrue(message.contains("is not a Kronwood model"), message);
        }
      }
    }
  }

  @Test
  void everyFlippedByteIsRefused() throws IOException {
    int size = (int) Files.size(file);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < size; i++) {
        for (int flip : new int[] {1 << (i % 8), 0xff}) {
          bytes.seek(i);
          int original = bytes.read();
          bytes.seek(i);
          bytes.write(original ^ flip);
          refused("loaded with byte " + i + " of " + size + " changed by " + flip);
          bytes.seek(i);
          bytes.write(original);
        }
      }
    }
    assertSame(tiny(), ModelFile.load(file));
  }

  @Test
  void anAppendedByteIsRefused() throws IOException {
    long size = Files.size(file);
    Files.write(file, new byte[1], StandardOpenOption.APPEND);
    assertRefused("is corrupted: expected " + size + " bytes, found " + (size + 1));
  }

  @Test
  void changedWeightsAreRefusedByTheDigest() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    ModelFileSurgery parts = new ModelFileSurgery(file);
    assertEquals(
        "model '"
            + file
            + "' is corrupted: its SHA-256 digest is "
            + blankedDigest()
            + ", when it was saved it was "
            + parts.metadata().get("sha256").stringValue()
            + "; copy the file again, or train again",
        refused().getMessage());
  }

  private String blankedDigest() throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String blank = text.replaceFirst("[0-9a-f]{64}", "0".repeat(64));
    return ModelFileSurgery.digest(blank.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aDigestThatFitsIsAllThatAChangeNeeds() throws IOException {
    ModelFileSurgery parts = new ModelFileSurgery(file);
    parts.kronwood.put("shift", 0.125);
    parts.kronwood.put("unknown", "ignored");
    parts.save(file);
    assertEquals(0.125, ModelFile.load(file).network().shift());
  }

  @Test
  void aNewerVersionIsRefused() throws IOException {
    for (String version : new String[] {"9", "10", "2147483648", "99999999999999999999"}) {
      ModelFileSurgery parts = new ModelFileSurgery(file);
      parts.metadata().put("format_version", version);
      parts.save(file);
      assertEquals(
          "model '"
              + file
              + "' has format version "
              + version
              + "; this Kronwood reads up to 8: install a newer Kronwood",
          refused().getMessage());
    }
  }

  @Test
  void aNewerVersionIsRecognisedWhateverElseChanges() throws IOException {
    ModelFileSurgery parts = new ModelFileSurgery(file);
    parts.metadata().put("format_version", "9").remove(List.of("sha256", "kronwood"));
    parts.tensor("weights").put("dtype", "F8_E4M3").put("scale", 3);
    parts.save(file);
    assertRefused("install a newer Kronwood");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "01", "-1", "1.0", "one", "１"})
  void aVersionThatIsNoneIsRefused(String version) throws IOException {
    ModelFileSurgery parts = new ModelFileSurgery(file);
    parts.metadata().put("format_version", version);
    parts.save(file);
    assertRefused("is corrupted: its format version is '" + version + "'");
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
          refused().getMessage());
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
      assertRefused("does not fit together: tensor '" + name + "' is missing, expected ");
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
      assertRefused("does not fit together: tensor '" + name + "' is ");
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
      assertRefused("does not fit together: there is no " + piece.getKey() + ";");
    }
    for (String key : new String[] {"sha256", "kronwood", "format", "format_version"}) {
      Files.write(file, large);
      ModelFileSurgery parts = new ModelFileSurgery(file);
      parts.metadata().remove(key);
      parts.save(file);
      refused();
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
    assertRefused(message);
  }

  @Test
  void metadataThatAreNoJsonAreRefused() throws IOException {
    for (String json : new String[] {"", "[]", "{", "[".repeat(100_000), "{\"a\":1,\"a\":1}"}) {
      ModelFileSurgery parts = new ModelFileSurgery(file);
      parts.metadata().put("kronwood", json);
      parts.save(file, parts.header.toString());
      assertRefused("does not fit together: ");
      Files.write(file, tiny);
    }
  }

  @Test
  void columnsThatDoNotExistAreNotKept() throws IOException {
    for (int[] kept : new int[][] {{0, 2}, {-1, 1}, {1, 1}, {1, 0}}) {
      Files.write(file, tiny);
      ModelFileSurgery parts = new ModelFileSurgery(file);
      parts.bytes("table.0.map.kept").putInt(kept[0]).putInt(kept[1]);
      parts.save(file);
      assertRefused("expected increasing columns below 2");
    }
  }

  @Test
  void idsThatOccurTwiceAreRefused() throws IOException {
    ModelFileSurgery parts = new ModelFileSurgery(file);
    // "0", "é1", "試料2", "🧬3" become "0", "", and others.
    parts.bytes("table.0.id_offsets").putLong(8, 0).putLong(16, 1);
    parts.save(file);
    assertRefused("entity 1 has an empty id");
  }

  @Test
  void aFileLargerThanMemoryIsRefusedBeforeAnythingIsRead() throws IOException {
    long elements = 1L << 38;
    ModelFileSurgery parts = new ModelFileSurgery(file);
    parts.header.remove(
        parts.header.propertyNames().stream().filter(n -> !n.startsWith("__")).toList());
    parts.header.set(
        "weights",
        ModelFileSurgery.JACKSON.readTree(
            "{\"dtype\":\"F32\",\"shape\":[1,%d],\"data_offsets\":[0,%d]}"
                .formatted(elements, 4 * elements)));
    parts.data = new byte[0];
    parts.save(file);
    assertRefused("is truncated: expected ");
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(bytes.length() + 4 * elements);
    } catch (IOException e) {
      assumeTrue(false, "this file system has no sparse files of 1 TiB: " + e.getMessage());
    }
    IOException e = assertThrows(IOException.class, () -> ModelFile.load(file));
    assertTrue(e.getMessage().contains("needs at least 1099511627776 bytes of memory"));
    assertFalse(e instanceof ModelFormatException);
  }

  /** Whatever the changes, a file is loaded or refused; nothing else happens. */
  @TestFactory
  Stream<DynamicTest> anyChangeIsLoadedOrRefused() {
    return Seeds.runs(
        400,
        random -> {
          Files.write(file, large);
          ModelFileSurgery parts = new ModelFileSurgery(file);
          for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
            switch (random.nextInt(3)) {
              case 0 -> ModelFileMutations.changeJson(random, parts.kronwood);
              case 1 -> ModelFileMutations.changeJson(random, parts.header);
              default -> {
                int at = random.nextInt(parts.data.length);
                parts.data[at] = (byte) random.nextInt();
              }
            }
          }
          parts.save(file);
          try {
            ModelFile.load(file);
          } catch (ModelFormatException e) {
            assertTrue(e.getMessage().contains("'" + file + "'"), e.getMessage());
          }
        });
  }
}
