package kronwood.cli.options;

import java.nio.file.Path;
import java.util.function.Consumer;
import kronwood.fault.InputException;
import kronwood.fit.CheckpointFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a training is saved while it goes on. */
public final class CheckpointArguments {
  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = {
        "Folder in which to save the training after epochs, so that it can go on should it be"
            + " killed; the last two are kept (default: nowhere)."
      })
  private @Nullable Path folder;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "EPOCHS",
      converter = OptionTypes.Count.class,
      description = "Epochs from checkpoint to checkpoint (default: 1).")
  private @Nullable Integer every;

  @Option(
      names = "--resume",
      description = {
        "Go on with the training saved in --checkpoint, or begin it if the folder is empty. Data"
            + " and options must be the same; --epochs, --threads and --memory may be others."
      })
  private boolean resume;

  /** The folder, opened, or null if there is none. */
  public @Nullable CheckpointFolder open(Consumer<String> warnings) {
    if (folder == null) {
      if (every != null || resume) {
        throw new InputException(
            (resume ? "--resume" : "--checkpoint-every")
                + ": needs the folder of the checkpoints, add --checkpoint DIR");
      }
      return null;
    }
    return CheckpointFolder.open(folder, resume, every == null ? 1 : every, warnings);
  }
}
