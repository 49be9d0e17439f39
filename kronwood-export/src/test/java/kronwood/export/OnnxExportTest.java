package kronwood.export;

import static kronwood.export.OnnxComparison.compare;
import static kronwood.export.OnnxComparison.inputs;
import static kronwood.export.OnnxComparison.tuples;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kronwood.data.Block;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.FeatureKernel;
import kronwood.data.Similarities;
import kronwood.fault.InputException;
import kronwood.gram.GramOptions;
import kronwood.input.PairStructure;
import kronwood.loss.HuberLoss;
import kronwood.loss.LogisticLoss;
import kronwood.loss.SoftmaxLoss;
import kronwood.model.Model;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;
import kronwood.model.file.StoredModel;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime predicts what Kronwood does, of models of every kind. */
class OnnxExportTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);
  private static final int BATCH = 1000;
  @TempDir Path folder;

  private static RandomModel pair(long seed) {
    return new RandomModel(seed).features("left", "left", 3).similarities("right", "right");
  }

  private static RandomModel same(PairStructure structure) {
    return new RandomModel(4)
        .structure(structure)
        .gram(
            structure == PairStructure.COMPARISON
                ? GramOptions.DEFAULT.withConstant(0)
                : GramOptions.DEFAULT)
        .features("one", "item", 3)
        .features("other", "item", 3);
  }

  private static Map<String, Model> models() {
    Map<String, Model> models = new LinkedHashMap<>();
    models.put("pair", pair(1).model());
    models.put("one mode", new RandomModel(2).features("item", "item", 4).model());
    models.put("three modes", pair(3).features("third", "third", 2).model());
    models.put(
        "an entity with itself",
        new RandomModel(3).features("image", "image", 3).features("image", "image", 3).model());
    models.put("huber, two targets, linear", pair(5).loss(new HuberLoss(1), 2).linear().model());
    models.put("two classes", pair(6).loss(new LogisticLoss(), 1).model());
    models.put("four classes", pair(7).loss(new SoftmaxLoss(), 4).linear().model());
    models.put("ensemble", pair(8).members(3).linear().model());
    models.put("ensemble of classes", pair(9).members(2).loss(new SoftmaxLoss(), 3).model());
    models.put("settings", pair(10).settings().model());
    models.put(
        "settings of an ensemble of two targets",
        pair(11).settings().members(2).loss(new HuberLoss(1), 2).model());
    models.put("symmetric", same(PairStructure.SYMMETRIC).model());
    models.put("antisymmetric", same(PairStructure.ANTISYMMETRIC).model());
    models.put("ranking", same(PairStructure.RANKING).loss(new LogisticLoss(), 1).model());
    models.put("comparison", same(PairStructure.COMPARISON).model());
    models.put(
        "comparison beside a third mode",
        same(PairStructure.COMPARISON)
            .gram(GramOptions.DEFAULT)
            .similarities("context", "context")
            .settings()
            .model());
    models.put("cartesian", pair(12).structure(PairStructure.CARTESIAN).settings().model());
    models.put(
        "components",
        pair(13).gram(GramOptions.DEFAULT.withComponents(Map.of("right", 2))).model());
    models.put("no constant", pair(14).gram(GramOptions.DEFAULT.withConstant(0)).model());
    models.put("pivots", new RandomModel(15).features("left", "left", 30).model());
    models.put("blocks", new RandomModel(16).blocks("left", "left").settings().model());
    return models;
  }

  @TestFactory
  Stream<DynamicTest> idsPredictWhatKronwoodDoes() {
    return models().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> checkKnown(entry.getValue(), InputKind.IDS)));
  }

  @TestFactory
  Stream<DynamicTest> coordinatesPredictWhatKronwoodDoes() {
    return models().entrySet().stream()
        .filter(entry -> !entry.getKey().equals("cartesian"))
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> checkKnown(entry.getValue(), InputKind.COORDINATES)));
  }

  @TestFactory
  Stream<DynamicTest> attributesPredictWhatKronwoodDoesForNewEntities() {
    return models().entrySet().stream()
        .filter(entry -> !entry.getKey().equals("cartesian"))
        .map(
            entry ->
                DynamicTest.dynamicTest(entry.getKey(), () -> checkAttributes(entry.getValue())));
  }

  private Path export(Model model, InputKind kind) throws IOException {
    List<InputKind> kinds = Collections.nCopies(model.modeNames().size(), kind);
    Path file = folder.resolve("model.onnx");
    OnnxExport.of(new StoredModel(model, DIGEST), kinds).write(file);
    return file;
  }

  private void checkKnown(Model model, InputKind kind) throws IOException, OrtException {
    try (OnnxRun run = new OnnxRun(export(model, kind))) {
      int[] entities = tuples(model, BATCH);
      int modes = model.modeNames().size();
      compare(model, run, inputs(model, kind, entities), entities);
      for (int row = 0; row < 3; row++) {
        int[] one = Arrays.copyOfRange(entities, row * modes, (row + 1) * modes);
        compare(model, run, inputs(model, kind, one), one);
      }
    }
  }

  private void checkAttributes(Model model) throws IOException, OrtException {
    Random random = new Random(7);
    int count = 11;
    List<EntityTable> given = new ArrayList<>();
    Map<String, Object> columns = new LinkedHashMap<>();
    for (ModelTable table : model.tables()) {
      float[][] rows = new float[count][AttributeNodes.columns(table).size()];
      for (float[] row : rows) {
        for (int c = 0; c < row.length; c++) {
          row[c] = (float) random.nextGaussian();
        }
      }
      columns.put(table.name(), rows);
      given.add(newEntities(table, rows));
    }
    int modes = model.modeNames().size();
    int[] places = tuples(model, BATCH);
    int[] entities = new int[places.length];
    Map<String, Object> inputs = new LinkedHashMap<>();
    for (int k = 0; k < modes; k++) {
      int mode = k;
      ModelTable table = model.table(mode);
      float[][] all = (float[][]) columns.getOrDefault(table.name(), new float[0][]);
      String name = model.modeNames().get(mode);
      float[][] input = new float[BATCH][];
      for (int i = 0; i < BATCH; i++) {
        entities[i * modes + mode] = table.ids().size() + places[i * modes + mode];
        input[i] = all[places[i * modes + mode]];
      }
      inputs.put(name, input);
      if (!model.settings().isEmpty()) {
        inputs.put(name + "_known", new boolean[BATCH]);
      }
    }
    try (OnnxRun run = new OnnxRun(export(model, InputKind.ATTRIBUTES))) {
      EntityTuples tuples = EntityTuples.of(modes, entities);
      compare(model.predictor(given, 1).predictWithDeviations(tuples), run.run(inputs));
    }
  }

  private static EntityTable newEntities(ModelTable table, float[][] rows) {
    List<String> ids = IntStream.range(0, rows.length).mapToObj(e -> "new " + e).toList();
    List<Block> blocks = new ArrayList<>();
    int from = 0;
    for (ModelBlock block : table.blocks()) {
      if (block.kind() == ModelBlock.Kind.IDENTITY) {
        continue;
      }
      int width = block.columns().size();
      float[] values = new float[rows.length * width];
      for (int e = 0; e < rows.length; e++) {
        System.arraycopy(rows[e], from, values, e * width, width);
      }
      from += width;
      blocks.add(
          block.kind() == ModelBlock.Kind.SIMILARITIES
              ? new Block.OfSimilarities(
                  block.name(), 1, Similarities.to(width, rows.length, values))
              : new Block.OfFeatures(
                  block.name(),
                  1,
                  FeatureKernel.LINEAR,
                  DenseFeatures.of(rows.length, width, values)));
    }
    return table.newEntities(EntityIds.of(ids), blocks);
  }

  @Test
  void anUnknownIdGivesNoAnswerRatherThanThatOfAnotherEntity() throws IOException, OrtException {
    for (Model model :
        List.of(
            pair(1).members(2).settings().model(),
            pair(2).loss(new LogisticLoss(), 1).model(),
            pair(3).structure(PairStructure.CARTESIAN).model())) {
      try (OnnxRun run = new OnnxRun(export(model, InputKind.IDS))) {
        Map<String, float[]> found =
            run.run(
                Map.of(
                    "left_id", new String[] {"left-0", "nobody", "left-0", ""},
                    "right_id", new String[] {"right-1", "right-1", "right", "right-8"}));
        found.forEach(
            (name, values) -> {
              assertTrue(Float.isFinite(values[0]), name + " " + Arrays.toString(values));
              for (int row = 1; row < values.length; row++) {
                assertTrue(Float.isNaN(values[row]), name + " " + Arrays.toString(values));
              }
            });
      }
    }
  }

  @Test
  void aNumberThatIsNotFiniteGivesNoAnswer() throws IOException, OrtException {
    for (InputKind kind : List.of(InputKind.ATTRIBUTES, InputKind.COORDINATES)) {
      Model model = new RandomModel(1).features("item", "item", 3).model();
      int width = kind == InputKind.ATTRIBUTES ? 3 : model.table(0).map().rank();
      float[][] rows = new float[3][width];
      rows[1][0] = Float.NaN;
      rows[2][1] = Float.NEGATIVE_INFINITY;
      try (OnnxRun run = new OnnxRun(export(model, kind))) {
        float[] found = run.run(Map.of("item", rows)).getOrDefault("prediction", new float[0]);
        assertTrue(Float.isFinite(found[0]), Arrays.toString(found));
        assertTrue(Float.isNaN(found[1]) && Float.isNaN(found[2]), Arrays.toString(found));
      }
    }
  }

  @Test
  void knownAndNewEntitiesMayMeet() throws IOException, OrtException {
    Model model = pair(10).settings().model();
    Path file = folder.resolve("mixed.onnx");
    OnnxExport export =
        OnnxExport.of(new StoredModel(model, DIGEST), List.of(InputKind.ATTRIBUTES, InputKind.IDS));
    export.write(file);
    float[][] rows = {{0.5f, -1, 2}, {1, 1, 0}};
    EntityTable given = newEntities(model.table(0), rows);
    int known = model.table(0).ids().size();
    EntityTuples tuples = EntityTuples.of(2, new int[] {known, 8, known + 1, 2});
    try (OnnxRun run = new OnnxRun(file)) {
      Map<String, float[]> found =
          run.run(
              Map.of(
                  "left", rows,
                  "left_known", new boolean[2],
                  "right_id", new String[] {"right-8", "right-2"}));
      compare(model.predictor(List.of(given), 1).predictWithDeviations(tuples), found);
    }
  }

  @Test
  void largeWeightsAreKeptBesideTheGraph() throws IOException, OrtException {
    Model model = pair(1).members(20).model();
    Path file = folder.resolve("large.onnx");
    OnnxExport export =
        OnnxExport.of(new StoredModel(model, DIGEST), List.of(InputKind.IDS, InputKind.IDS));
    List<Path> files = export.write(file, 5000);
    assertEquals(List.of(file, folder.resolve("large.weights.bin")), files);
    assertTrue(Files.size(files.getLast()) > Files.size(file), "weights are in their own file");
    try (OnnxRun run = new OnnxRun(file)) {
      int[] entities = tuples(model, 50);
      compare(model, run, inputs(model, InputKind.IDS, entities), entities);
    }
  }

  @Test
  void theFactsOfTheModelAreInTheFile() throws IOException, OrtException {
    Model model = pair(7).loss(new SoftmaxLoss(), 3).model();
    try (OnnxRun run = new OnnxRun(export(model, InputKind.ATTRIBUTES))) {
      Map<String, String> facts = run.metadata();
      assertEquals(DIGEST, facts.get("sha256"));
      assertEquals("[\"left\",\"right\"]", facts.get("modes"));
      assertEquals("[\"f1\",\"f2\",\"f3\"]", facts.get("columns.left"));
      assertEquals("[\"\\\"0\\\"\",\"\\\"1\\\"\",\"\\\"2\\\"\"]", facts.get("classes"));
      assertEquals("NaN", facts.get("unknown_id"));
      assertTrue(Long.parseLong(facts.getOrDefault("bytes_per_row", "")) > 0);
    }
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    Model model = pair(7).model();
    byte[] first = Files.readAllBytes(export(model, InputKind.IDS));
    assertEquals(
        Arrays.hashCode(first), Arrays.hashCode(Files.readAllBytes(export(model, InputKind.IDS))));
  }

  @Test
  void whatNoGraphCanHoldIsRefused() {
    Model cartesian = pair(1).structure(PairStructure.CARTESIAN).model();
    for (InputKind kind : List.of(InputKind.ATTRIBUTES, InputKind.COORDINATES)) {
      InputException refused =
          assertThrows(InputException.class, () -> export(cartesian, kind), kind.key());
      assertTrue(String.valueOf(refused.getMessage()).contains("ids"));
    }
    assertFalse(Files.exists(folder.resolve("model.onnx")));
    assertTrue(
        String.valueOf(assertThrows(InputException.class, () -> InputKind.of("names")).getMessage())
            .contains("ids, attributes, coordinates"));
  }
}
