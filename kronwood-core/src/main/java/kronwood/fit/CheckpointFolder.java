package kronwood.fit;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.fault.CheckpointException;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.file.AtomicFile;
import kronwood.file.FolderLock;
import kronwood.fit.checkpoint.CheckpointFile;
import kronwood.train.NeuronShare;

/**
 * A folder in which a training is saved after epochs, to resume it if it was killed. It holds files
 * {@code epoch-000012.kronck}, of which the last two are kept; {@link CheckpointFile} is their
 * format.
 *
 * <p>A training may be killed at any instant. Resumed on the same machine, it ends with the bits of
 * a training that was not killed; saving changes no result. If a file is damaged, the one before it
 * is used. Other data or options are refused; only the number of threads, the memory and the number
 * of epochs may differ. A file {@code choices.json} keeps the options that a tuning chose.
 */
public final class CheckpointFolder extends CheckpointPlace {
  /** How many checkpoints are kept. */
  public static final int KEPT = 2;

  private static final Pattern NAME = Pattern.compile("epoch-(\\d{6,9})\\.kronck");
  private static final Pattern TEMPORARY =
      Pattern.compile("(epoch-\\d{6,9}\\.kronck|choices\\.json|kronwood\\d+)\\.tmp");

  private final Path folder;
  private final boolean resume;
  private final int every;
  private final Consumer<String> warnings;

  private CheckpointFolder(Path folder, boolean resume, int every, Consumer<String> warnings) {
    this.folder = folder;
    this.resume = resume;
    this.every = every;
    this.warnings = warnings;
  }

  /**
   * Opens a folder and makes it if there is none. What a killed program left half-written in it is
   * deleted.
   *
   * @param resume whether to go on with what is there; if nothing is there, training starts anew
   * @param every how many epochs there are from checkpoint to checkpoint, at least 1; the last one
   *     is always saved
   * @param warnings takes what should be known but does not stop a training: a checkpoint that is
   *     damaged or could not be written
   * @throws CheckpointException if the folder cannot be used, or holds checkpoints and {@code
   *     resume} is false
   */
  public static CheckpointFolder open(
      Path folder, boolean resume, int every, Consumer<String> warnings) {
    if (every < 1) {
      throw new InputException("every is " + every + " epochs, expected at least 1");
    }
    CheckpointFolder opened = new CheckpointFolder(folder, resume, every, warnings);
    try {
      Files.createDirectories(folder);
      // Whether a folder takes files is known for certain by writing one.
      try (FolderLock _ = opened.lock()) {
        opened.deleteTemporaries();
        opened.checkEmpty(Files.exists(folder.resolve(SavedChoices.NAME)));
      }
      return opened;
    } catch (FileAlreadyExistsException e) {
      throw new CheckpointException(
          "'%s' is no folder, expected one for checkpoints".formatted(folder), e);
    } catch (IOException e) {
      throw new CheckpointException(
          "folder '%s' cannot be used for checkpoints: %s".formatted(folder, AtomicFile.reason(e)),
          e);
    }
  }

  /**
   * The same folder, to resume from the checkpoints that are there now.
   *
   * @throws CheckpointException if the folder cannot be used any more
   */
  public CheckpointFolder resumed() {
    return open(folder, true, every, warnings);
  }

  /**
   * Keeps others from using the folder until it is closed.
   *
   * @throws CheckpointException if another training uses it, or it takes no files
   */
  @Override
  FolderLock lock() {
    try {
      FolderLock lock = FolderLock.tryTake(folder);
      if (lock == null) {
        throw new CheckpointException(
            ("folder '%s' is in use by %s, which saves its training there: wait for its end, or"
                    + " give another folder")
                .formatted(folder, FolderLock.holder(folder)));
      }
      return lock;
    } catch (IOException e) {
      throw new CheckpointException(
          "folder '%s' cannot be used for checkpoints: %s".formatted(folder, AtomicFile.reason(e)),
          e);
    }
  }

  /**
   * Refuses a folder with checkpoints if the training is not to resume.
   *
   * @param chosen whether there are choices that are not either
   */
  private void checkEmpty(boolean chosen) throws IOException {
    if (!resume && (chosen || !files().isEmpty())) {
      throw new CheckpointException(
          ("folder '%s' holds checkpoints of a training: resume it, or give another folder, or"
                  + " delete them to start anew")
              .formatted(folder),
          Facts.of(Remedy.RESUME));
    }
  }

  private void deleteTemporaries() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        if (TEMPORARY.matcher(entry.getFileName().toString()).matches()) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }

  /** The checkpoints by epoch, whole or damaged. */
  NavigableMap<Integer, Path> files() throws IOException {
    TreeMap<Integer, Path> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        Matcher matcher = NAME.matcher(entry.getFileName().toString());
        if (matcher.matches() && Files.isRegularFile(entry)) {
          files.put(Integer.parseInt(matcher.group(1)), entry);
        }
      }
    }
    return Collections.unmodifiableNavigableMap(files);
  }

  Path file(int epoch) {
    return folder.resolve(String.format(Locale.ROOT, "epoch-%06d.kronck", epoch));
  }

  Path temporary(int epoch) {
    return folder.resolve(String.format(Locale.ROOT, "epoch-%06d.kronck.tmp", epoch));
  }

  Path folder() {
    return folder;
  }

  int every() {
    return every;
  }

  void warn(String warning) {
    warnings.accept(warning);
  }

  /**
   * What was chosen before a training in this folder, or will be.
   *
   * @param options what choices started from
   * @param asked by name how choices were asked for
   */
  public SavedChoices choices(
      Dataset data, Split split, ModelOptions options, Map<String, String> asked) {
    return new SavedChoices(this, SavedChoices.facts(data, split, options, asked));
  }

  /** The folder is locked. */
  @Override
  ResumableTraining training(String digest, ModelOptions options, NeuronShare share) {
    if (!share.neurons().isWhole()) {
      throw new InputException(
          "a folder holds the checkpoints of one process; several use shared checkpoints");
    }
    try {
      // Another may have come and gone since the folder was opened.
      checkEmpty(false);
    } catch (IOException e) {
      throw new CheckpointException(
          "folder '%s' cannot be used for checkpoints: %s".formatted(folder, AtomicFile.reason(e)),
          e);
    }
    Map<String, String> facts = CheckpointFacts.of(digest, options);
    return SavedTraining.of(this, resume, facts, options);
  }
}
