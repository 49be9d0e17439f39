package kronwood.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import kronwood.fault.CheckpointException;
import kronwood.fault.Facts;
import kronwood.fault.Remedy;
import kronwood.file.AtomicFile;
import kronwood.fit.checkpoint.CheckpointFile;
import kronwood.fit.checkpoint.CheckpointHeader;
import kronwood.plan.EngineChoice;
import kronwood.state.StateLayout;
import kronwood.state.StateVisitor;
import kronwood.train.TrainingOptions;
import org.jspecify.annotations.Nullable;

/** The checkpoints of one training: loads the last one, and saves new ones. */
final class SavedTraining extends ResumableTraining {
  private static final int SHORT_TEXT = 40;

  private final CheckpointFolder folder;
  private final int lastEpoch;
  private @Nullable Path found;
  private int previous;

  private SavedTraining(CheckpointFolder folder, int lastEpoch, CheckpointHeader header) {
    super(header);
    this.folder = folder;
    this.lastEpoch = lastEpoch;
  }

  /**
   * Looks for the newest checkpoint that is whole.
   *
   * @throws CheckpointException if there are some of another training, or none that is whole, or
   *     all are of later epochs than the last one
   */
  static SavedTraining of(
      CheckpointFolder folder, boolean resume, Map<String, String> facts, ModelOptions options) {
    TrainingOptions training = options.training();
    CheckpointHeader fresh =
        new CheckpointHeader(
            0,
            facts,
            CheckpointFacts.surroundings(),
            training.engine().engine(),
            training.engine().layout(),
            options.memory());
    SavedTraining saved = new SavedTraining(folder, training.epochs(), fresh);
    if (resume) {
      try {
        saved.find();
      } catch (IOException e) {
        throw new CheckpointException(
            "checkpoints in '%s' cannot be read: %s"
                .formatted(folder.folder(), AtomicFile.reason(e)),
            e);
      }
    }
    return saved;
  }

  private void find() throws IOException {
    int later = 0;
    boolean any = false;
    for (Map.Entry<Integer, Path> file : folder.files().descendingMap().entrySet()) {
      if (file.getKey() > lastEpoch) {
        later = file.getKey();
        continue;
      }
      any = true;
      try {
        CheckpointHeader read = CheckpointFile.readHeader(file.getValue());
        check(read, file.getValue());
        found = file.getValue();
        previous = read.epoch();
        resume(read);
        return;
      } catch (CheckpointFile.DamagedException e) {
        folder.warn(
            "checkpoint '%s' is damaged: %s; the one before is used"
                .formatted(file.getValue(), e.getMessage()));
      }
    }
    if (any) {
      throw new CheckpointException(
          ("folder '%s' holds no checkpoint that is whole: delete them to start anew, or give"
                  + " another folder")
              .formatted(folder.folder()));
    }
    if (later > 0) {
      throw new CheckpointException(
          ("folder '%s' holds checkpoints from epoch %d on, beyond the %d epochs asked for: ask for"
                  + " %d or more, or give another folder")
              .formatted(folder.folder(), later, lastEpoch, later),
          Facts.of(Remedy.EPOCHS));
    }
  }

  private void check(CheckpointHeader read, Path file) {
    header()
        .facts()
        .forEach(
            (name, now) -> {
              String then = read.facts().get(name);
              if (!now.equals(then)) {
                throw new CheckpointException(difference(file, name, then, now));
              }
            });
    EngineChoice engine = header().engine();
    StateLayout layout = header().layout();
    if ((engine != EngineChoice.AUTO && engine != read.engine())
        || (layout != null && !layout.equals(read.layout()))) {
      throw new CheckpointException(
          difference(
              file,
              "plan",
              plan(read.engine(), read.layout()),
              plan(engine == EngineChoice.AUTO ? read.engine() : engine, layout)));
    }
    header()
        .surroundings()
        .forEach(
            (name, now) -> {
              String then = read.surroundings().get(name);
              if (!now.equals(then)) {
                folder.warn(
                    ("the checkpoints in '%s' were made with %s %s, this is %s: the result may"
                            + " differ in rounding from that of a training in one go")
                        .formatted(folder.folder(), name, then, now));
              }
            });
  }

  private static String plan(EngineChoice engine, @Nullable StateLayout layout) {
    return layout == null ? engine.key() : engine.key() + " with states " + layout;
  }

  static String difference(Path file, String name, @Nullable String then, String now) {
    String belongs = "'%s' belongs to another training: ".formatted(file);
    return switch (name) {
      case CheckpointFacts.DATA ->
          belongs
              + "its data differ in entities, attributes, targets, weights or which samples are"
              + " trained on; give the same data, or another folder";
      case CheckpointFacts.VERSION ->
          belongs
              + "Kronwood %s made it, this is %s; end it with that version, or give another folder"
                  .formatted(then, now);
      default ->
          belongs
              + "its %s is %s, here it is %s; give the same, or another folder"
                  .formatted(name, shorten(then), shorten(now));
    };
  }

  private static String shorten(@Nullable String text) {
    String given = Objects.requireNonNullElse(text, "not there");
    return given.length() <= SHORT_TEXT ? given : given.substring(0, SHORT_TEXT) + "…";
  }

  @Override
  public boolean load(Consumer<StateVisitor> training) {
    if (found == null) {
      return false;
    }
    try {
      CheckpointFile.read(found, training);
      return true;
    } catch (IOException e) {
      throw new CheckpointException(
          "checkpoint '%s' cannot be read: %s".formatted(found, AtomicFile.reason(e)), e);
    }
  }

  @Override
  public Optional<Path> save(int epoch, Consumer<StateVisitor> training) {
    if (epoch % folder.every() != 0 && epoch != lastEpoch) {
      return Optional.empty();
    }
    Path file = folder.file(epoch);
    try {
      Path temporary = folder.temporary(epoch);
      Files.deleteIfExists(temporary);
      CheckpointFile.write(temporary, file, header().withEpoch(epoch), training);
      for (Path older : folder.files().headMap(previous, false).values()) {
        Files.deleteIfExists(older);
      }
      previous = epoch;
      return Optional.of(file);
    } catch (IOException e) {
      folder.warn(
          "checkpoint '%s' could not be written: %s; training goes on"
              .formatted(file, AtomicFile.reason(e)));
      return Optional.empty();
    }
  }
}
