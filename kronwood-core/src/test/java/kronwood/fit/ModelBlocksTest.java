package kronwood.fit;

import static kronwood.testing.Refusal.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.Cells;
import kronwood.data.DenseFeatures;
import kronwood.data.Encoding;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.data.Similarities;
import kronwood.gram.GramOptions;
import kronwood.loss.SquaredLoss;
import kronwood.model.Model;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;
import kronwood.model.Predictor;
import kronwood.model.file.ModelFile;
import kronwood.model.file.ModelFileFixtures;
import kronwood.model.file.ModelFileSurgery;
import kronwood.model.file.ModelFormatException;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.testing.Pairs;
import kronwood.testing.Problems;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Models whose tables have several blocks: trained, saved, and asked about new entities. */
class ModelBlocksTest {
  private static final int LEFT = 12;
  private static final int SEEN = LEFT - Pairs.UNSEEN;

  @TempDir Path folder;
  private final Random random = new Random(8);
  private final Features dense = Problems.denseFeatures(random, LEFT, 5);
  private final Features sparse = Problems.sparseFeatures(random, LEFT, 30, 0.3);
  private final Similarities similarities = Problems.similarities(random, LEFT, 4);

  private Model fit(Block... blocks) {
    Pairs pairs =
        Pairs.of(
            random,
            Problems.table("left", new Blocks(List.of(blocks))),
            Problems.table("right", Problems.denseFeatures(random, 10, 3)),
            Problems.realTargets(random, 60, 1));
    ModelOptions options =
        new ModelOptions(
            GramOptions.DEFAULT,
            new SquaredLoss(),
            new NetworkOptions(24, 0.4, true, false, 5),
            TrainingOptions.plain(8, 4, OptionalDouble.of(0.5), 0, EngineChoice.EAGER, 1),
            1e9);
    return ModelTraining.fit(pairs.data(), pairs.split(), options, TrainingListener.NONE).model();
  }

  private Block gaussian() {
    return new Block.OfFeatures("features", 1, FeatureKernel.GAUSSIAN, dense);
  }

  private Block cosine() {
    return new Block.OfFeatures("words", 0.5, FeatureKernel.COSINE, sparse);
  }

  private static final List<String> TEXTS =
      List.of(
          "red rose",
          "blue sky",
          "red sky",
          "a rose is a rose",
          "blue",
          "sky blue",
          "red",
          "rose",
          "is",
          "grey day",
          "day",
          "red day");

  private static Block.OfCells cells(String type, FeatureKernel kernel, List<String> texts) {
    return new Block.OfCells(type, 1, kernel, new Encoding(type, Map.of()), Cells.of(1, texts));
  }

  /** One block for each encoder. */
  private static List<Block> encoded() {
    List<String> numbers = new ArrayList<>();
    List<String> sequences = new ArrayList<>();
    List<String> lists = new ArrayList<>();
    Random random = new Random(11);
    for (int e = 0; e < LEFT; e++) {
      numbers.add(e % 5 == 2 ? "" : Double.toString(random.nextGaussian()));
      StringBuilder sequence = new StringBuilder();
      for (int i = 0; i < 30; i++) {
        sequence.append("ACDEFGHIKL".charAt(random.nextInt(10)));
      }
      sequences.add(sequence.toString());
      lists.add("[" + random.nextGaussian() + ", " + random.nextGaussian() + "]");
    }
    return List.of(
        cells("numeric", FeatureKernel.LINEAR, numbers),
        cells("categorical", FeatureKernel.LINEAR, TEXTS),
        cells("text", FeatureKernel.COSINE, TEXTS),
        cells("sequence", FeatureKernel.TANIMOTO, sequences),
        cells("vector", FeatureKernel.gaussian(2), lists));
  }

  @Test
  void aNewEntityWithAKnownOnesCellsIsPredictedAlike() throws IOException {
    List<Block> blocks = encoded();
    Model model = fit(blocks.toArray(Block[]::new));
    Path file = folder.resolve("m.kron");
    ModelFile.save(model, file);
    Model loaded = ModelFile.load(file);
    EntityIds ids = EntityIds.of(List.of("new"));
    for (int e = 0; e < LEFT; e++) {
      int[] one = {e};
      List<Block> given = blocks.stream().map(block -> block.select(one)).toList();
      EntityTable table = model.tables().getFirst().newEntities(ids, given);
      double before = predict(model.predictor(List.of(table), 1), "new");
      assertEquals(predict(model.predictor(1), "left" + e), before, 1e-5);
      assertEquals(before, predict(loaded.predictor(List.of(table), 1), "new"));
    }
    assertEquals(
        List.of(
            "numeric, 1 with missing values",
            "categorical, 9 categories",
            "text, 6 words and 28 strings of characters, cosine",
            "sequence, words of 3 amino acids, tanimoto",
            "vector of 2, gaussian:2"),
        loaded.tables().getFirst().blocks().stream().map(ModelBlock::description).toList());
  }

  @Test
  void cellsOutsideTheTrainingDoNotReachIt() {
    List<Block> blocks = encoded();
    int[] shuffled = {0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 9, 10};
    Block[] others = blocks.stream().map(block -> block.select(shuffled)).toArray(Block[]::new);
    random.setSeed(21);
    Model model = fit(blocks.toArray(Block[]::new));
    random.setSeed(21);
    Model other = fit(others);
    assertArrayEquals(model.network().weights(), other.network().weights());
  }

  @Test
  void anEncoderThatIsNotHereIsRefused() throws IOException {
    Path file = folder.resolve("m.kron");
    ModelFile.save(fit(encoded().toArray(Block[]::new)), file);
    ModelFileSurgery parts = new ModelFileSurgery(file);
    ((ObjectNode) parts.kronwood.at("/tables/0/map/blocks/2/encoder")).put("type", "audio");
    parts.save(file);
    String message =
        assertThrows(ModelFormatException.class, () -> ModelFile.load(file)).getMessage();
    assertTrue(message.contains("no encoder 'audio'"), message);
    assertTrue(message.contains("newer Kronwood"), message);
  }

  private Block similarity() {
    return new Block.OfSimilarities("similarity 1", 2, similarities);
  }

  /** Entity e of the left table under another id, without its identity. */
  private List<Block> asNew(int entity) {
    int[] one = {entity};
    Block to =
        new Block.OfSimilarities(
            "s", 1, similarities.select(one).selectColumns(Problems.range(0, SEEN)));
    return List.of(gaussian().select(one), cosine().select(one), to);
  }

  private static double predict(Predictor predictor, String left) {
    int[] tuple = {predictor.indexOf(0, left), predictor.indexOf(1, "right2")};
    return predictor.predict(EntityTuples.of(2, tuple))[0];
  }

  @Test
  void aNewEntityWithAKnownOnesAttributesIsPredictedAlike() {
    Model model = fit(gaussian(), cosine(), similarity());
    ModelTable table = model.tables().getFirst();
    for (int e = 0; e < LEFT; e++) {
      EntityTable given = table.newEntities(EntityIds.of(List.of("new")), asNew(e));
      Predictor predictor = model.predictor(List.of(given), 1);
      assertEquals(predict(predictor, "left" + e), predict(predictor, "new"), 1e-5);
    }
  }

  @Test
  void anIdentityGoesWithTheId() {
    Model model = fit(gaussian(), cosine(), similarity(), Block.OfIdentity.among(LEFT, 0.5));
    ModelTable table = model.tables().getFirst();
    EntityTable renamed = table.newEntities(EntityIds.of(List.of("new")), asNew(2));
    EntityTable itself = table.newEntities(EntityIds.of(List.of("left2")), asNew(2));
    double known = predict(model.predictor(1), "left2");
    assertEquals(known, predict(model.predictor(List.of(itself), 1), "left2"), 1e-5);
    assertNotEquals(known, predict(model.predictor(List.of(renamed), 1), "new"), 1e-3);
  }

  @Test
  void aSavedModelPredictsBitForBitAsBefore() throws IOException {
    Model model = fit(gaussian(), cosine(), similarity(), Block.OfIdentity.among(LEFT, 0.5));
    Path file = folder.resolve("m.kron");
    ModelFile.save(model, file);
    Model loaded = ModelFile.load(file);
    Path again = folder.resolve("again.kron");
    ModelFile.save(loaded, again);
    assertEquals(-1, Files.mismatch(file, again));
    for (int e = 0; e < LEFT; e++) {
      EntityIds ids = EntityIds.of(List.of("new"));
      EntityTable given = loaded.tables().getFirst().newEntities(ids, asNew(e));
      assertEquals(
          predict(model.predictor(List.of(given), 1), "new"),
          predict(loaded.predictor(List.of(given), 1), "new"));
    }
    assertEquals(
        List.of("features", "words", "similarity 1", "identity"),
        loaded.tables().getFirst().blocks().stream().map(ModelBlock::name).toList());
  }

  @Test
  void onlyAModelOfBlocksNeedsTheNewerFormat() throws IOException {
    Path file = folder.resolve("m.kron");
    ModelFile.save(fit(gaussian()), file);
    assertEquals("2", new ModelFileSurgery(file).metadata().get("format_version").stringValue());
    ModelFile.save(ModelFileFixtures.tiny(), file);
    assertEquals("1", new ModelFileSurgery(file).metadata().get("format_version").stringValue());
  }

  @Test
  void missingBlocksAreNamed() {
    ModelTable table =
        fit(gaussian(), similarity(), Block.OfIdentity.among(LEFT, 0.5)).tables().getFirst();
    assertRefused(
        () -> table.newEntities(EntityIds.of(List.of("new")), List.of(gaussian())),
        "'left' need 'features', 'similarity 1'",
        "found ['features']");
  }

  @Test
  void everyPartOfABlockIsInTheDigest() {
    Block other = new Block.OfFeatures("features", 1, FeatureKernel.LINEAR, dense);
    Block heavier = new Block.OfFeatures("features", 1.5, FeatureKernel.GAUSSIAN, dense);
    Block changed =
        new Block.OfFeatures(
            "features", 1, FeatureKernel.GAUSSIAN, DenseFeatures.of(LEFT, 5, new float[60]));
    String digest = digest(gaussian());
    assertEquals(digest, digest(gaussian()));
    for (Block block : List.of(other, heavier, changed)) {
      assertNotEquals(digest, digest(block));
    }
  }

  private String digest(Block block) {
    Random same = new Random(1);
    Pairs pairs =
        Pairs.of(
            same,
            Problems.table("left", new Blocks(List.of(block))),
            Problems.table("right", Problems.denseFeatures(same, 10, 3)),
            Problems.realTargets(same, 60, 1));
    return DataDigest.of(pairs.data(), pairs.split());
  }

  @Test
  void coordinatesAreKeptForKnownEntitiesOfEveryKind() {
    Model model = fit(gaussian(), Block.OfIdentity.among(LEFT, 0.5));
    ModelTable table = model.tables().getFirst();
    Blocks given =
        new Blocks(
            List.of(
                gaussian(),
                new Block.OfIdentity(
                    0.5, SEEN, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, -1, -1, -1})));
    float[] coordinates = new float[table.coordinates().length];
    for (int e = 0; e < LEFT; e++) {
      for (int c = 0; c < table.map().rank(); c++) {
        coordinates[e * table.map().rank() + c] =
            (float) table.map().embedAll(given).coordinate(e, c);
      }
    }
    assertArrayEquals(table.coordinates(), coordinates);
  }
}
