package kronwood.spark.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import kronwood.fault.InputException;
import kronwood.file.TemporaryPath;
import kronwood.fit.CheckpointPlace;
import kronwood.fit.SharedCheckpoints;
import kronwood.model.Model;
import kronwood.model.file.ModelFile;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder where tasks save a training after epochs, and where they leave the model for the
 * driver, which then need not come as a result of a task.
 */
public final class CheckpointDir implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointDir.class);

  private final HadoopStore store;
  private final int interval;
  private final String modelName = "model-" + UUID.randomUUID() + ".kron";

  private CheckpointDir(HadoopStore store, int interval) {
    this.store = store;
    this.interval = interval;
  }

  /**
   * Opens a folder for one training, and makes it if it is not there.
   *
   * @param interval epochs from checkpoint to checkpoint
   * @throws InputException if it cannot be used
   */
  public static CheckpointDir of(SparkSession spark, String folder, int interval) {
    if (interval < 1) {
      throw InputException.ofOption(
          "checkpointInterval", "found %d epochs, expected at least 1".formatted(interval));
    }
    try {
      HadoopStore store = new HadoopStore(folder, spark.sparkContext().hadoopConfiguration());
      store.make();
      store.names();
      return new CheckpointDir(store, interval);
    } catch (IOException | IllegalArgumentException e) {
      throw InputException.ofOption(
          "checkpointDir",
          "folder '%s' cannot be used: %s; name one that driver and executors can write, such as hdfs:///checkpoints"
              .formatted(folder, e.getMessage()));
    }
  }

  /** For a task; what should be known goes to its log. */
  CheckpointPlace place() {
    return new SharedCheckpoints(store, interval, LOG::warn);
  }

  /** Leaves the model in the folder, and returns its name as what the task found. */
  Chunks leave(Model model) {
    try (TemporaryPath folder = TemporaryPath.folder()) {
      Path file = folder.path().resolve("model.kron");
      ModelFile.save(model, file);
      store.store(file, modelName);
      return Chunks.of(List.of(modelName.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the model cannot be written to '%s': %s".formatted(store.place(), e), e);
    }
  }

  /** Reads the model that a task left. */
  ModelBytes take() {
    try (InputStream in = store.open(modelName)) {
      return new ModelBytes(Chunks.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the model cannot be read from '%s': %s".formatted(store.place(), e), e);
    }
  }

  /** Deletes the model, if there is one. */
  void clear() {
    try {
      store.delete(modelName);
    } catch (IOException e) {
      LOG.warn("'{}' cannot be deleted from '{}': {}", modelName, store.place(), e.toString());
    }
  }
}
