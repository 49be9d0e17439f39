package kronwood.model.file;

import static kronwood.model.file.ModelFileFixtures.assertSame;
import static kronwood.model.file.ModelFileFixtures.model;
import static kronwood.model.file.ModelFileFixtures.predictions;
import static kronwood.model.file.ModelFileFixtures.table;
import static kronwood.model.file.ModelFileFixtures.target;
import static kronwood.model.file.ModelFileFixtures.tiny;
import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.Dataset;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.data.Split;
import kronwood.data.Targets;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.gram.GramOptions;
import kronwood.loss.HuberLoss;
import kronwood.loss.Loss;
import kronwood.loss.Task;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.Provenance;
import kronwood.model.file.ModelFileFixtures.Kind;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
  @TempDir Path folder;

  private static ModelOptions options(Loss loss) {
    return new ModelOptions(
        GramOptions.DEFAULT,
        loss,
        NetworkOptions.of(8, 1),
        TrainingOptions.plain(8, 2, OptionalDouble.of(0.5), 0, EngineChoice.EAGER, 1),
        1e9);
  }

  private Model saveAndLoad(Model model) throws IOException {
    Path file = folder.resolve("model.kron");
    ModelFile.save(model, file);
    return ModelFile.load(file);
  }

  @Test
  void anOffsetOfTwoClassesMakesTheVersionFive() throws IOException {
    Random random = new Random(5);
    List<ModelTable> tables = List.of(table(random, "item", Kind.DIRECT, 4));
    Model plain = model(random, tables, 3, target(random, Loss.of("logistic"), 1), 0);
    Model shifted = plain.shifted(0.75);
    for (Model model : List.of(plain, shifted)) {
      Model loaded = saveAndLoad(model);
      assertSame(model, loaded);
      assertArrayEquals(predictions(model), predictions(loaded), 1e-12);
      String version = model.target().offset()[0] == 0 ? "1" : "5";
      assertEquals(
          version,
          new ModelFileSurgery(folder.resolve("model.kron"))
              .metadata()
              .get("format_version")
              .stringValue());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyKindOfTableIsLoadedAsItWasSaved(Kind kind) throws IOException {
    Random random = new Random(3);
    ModelTable table = table(random, "tablé \"1\"", kind, 7);
    Model model = model(random, List.of(table), 5, target(random, Loss.of("squared"), 1), 0);
    Model loaded = saveAndLoad(model);
    assertSame(model, loaded);
    assertArrayEquals(predictions(model), predictions(loaded));
  }

  @ParameterizedTest
  @ValueSource(strings = {"squared", "huber", "logistic", "softmax"})
  void everyLossIsLoadedAsItWasSaved(String key) throws IOException {
    Random random = new Random(4);
    Loss loss = key.equals("huber") ? new HuberLoss(0.3) : Loss.of(key);
    ModelTable table = table(random, "item", Kind.DIRECT, 6);
    int outputs = loss.task() == Task.BINARY ? 1 : 3;
    Model model = model(random, List.of(table), 4, target(random, loss, outputs), 0, 0);
    Model loaded = saveAndLoad(model);
    assertSame(model, loaded);
    assertArrayEquals(predictions(model), predictions(loaded));
  }

  @TestFactory
  Stream<DynamicTest> anyModelIsLoadedAsItWasSaved() {
    return Seeds.runs(
        40,
        random -> {
          List<ModelTable> tables = new ArrayList<>();
          int count = random.nextInt(1, 4);
          for (int t = 0; t < count; t++) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            tables.add(table(random, "table" + t, kind, random.nextInt(3, 8)));
          }
          int[] tableOfMode = new int[random.nextInt(1, 4)];
          Arrays.setAll(tableOfMode, k -> random.nextInt(count));
          Loss loss = Loss.of(new String[] {"squared", "huber", "softmax"}[random.nextInt(3)]);
          ModelTarget target = target(random, loss, random.nextInt(2, 5));
          Model model = model(random, tables, random.nextInt(1, 9), target, tableOfMode);
          Model loaded = saveAndLoad(model);
          assertSame(model, loaded);
          assertArrayEquals(predictions(model), predictions(loaded));
        });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aTrainedModelPredictsTheSameOnceLoaded(Kind kind) throws IOException {
    Random random = new Random(5);
    EntityTable left = ModelFileFixtures.entities(random, "left", kind, 12);
    EntityTable right = ModelFileFixtures.entities(random, "right", Kind.DIRECT, 10);
    Targets targets =
        kind == Kind.DIRECT
            ? Problems.classTargets(random, 80, 2)
            : Problems.realTargets(random, 80, 2);
    Dataset data =
        Dataset.of(
            List.of(new Mode("a", left), new Mode("b", right)),
            Samples.of(Problems.tuples(random, 80, 10, 10), targets));
    Loss loss = Loss.of(kind == Kind.DIRECT ? "logistic" : "huber");
    Split split = new Split(Problems.range(0, 60), Problems.range(60, 70), Problems.range(70, 80));
    Model model = ModelTraining.fit(data, split, options(loss), TrainingListener.NONE).model();
    assertInstanceOf(kind.map(), model.table(0).map());
    Model loaded = saveAndLoad(model);
    assertSame(model, loaded);
    assertArrayEquals(predictions(model), predictions(loaded));
  }

  @Test
  void emptyPartsAreKept() throws IOException {
    Random random = new Random(6);
    ModelTable full = table(random, "t", Kind.PIVOT_SPARSE, 5);
    ModelTable empty =
        new ModelTable("", EntityIds.of(List.of()), full.columns(), full.map(), new float[0]);
    ModelTarget target =
        new ModelTarget(Loss.of("squared"), List.of(""), List.of(), new double[1], new double[1]);
    Model filled = model(random, List.of(empty), 1, target, 0);
    Model model =
        new Model(
            List.of(""),
            filled.tableOfMode(),
            filled.tables(),
            filled.network(),
            target,
            new Provenance(Map.of(), Map.of()));
    assertSame(model, saveAndLoad(model));
  }

  @Test
  void trainingEntitiesAreKeptAndMayBeUnknown() throws IOException {
    Random random = new Random(7);
    ModelTable unknown = table(random, "t", Kind.DIRECT, 5);
    ModelTarget target = target(random, Loss.of("squared"), 1);
    for (int[] training : new int[][] {null, {}, {1, 4}, {0, 1, 2, 3, 4}}) {
      ModelTable table = trainedOn(unknown, training);
      Model model = model(random, List.of(table), 3, target, 0);
      assertArrayEquals(training, saveAndLoad(model).table(0).training());
    }
    for (int[] wrong : new int[][] {{-1}, {5}, {2, 2}, {3, 1}}) {
      assertRefused(
          () -> trainedOn(unknown, wrong), "training entities of table 't'", "increasing", "5");
    }
  }

  private static ModelTable trainedOn(ModelTable table, int @Nullable [] training) {
    return new ModelTable(
        table.name(), table.ids(), table.columns(), table.map(), table.coordinates(), training);
  }

  @Test
  void aTrainedModelKnowsTheEntitiesOfItsTrainingSamples() {
    Random random = new Random(8);
    EntityTable left = Problems.table("left", Problems.denseFeatures(random, 5, 2));
    EntityTable right = Problems.table("right", Problems.similarities(random, 4, 3));
    EntityTuples tuples = EntityTuples.of(2, new int[] {0, 3, 4, 1, 4, 3, 2, 0});
    Dataset data =
        Dataset.of(
            List.of(new Mode("left", left), new Mode("right", right)),
            Samples.of(tuples, RealTargets.of(List.of("y"), new float[] {1, 2, 3, 4})));
    Split split = new Split(Problems.range(0, 3), new int[0], new int[] {3});
    Model model =
        ModelTraining.fit(data, split, options(Loss.of("squared")), TrainingListener.NONE).model();
    assertArrayEquals(new int[] {0, 4}, model.table(0).training());
    assertArrayEquals(new int[] {1, 3}, model.table(1).training());
  }

  @Test
  void strangeNumbersAreKept() throws IOException {
    Model model = tiny();
    model.network().weights()[0][0] = Float.MIN_VALUE;
    model.network().weights()[1][0] = -0.0f;
    model.network().output()[0] = -Float.MAX_VALUE;
    model.target().offset()[0] = Double.MIN_VALUE;
    for (double shift : new double[] {-0.0, 1e-320, 1e100}) {
      ModelNetwork network =
          new ModelNetwork(shift, model.network().weights(), model.network().output());
      Model strange =
          new Model(
              model.modeNames(),
              model.tableOfMode(),
              model.tables(),
              network,
              model.target(),
              model.provenance());
      assertSame(strange, saveAndLoad(strange));
    }
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    Path first = folder.resolve("first.kron");
    Path second = folder.resolve("second.kron");
    ModelFile.save(tiny(), first);
    ModelFile.save(tiny(), second);
    assertEquals(-1, Files.mismatch(first, second));
    ModelFile.save(ModelFile.load(first), second);
    assertEquals(-1, Files.mismatch(first, second));
  }

  @Test
  void savingReplacesAFileAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("model.kron");
    Files.writeString(file, "something else");
    ModelFile.save(tiny(), file);
    assertSame(tiny(), ModelFile.load(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void savingToALinkReplacesWhatItLeadsTo() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path file = Files.writeString(elsewhere.resolve("real.kron"), "something else");
    Path link = Files.createSymbolicLink(folder.resolve("link.kron"), file);
    ModelFile.save(tiny(), link);
    assertTrue(Files.isSymbolicLink(link));
    assertSame(tiny(), ModelFile.load(file));
  }

  @Test
  void aFailureInTheMiddleLeavesTheOldFileAsItWas() throws IOException {
    Path file = folder.resolve("model.kron");
    Files.writeString(file, "the old model");
    Model model = tiny();
    model.network().weights()[1] = null;
    assertThrows(NullPointerException.class, () -> ModelFile.save(model, file));
    assertEquals("the old model", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void aTextThatNoFileCanHoldIsRefusedNamingTheFile() throws IOException {
    Path file = folder.resolve("model.kron");
    Model tiny = tiny();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("half", "\ud83d");
    Model model =
        new Model(
            tiny.modeNames(),
            tiny.tableOfMode(),
            tiny.tables(),
            tiny.network(),
            tiny.target(),
            new Provenance(facts, Map.of()));
    IOException e = assertThrows(IOException.class, () -> ModelFile.save(model, file));
    assertTrue(e.getMessage().startsWith("cannot save model '" + file + "': "), e.getMessage());
    assertEquals(List.of(), files());
  }

  @Test
  void savingNeedsAFolder() throws IOException {
    Path file = folder.resolve("missing").resolve("model.kron");
    IOException e = assertThrows(IOException.class, () -> ModelFile.save(tiny(), file));
    assertEquals(
        "cannot save model '"
            + file
            + "': there is no folder '"
            + folder.resolve("missing")
            + "'; make it first",
        e.getMessage());
    assertEquals(List.of(), files());
  }

  @Test
  void aFolderIsNeitherReplacedNorLoaded() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("model.kron"));
    IOException e = assertThrows(IOException.class, () -> ModelFile.save(tiny(), inside));
    assertTrue(e.getMessage().contains("it exists and is no file"), e.getMessage());
    assertTrue(Files.isDirectory(inside));
    assertEquals(List.of(inside), files());
    ModelFormatException loading =
        assertThrows(ModelFormatException.class, () -> ModelFile.load(inside));
    assertTrue(loading.getMessage().contains("it is a folder"), loading.getMessage());
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("no.kron");
    NoSuchFileException e = assertThrows(NoSuchFileException.class, () -> ModelFile.load(file));
    assertEquals(file + ": there is no such model file", e.getMessage());
  }

  @Test
  void anInterruptDoesNotStopSaving() throws IOException {
    Path file = folder.resolve("model.kron");
    Thread.currentThread().interrupt();
    try {
      ModelFile.save(tiny(), file);
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertSame(tiny(), ModelFile.load(file));
  }

  @Test
  void relativeNamesAreUnderstood() throws IOException {
    Path file = Path.of("").toAbsolutePath().relativize(folder).resolve("model.kron");
    ModelFile.save(tiny(), file);
    assertSame(tiny(), ModelFile.load(file));
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
