package kronwood.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.RealTargets;
import kronwood.data.Split;
import kronwood.fault.InputException;
import kronwood.file.AtomicFile;
import kronwood.file.FolderLock;
import kronwood.io.pairs.TrainingPairs;
import kronwood.io.scores.SampleWriter;
import kronwood.io.scores.Scores;
import kronwood.io.table.OutputFiles;
import kronwood.model.Predictions;
import kronwood.validate.FoldResult;
import kronwood.validate.FoldRunner;
import kronwood.validate.FoldTask;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folder in which a cross-validation keeps what its folds found: for each the predictions, and
 * a JSON file that says how they came about and how good they are. The latter is written last; with
 * it a fold is finished, and need not be run again.
 */
public final class FoldFolder {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path folder;
  private final String ending;
  private final Map<String, String> facts;

  /**
   * A folder.
   *
   * @param ending of the files with predictions, such as {@code .csv}
   * @param facts what the results depend on, by name
   */
  public FoldFolder(Path folder, String ending, Map<String, String> facts) {
    this.folder = folder;
    this.ending = ending;
    this.facts = new TreeMap<>(facts);
  }

  /**
   * Checks before any long work that results can be kept there.
   *
   * @throws InputException if it is a file, or can be neither written nor made
   */
  public static void check(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputException("--out: " + folder + " is a file, expected a folder for results");
    }
    if (folder.toString().endsWith(".kron")) {
      throw new InputException(
          "--out: '%s' is named like a model, but no model is saved; expected a folder for results"
              .formatted(folder));
    }
    // Of a folder that is not there, whether a file in its place could be written says enough.
    OutputFiles.checkWritable(Files.isDirectory(folder) ? folder.resolve("fold.json") : folder);
  }

  /**
   * Keeps others from using the folder until it is closed.
   *
   * @throws InputException if another process uses it, or it can be neither written nor made
   */
  public FolderLock lock() {
    try {
      Files.createDirectories(folder);
      FolderLock lock = FolderLock.tryTake(folder);
      if (lock == null) {
        throw new InputException(
            "--out: %s is in use by %s, which keeps its folds there; wait for its end, or give another folder"
                .formatted(folder, FolderLock.holder(folder)));
      }
      return lock;
    } catch (IOException e) {
      throw new InputException(folder + ": results cannot be written: " + e.getMessage(), e);
    }
  }

  private Path predictions(FoldTask task) {
    return folder.resolve(task.fileName() + ending);
  }

  private Path summary(FoldTask task) {
    return folder.resolve(task.fileName() + ".json");
  }

  /**
   * What a fold found earlier, null if it is not finished.
   *
   * @throws InputException if it was run on other data or with other options, or cannot be read
   */
  public @Nullable FoldResult find(FoldTask task) {
    Path file = summary(task);
    if (!Files.exists(file) || !Files.exists(predictions(task))) {
      return null;
    }
    try {
      JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
      checkSame(file, root.path("made"));
      Map<String, Double> metrics = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> metric : root.path("metrics").properties()) {
        metrics.put(
            metric.getKey(),
            metric.getValue().isNull() ? Double.NaN : metric.getValue().asDouble());
      }
      return new FoldResult(
          root.at("/samples/train").asInt(),
          root.at("/samples/validation").asInt(0),
          root.at("/samples/test").asInt(),
          metrics,
          root.path("epoch").asInt(),
          root.path("plan").asString(),
          root.path("seconds").asDouble(),
          true);
    } catch (JacksonException | IOException e) {
      throw new InputException(
          file + ": cannot be read as the result of a fold; delete it, or give another --out", e);
    }
  }

  private void checkSame(Path file, JsonNode made) {
    Map<String, String> earlier = new TreeMap<>();
    for (Map.Entry<String, JsonNode> fact : made.properties()) {
      earlier.put(fact.getKey(), fact.getValue().asString());
    }
    if (earlier.equals(facts)) {
      return;
    }
    String advice = "; give another --out, or delete the folder";
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      String before = earlier.get(fact.getKey());
      if (!fact.getValue().equals(before)) {
        throw new InputException(
            fact.getKey().equals("data")
                ? file + ": was found on other data" + advice
                : "%s: was found with %s %s, now it is %s%s"
                    .formatted(
                        file,
                        fact.getKey(),
                        before == null ? "not known" : before,
                        fact.getValue(),
                        advice));
      }
    }
    throw new InputException(file + ": was found with other options" + advice);
  }

  /** Keeps what folds of these pairs find. */
  public FoldRunner.Keeper keeping(TrainingPairs pairs) {
    return (task, split, predictions, result) ->
        save(
            task,
            pairs.dataset(),
            split,
            pairs.rows(),
            scores(pairs.dataset(), predictions, split.test().length),
            result);
  }

  private static Scores scores(Dataset data, Predictions predictions, int samples) {
    double[] values = predictions.values();
    Scores scores =
        switch (data.samples().targets()) {
          case RealTargets real -> Scores.real(real.names(), values);
          case ClassTargets classes ->
              values.length == samples
                  ? Scores.binary(values)
                  : Scores.multiclass(classes.classes(), values);
        };
    return scores.withDeviations(predictions.deviations());
  }

  private void save(
      FoldTask task, Dataset data, Split split, int[] rows, Scores scores, FoldResult result) {
    try {
      Files.createDirectories(folder);
      SampleWriter.write(data, split.test(), rows, scores, predictions(task));
      ObjectNode root = JsonReport.object();
      FoldReport.put(root, task, result);
      ObjectNode made = root.putObject("made");
      facts.forEach(made::put);
      byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
      AtomicFile.make(summary(task), file -> Files.write(file, json));
    } catch (IOException e) {
      throw new InputException(folder + ": results cannot be written: " + e.getMessage(), e);
    }
  }
}
