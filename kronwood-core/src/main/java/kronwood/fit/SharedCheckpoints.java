package kronwood.fit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import kronwood.fault.InputException;
import kronwood.file.FolderLock;
import kronwood.fit.checkpoint.CheckpointFile;
import kronwood.train.NeuronShare;
import org.jspecify.annotations.Nullable;

/**
 * Saves trainings of one or several processes in a {@link CheckpointStore} that all of them see.
 *
 * <p>Each process writes a file with the numbers of its share of the neurons; when all are there,
 * the process with the first neuron writes a <em>manifest</em> that names them. A checkpoint counts
 * from then on. Shares are nodes of the tree of neurons ({@link kronwood.network.NeuronRange}), so
 * that another number of processes may go on: a process takes its neurons out of a larger share, or
 * puts several smaller ones together. All files have the format of {@link CheckpointFile}, with its
 * digest.
 *
 * <p>Names begin with a digest of all that the result depends on: data, options, versions of
 * Kronwood and Java, kernels. So a training finds its own checkpoints only, and many may use one
 * store. Each run of a training writes names of its own. A checkpoint that is damaged or incomplete
 * is passed over for the one before; the last two are kept. A training that is done can be asked
 * for again and ends at once.
 */
public final class SharedCheckpoints extends CheckpointPlace {
  private final CheckpointStore store;
  private final int every;
  private final Consumer<String> warnings;

  /**
   * @param every how many epochs there are from checkpoint to checkpoint, at least 1; the last one
   *     is always saved
   * @param warnings takes what should be known but does not stop a training: a checkpoint that is
   *     damaged or could not be written
   */
  public SharedCheckpoints(CheckpointStore store, int every, Consumer<String> warnings) {
    if (every < 1) {
      throw new InputException("every is " + every + " epochs, expected at least 1");
    }
    this.store = store;
    this.every = every;
    this.warnings = warnings;
  }

  /** Several trainings may use it at a time. */
  @Override
  @Nullable FolderLock lock() {
    return null;
  }

  @Override
  ResumableTraining training(String digest, ModelOptions options, NeuronShare share) {
    Map<String, String> facts = new LinkedHashMap<>(CheckpointFacts.of(digest, options));
    facts.putAll(CheckpointFacts.surroundings());
    facts.put("engine", options.training().engine().engine().key());
    facts.put("layout", String.valueOf(options.training().engine().layout()));
    try {
      return SavedShares.of(this, facts, options, share);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  CheckpointStore store() {
    return store;
  }

  int every() {
    return every;
  }

  void warn(String warning) {
    warnings.accept(warning);
  }

  UncheckedIOException unreadable(IOException cause) {
    return new UncheckedIOException(
        "checkpoints in '%s' cannot be read: %s".formatted(store.place(), cause), cause);
  }
}
