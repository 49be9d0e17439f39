package kronwood.train;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import kronwood.state.StateVisitor;

/** Saves a training after epochs, and loads it again if its process was killed. */
public interface TrainingCheckpoints {

  /**
   * Loads the last checkpoint into a new training.
   *
   * @param training shows its numbers to a visitor
   * @return whether there was a checkpoint
   */
  boolean load(Consumer<StateVisitor> training);

  /**
   * Saves a training.
   *
   * @param epoch epochs done
   * @param training shows its numbers to a visitor
   * @return the file that was written; empty if nothing was saved, or not to a file
   */
  Optional<Path> save(int epoch, Consumer<StateVisitor> training);
}
