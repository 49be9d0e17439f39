package kronwood.fit;

import kronwood.fault.CheckpointException;
import kronwood.file.FolderLock;
import kronwood.train.NeuronShare;
import org.jspecify.annotations.Nullable;

/** Where trainings are saved after epochs, to be resumed if they were killed. */
public abstract sealed class CheckpointPlace permits CheckpointFolder, SharedCheckpoints {
  CheckpointPlace() {}

  /**
   * Keeps others from using it until the lock is closed; null if several may use it.
   *
   * @throws CheckpointException if another training uses it, or it takes no files
   */
  abstract @Nullable FolderLock lock();

  /**
   * The checkpoints of one training, found if there are any to resume from.
   *
   * @param digest of the data
   * @param share the neurons held here; all processes do this at the same time
   * @throws CheckpointException if what is there cannot be used
   */
  abstract ResumableTraining training(String digest, ModelOptions options, NeuronShare share);
}
