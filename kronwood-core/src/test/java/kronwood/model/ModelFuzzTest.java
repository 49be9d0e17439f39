package kronwood.model;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import kronwood.data.Block;
import kronwood.data.Cells;
import kronwood.data.DenseFeatures;
import kronwood.data.Encoding;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.FeatureKernel;
import kronwood.data.Similarities;
import kronwood.testing.Problems;
import kronwood.testing.Seeds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutants of the golden files, with a digest that fits: each is refused in one way, or all that it
 * predicts is finite.
 *
 * <p>2,000 by fixed seeds; {@code -Dkronwood.fuzz=10m} makes new ones for so long (a number with s,
 * m or h), from a seed that a failure names.
 */
class ModelFuzzTest {
  private static final String PROPERTY = "kronwood.fuzz";
  private static final int SEEDS = 20;
  private static final int MUTANTS = 100;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> mutantsAreRefusedOrPredictFiniteNumbers() {
    String wanted = System.getProperty(PROPERTY);
    if (wanted == null) {
      return Seeds.runs(SEEDS, random -> run(random, MUTANTS));
    }
    Duration duration = Duration.parse("PT" + wanted.toUpperCase(Locale.ROOT));
    return Stream.of(DynamicTest.dynamicTest("for " + wanted, () -> runFor(duration)));
  }

  private void runFor(Duration duration) throws IOException {
    long end = System.nanoTime() + duration.toNanos();
    for (long seed = System.nanoTime(); System.nanoTime() < end; seed++) {
      try {
        run(new Random(seed), MUTANTS);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("-D" + Seeds.PROPERTY + "=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private void run(Random random, int mutants) throws IOException {
    List<byte[]> golden = new ArrayList<>();
    for (GoldenFile file : GoldenFile.values()) {
      Path copy = file.copyTo(folder);
      golden.add(Files.readAllBytes(copy));
      Files.delete(copy);
    }
    Path file = folder.resolve("mutant.kron");
    for (int mutant = 0; mutant < mutants; mutant++) {
      Files.write(file, golden.get(random.nextInt(golden.size())));
      ModelFileSurgery parts = new ModelFileSurgery(file);
      ModelFileMutations.change(random, parts);
      parts.save(file);
      try {
        check(file);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("mutant " + mutant + ": " + e, e);
      }
    }
  }

  private static void check(Path file) throws IOException {
    Model model;
    try {
      model = ModelFile.load(file);
    } catch (ModelFormatException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("'" + file + "'"), message);
      assertTrue(message.length() < 5000, message);
      return;
    }
    List<EntityTable> strangers = new ArrayList<>();
    for (ModelTable table : model.tables()) {
      strangers.add(stranger(table));
    }
    int[] sizes = known(model);
    for (int k = 0; k < sizes.length; k++) {
      sizes[k]++;
    }
    EntityTuples tuples = Problems.tuples(new Random(7), 20, sizes);
    Predictor predictor;
    try {
      predictor = model.predictor(strangers, 1);
    } catch (IllegalArgumentException e) {
      // Weights of a plausible size may take an entity very far: it is refused, not predicted for.
      String message = String.valueOf(e.getMessage());
      assertTrue(
          message.contains("so large that predictions might not be finite")
              || message.contains("is Infinity, expected a finite number"),
          message);
      predictor = model.predictor(1);
      tuples = Problems.tuples(new Random(7), 20, known(model));
    }
    Predictions made = predictor.predictWithDeviations(tuples);
    checkFinite(made.values());
    checkFinite(made.deviations());
  }

  private static int[] known(Model model) {
    int[] sizes = new int[model.tableOfMode().length];
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = model.table(k).ids().size();
    }
    return sizes;
  }

  private static void checkFinite(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        fail("predicted " + value);
      }
    }
  }

  /** An entity that the model does not know, with plain attributes. */
  private static EntityTable stranger(ModelTable table) {
    List<Block> given = new ArrayList<>();
    for (ModelBlock block : table.blocks()) {
      int columns = block.columns().size();
      float[] numbers = new float[columns];
      for (int c = 0; c < columns; c++) {
        numbers[c] = 0.5f + c;
      }
      switch (block.kind()) {
        case FEATURES ->
            given.add(
                new Block.OfFeatures(
                    block.name(), 1, FeatureKernel.LINEAR, DenseFeatures.of(1, columns, numbers)));
        case SIMILARITIES ->
            given.add(
                new Block.OfSimilarities(block.name(), 1, Similarities.to(columns, 1, numbers)));
        case CELLS ->
            given.add(
                new Block.OfCells(
                    block.name(),
                    1,
                    FeatureKernel.LINEAR,
                    new Encoding("any", Map.of()),
                    Cells.of(columns, Collections.nCopies(columns, cell(block)))));
        case IDENTITY -> {}
      }
    }
    return table.newEntities(EntityIds.of(List.of("stranger")), given);
  }

  private static String cell(ModelBlock block) {
    Encoding encoding = block.encoding();
    return switch (encoding == null ? "" : encoding.type()) {
      case "sequence" -> "ACGT";
      case "vector" ->
          String.join(
              " ",
              Collections.nCopies(
                  Integer.parseInt(encoding.options().getOrDefault("length", "1")), "1.5"));
      case "text" -> "red sky";
      default -> "6";
    };
  }
}
