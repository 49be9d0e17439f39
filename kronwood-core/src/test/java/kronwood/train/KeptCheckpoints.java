package kronwood.train;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import kronwood.state.StateVisitor;
import org.jspecify.annotations.Nullable;

/** Keeps what is saved after each epoch, and begins with what is given. */
final class KeptCheckpoints implements TrainingCheckpoints {
  private final Map<Integer, SavedState> saved = new HashMap<>();
  private final @Nullable SavedState begin;

  KeptCheckpoints(@Nullable SavedState begin) {
    this.begin = begin;
  }

  /** What was saved, by epoch. */
  Map<Integer, SavedState> saved() {
    return saved;
  }

  @Override
  public boolean load(Consumer<StateVisitor> training) {
    if (begin == null) {
      return false;
    }
    begin.fill(training);
    return true;
  }

  @Override
  public Optional<Path> save(int epoch, Consumer<StateVisitor> training) {
    saved.put(epoch, SavedState.of(training));
    return Optional.empty();
  }
}
