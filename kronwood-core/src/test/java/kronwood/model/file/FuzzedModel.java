package kronwood.model.file;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kronwood.data.Block;
import kronwood.data.Cells;
import kronwood.data.DenseFeatures;
import kronwood.data.Encoding;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.FeatureKernel;
import kronwood.data.Similarities;
import kronwood.fault.InputException;
import kronwood.model.Model;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;
import kronwood.model.Predictions;
import kronwood.model.Predictor;
import kronwood.testing.Problems;

/**
 * A model file of any bytes is refused in one way, or all that it predicts is finite.
 *
 * <p>A target of Jazzer, which calls {@link #fuzzerTestOneInput} with bytes that reach new code.
 */
public final class FuzzedModel {
  private static final Pattern DIGEST = Pattern.compile("sha256\":\"([0-9a-f]{64})\"");

  private static final Pattern UNUSABLE =
      Pattern.compile("is (-?Infinity|NaN), expected a finite number");

  private static final Path FILE = temporary();

  private FuzzedModel() {}

  private static Path temporary() {
    try {
      Path file = Files.createTempFile("fuzzed", ".kron");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Checks a file of these bytes, with a digest that fits where there is one. */
  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    Files.write(FILE, withDigest(bytes));
    check(FILE);
  }

  /** The bytes; where they have a place for a digest, the right one stands there. */
  static byte[] withDigest(byte[] bytes) {
    byte[] changed = bytes.clone();
    Matcher place = DIGEST.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    if (place.find()) {
      put(changed, place.start(1), "0".repeat(64));
      put(changed, place.start(1), ModelFileSurgery.digest(changed));
    }
    return changed;
  }

  private static void put(byte[] bytes, int at, String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, bytes, at, ascii.length);
  }

  /** Loads a model; if it is not refused, predicts for entities known and new. */
  static void check(Path file) throws IOException {
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
    } catch (InputException e) {
      // Weights of a plausible size may take an entity very far: it is refused, not predicted for.
      String message = String.valueOf(e.getMessage());
      assertTrue(
          message.contains("so large that predictions might not be finite")
              || UNUSABLE.matcher(message).find(),
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
        case IDENTITY, PROFILE -> {}
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
