package kronwood.model.file;

import static kronwood.model.file.ModelFileFixtures.model;
import static kronwood.model.file.ModelFileFixtures.table;
import static kronwood.model.file.ModelFileFixtures.target;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import kronwood.gram.DirectFeatureMap;
import kronwood.gram.PivotFeatureMap;
import kronwood.gram.SimilarityMap;
import kronwood.loss.HuberLoss;
import kronwood.model.Model;
import kronwood.model.ModelTable;
import kronwood.model.file.ModelFileFixtures.Kind;
import kronwood.testing.Problems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The format as documented, read with other means than the program's own. */
class ModelFileLayoutTest {
  private static final Map<String, Integer> ELEMENT_BYTES =
      Map.of("F64", 8, "I64", 8, "F32", 4, "I32", 4, "U8", 1);

  @TempDir Path folder;
  private Path file;
  private Model model;
  private ModelFileSurgery parts;

  @BeforeEach
  void save() throws IOException {
    Random random = new Random(11);
    List<ModelTable> tables = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      tables.add(table(random, "table é" + tables.size(), kind, 5));
    }
    model = model(random, tables, 3, target(random, new HuberLoss(0.25), 2), 2, 0, 1, 3, 0);
    file = folder.resolve("model.kron");
    ModelFile.save(model, file);
    parts = new ModelFileSurgery(file);
  }

  @Test
  void headerAndTensorsAreAlignedAndWithoutHoles() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertEquals(0, length % 8);
    assertEquals(bytes.length, 8 + length + parts.data.length);
    assertEquals('{', bytes[8]);
    List<String> names = new ArrayList<>(parts.header.propertyNames());
    assertEquals("__metadata__", names.removeFirst());
    long end = 0;
    for (String name : names) {
      JsonNode tensor = parts.tensor(name);
      int elementBytes = ELEMENT_BYTES.get(tensor.get("dtype").stringValue());
      long begin = tensor.get("data_offsets").get(0).longValue();
      assertEquals(end, begin, name);
      assertEquals(0, begin % elementBytes, name);
      long elements = 1;
      for (JsonNode axis : tensor.get("shape")) {
        elements *= axis.longValue();
      }
      end = tensor.get("data_offsets").get(1).longValue();
      assertEquals(elements * elementBytes, end - begin, name);
    }
    assertEquals(parts.data.length, end);
    List<String> sorted = new ArrayList<>(names);
    sorted.sort(
        Comparator.<String>comparingInt(
                name -> -ELEMENT_BYTES.get(parts.tensor(name).get("dtype").stringValue()))
            .thenComparing(Comparator.naturalOrder()));
    assertEquals(sorted, names);
  }

  @Test
  void metadataAreStringsAndTheDigestIsThatOfTheFile() throws IOException {
    ObjectNode metadata = parts.metadata();
    assertEquals("kronwood", metadata.get("format").stringValue());
    assertEquals("1", metadata.get("format_version").stringValue());
    metadata.values().forEach(value -> assertTrue(value.isString(), value::toString));
    String digest = metadata.get("sha256").stringValue();
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertEquals(text.indexOf(digest), text.lastIndexOf(digest));
    byte[] blanked = text.replace(digest, "0".repeat(64)).getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(ModelFileSurgery.digest(blanked), digest);
  }

  @Test
  void networkAndTargetStandWhereTheyShould() {
    assertTensor("weights", "F32", 3, rank(2), rank(0), rank(1), rank(3), rank(0));
    float[][] weights = model.network().weights();
    ByteBuffer bytes = parts.bytes("weights");
    for (float[] neuron : weights) {
      for (float weight : neuron) {
        assertEquals(weight, bytes.getFloat());
      }
    }
    assertTensor("output", "F32", 2, 3);
    assertArrayEquals(model.network().output(), floats("output"));
    assertTensor("target.offset", "F64", 2);
    assertArrayEquals(model.target().offset(), doubles("target.offset"));
    assertTensor("target.scale", "F64", 2);
    assertArrayEquals(model.target().scale(), doubles("target.scale"));
    assertEquals(model.network().shift(), parts.kronwood.get("shift").doubleValue());
  }

  @Test
  void idsAndColumnsAreUtf8BetweenOffsets() {
    for (int t = 0; t < 4; t++) {
      ModelTable table = model.tables().get(t);
      assertEquals(table.ids().asList(), texts("table." + t + ".id"));
      assertEquals(table.columns(), texts("table." + t + ".column"));
      assertTensor("table." + t + ".coordinates", "F32", 5, rank(t));
      assertArrayEquals(table.coordinates(), floats("table." + t + ".coordinates"));
    }
  }

  @Test
  void everyMapStandsWhereItShould() {
    DirectFeatureMap direct = (DirectFeatureMap) model.tables().get(0).map();
    assertArrayEquals(direct.mean(), doubles("table.0.map.mean"));
    assertTensor("table.0.map.kept", "I32", direct.kept().length);
    int[] kept = new int[direct.kept().length];
    parts.bytes("table.0.map.kept").asIntBuffer().get(kept);
    assertArrayEquals(direct.kept(), kept);

    PivotFeatureMap dense = (PivotFeatureMap) model.tables().get(1).map();
    int pivots = dense.pivots().entities();
    assertTensor("table.1.map.mean", "F64", dense.columns());
    assertTensor("table.1.map.lower", "F64", pivots, pivots);
    assertArrayEquals(dense.lower(), doubles("table.1.map.lower"));
    assertTensor("table.1.map.pivots", "F32", pivots, dense.columns());
    double[] values = Problems.toArray(dense.pivots());
    float[] stored = floats("table.1.map.pivots");
    assertArrayEquals(
        values, IntStream.range(0, values.length).mapToDouble(i -> stored[i]).toArray());

    PivotFeatureMap sparse = (PivotFeatureMap) model.tables().get(2).map();
    int columns = sparse.columns();
    long[] rowStart = longs("table.2.map.pivots.row_start");
    assertEquals(sparse.pivots().entities() + 1, rowStart.length);
    ByteBuffer column = parts.bytes("table.2.map.pivots.column");
    float[] value = floats("table.2.map.pivots.value");
    double[] filled = new double[(rowStart.length - 1) * columns];
    for (int row = 0; row + 1 < rowStart.length; row++) {
      for (int i = (int) rowStart[row]; i < rowStart[row + 1]; i++) {
        filled[row * columns + column.getInt(4 * i)] = value[i];
      }
    }
    assertArrayEquals(Problems.toArray(sparse.pivots()), filled);

    SimilarityMap similarity = (SimilarityMap) model.tables().get(3).map();
    assertTensor("table.3.map.matrix", "F64", similarity.offset().length, similarity.columns());
    assertArrayEquals(similarity.map(), doubles("table.3.map.matrix"));
    assertArrayEquals(similarity.offset(), doubles("table.3.map.offset"));
  }

  @Test
  void whatIsNoTensorIsJson() throws IOException {
    DirectFeatureMap direct = (DirectFeatureMap) model.tables().get(0).map();
    PivotFeatureMap dense = (PivotFeatureMap) model.tables().get(1).map();
    PivotFeatureMap sparse = (PivotFeatureMap) model.tables().get(2).map();
    SimilarityMap similarity = (SimilarityMap) model.tables().get(3).map();
    String expected =
        """
        {'modes': [{'name': 'mode 0 of table é2', 'table': 2},
                   {'name': 'mode 1 of table é0', 'table': 0},
                   {'name': 'mode 2 of table é1', 'table': 1},
                   {'name': 'mode 3 of table é3', 'table': 3},
                   {'name': 'mode 4 of table é0', 'table': 0}],
         'tables': [
           {'name': 'table é0', 'map': {'kind': 'direct', 'scale': %s, 'constant': %s}},
           {'name': 'table é1',
            'map': {'kind': 'pivot', 'pivots': 'dense', 'scale': %s, 'constant': %s}},
           {'name': 'table é2',
            'map': {'kind': 'pivot', 'pivots': 'sparse', 'scale': %s, 'constant': %s}},
           {'name': 'table é3', 'map': {'kind': 'similarity', 'constant': %s}}],
         'shift': %s,
         'target': {'loss': {'key': 'huber', 'delta': 0.25},
                    'names': ['target ü0', 'target ü1'], 'classes': []},
         'provenance': {
           'facts': {'seed': '1', 'a \\"fact\\"': 'é\\n\\\\', 'data': '%s'},
           'metrics': {'train': {'mse': 0.3333333333333333, 'auc': null},
                       'test': {'mse': 'Infinity', 'r2': '-Infinity', 'ci': -0.0, 'mae': 2.0},
                       'validation': {}}}}
        """
            .formatted(
                direct.scale(),
                direct.constant(),
                dense.scale(),
                dense.constant(),
                sparse.scale(),
                sparse.constant(),
                similarity.constant(),
                model.network().shift(),
                "0".repeat(64))
            .replace('\'', '"');
    assertEquals(
        ModelFileSurgery.JACKSON.readTree(expected).toPrettyString(),
        parts.kronwood.toPrettyString());
  }

  private int rank(int table) {
    return model.tables().get(table).map().rank();
  }

  private void assertTensor(String name, String type, int... shape) {
    JsonNode tensor = assertInstanceOf(ObjectNode.class, parts.header.get(name), name);
    assertEquals(type, tensor.get("dtype").stringValue(), name);
    assertEquals(
        Arrays.toString(shape),
        Arrays.toString(tensor.get("shape").valueStream().mapToInt(JsonNode::intValue).toArray()),
        name);
  }

  private float[] floats(String name) {
    ByteBuffer bytes = parts.bytes(name);
    float[] values = new float[bytes.capacity() / 4];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private double[] doubles(String name) {
    ByteBuffer bytes = parts.bytes(name);
    double[] values = new double[bytes.capacity() / 8];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  private long[] longs(String name) {
    ByteBuffer bytes = parts.bytes(name);
    long[] values = new long[bytes.capacity() / 8];
    bytes.asLongBuffer().get(values);
    return values;
  }

  private List<String> texts(String name) {
    ByteBuffer bytes = parts.bytes(name + "s");
    byte[] all = new byte[bytes.capacity()];
    bytes.get(all);
    long[] offsets = longs(name + "_offsets");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i + 1 < offsets.length; i++) {
      int from = (int) offsets[i];
      texts.add(new String(all, from, (int) offsets[i + 1] - from, StandardCharsets.UTF_8));
    }
    return texts;
  }
}
