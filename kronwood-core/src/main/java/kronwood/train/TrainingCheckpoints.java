package kronwood.train;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import kronwood.state.StateVisitor;

/** Where a training is saved after epochs, to be gone on with should it be killed. */
public interface TrainingCheckpoints {

  /**
   * Fills a training that has just been made with what was saved last.
   *
   * @param training shows its numbers to a visitor
   * @return whether there was anything
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
