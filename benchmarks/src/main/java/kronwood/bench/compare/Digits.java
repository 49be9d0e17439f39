package kronwood.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.Samples;
import kronwood.io.entities.FeatureReader;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.PairsReader;
import kronwood.io.pairs.PairsRequest;
import kronwood.io.pairs.SplitSpec;
import kronwood.io.pairs.TargetSpec;
import kronwood.io.table.TableSource;
import org.jspecify.annotations.Nullable;

/** Images of 8 × 8 pixels in ten classes, each sample one image taken twice: d = 64². */
final class Digits {
  private static final int CLASSES = 10;
  private static final int PIXELS = 64;
  private static final String LABEL = "label";

  private Digits() {}

  /**
   * The images of the digits example, or null if the folder holds no such tables: a CSV file with a
   * column per pixel, and one with the column {@code label}, which may be the same file. The first
   * column of each holds the ids.
   */
  static @Nullable Dataset read(Path folder) {
    Path pixels = null;
    Path labels = null;
    for (Path file : csvFiles(folder)) {
      List<String> header = header(file);
      if (header.size() > PIXELS && pixels == null) {
        pixels = file;
      }
      if (header.contains(LABEL) && labels == null) {
        labels = file;
      }
    }
    return pixels == null || labels == null ? null : read(pixels, labels);
  }

  private static Dataset read(Path pixels, Path labels) {
    String exclude = header(pixels).contains(LABEL) ? " EXCLUDE (" + LABEL + ")" : "";
    EntityTable images =
        FeatureReader.read(
            TableSource.parse("sql:SELECT *" + exclude + " FROM " + csv(pixels)),
            "image",
            List.of("image", header(pixels).getFirst()));
    TableSource pairs =
        TableSource.parse(
            "sql:SELECT \""
                + header(labels).getFirst()
                + "\" AS image, "
                + LABEL
                + " FROM "
                + csv(labels));
    return PairsReader.read(
            new PairsRequest(
                pairs,
                ModeSpec.parseAll("image,image"),
                Map.of("image", images),
                TargetSpec.multiclass(LABEL),
                SplitSpec.trainOnAll()))
        .dataset();
  }

  /**
   * All columns as text: the readers turn numbers into numbers and keep ids as they are written.
   */
  private static String csv(Path file) {
    return "read_csv('" + file.toString().replace("'", "''") + "', all_varchar = true)";
  }

  private static List<Path> csvFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static List<String> header(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return Arrays.asList(lines.findFirst().orElse("").split(",", -1));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Made-up images of the same shape: a prototype per class plus noise, grey values 0 to 16. */
  static Dataset makeUp(int images, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] prototypes = new double[CLASSES * PIXELS];
    Arrays.setAll(prototypes, i -> 16 * random.nextDouble());
    float[] values = new float[images * PIXELS];
    int[] labels = new int[images];
    int[] tuples = new int[2 * images];
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      ids.add("image" + (i + 1));
      labels[i] = i % CLASSES;
      tuples[2 * i] = i;
      tuples[2 * i + 1] = i;
      for (int p = 0; p < PIXELS; p++) {
        double grey = prototypes[labels[i] * PIXELS + p] + 4 * random.nextGaussian();
        values[i * PIXELS + p] = (float) Math.clamp(grey, 0.0, 16.0);
      }
    }
    EntityTable table =
        EntityTable.of("image", EntityIds.of(ids), DenseFeatures.of(images, PIXELS, values));
    Mode mode = new Mode("image", table);
    List<String> classes = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    return Dataset.of(
        List.of(mode, mode),
        Samples.of(EntityTuples.of(2, tuples), ClassTargets.of(LABEL, classes, labels)));
  }
}
