package kronwood.cli.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import kronwood.cli.terminal.Machine;
import kronwood.cli.terminal.Text;
import kronwood.cli.terminal.Warnings;
import kronwood.data.feed.SplitPart;
import kronwood.data.feed.StoredSamples;
import kronwood.fault.InputException;
import kronwood.fit.TrainedModel;
import kronwood.loss.RunningEvaluation;
import kronwood.tune.SettingReport;
import kronwood.validate.TestSettings;

/** What is different where pairs stay on disk. */
public final class DiskTraining {
  private DiskTraining() {}

  /**
   * Refuses an option that needs all pairs.
   *
   * @throws InputException if it was given
   */
  public static void refuse(String option, boolean given) {
    if (given) {
      throw new InputException(
          option
              + ": needs all pairs, but with --plain --engine weights prepared pairs stay on disk;"
              + " leave it out, or add --in-memory");
    }
  }

  /**
   * Refuses to divide once more.
   *
   * @throws InputException if it was asked for
   */
  public static void refuseDivision(boolean given) {
    if (given) {
      throw new InputException(
          "--setting, --new, --group, --negatives and shares: prepared pairs are divided already;"
              + " leave them out, or give the table that the pairs were made of");
    }
  }

  /** Says which metrics are those of some of the pairs. */
  public static void warnOfSamples(StoredSamples samples, Warnings warnings) {
    for (SplitPart part : SplitPart.values()) {
      int size = samples.size(part);
      if (RunningEvaluation.isSampled(size)) {
        warnings.accept(
            "%s: mse, rmse, mae, r2, accuracy and logloss are of all %s pairs, other metrics of %s of them, with a standard error of some 0.001"
                .formatted(
                    part.name().toLowerCase(Locale.ROOT),
                    Text.count(size),
                    Text.count(RunningEvaluation.SAMPLED)));
      }
    }
  }

  public static TrainReport report(
      TrainedModel trained,
      StoredSamples samples,
      double loadSeconds,
      Path out,
      List<String> warnings) {
    return new TrainReport(
        trained,
        null,
        SettingReport.NONE,
        new TrainReport.Sizes(
            samples.size(SplitPart.TRAIN),
            samples.size(SplitPart.VALIDATION),
            samples.size(SplitPart.TEST)),
        TestSettings.NONE,
        null,
        loadSeconds,
        Machine.peakBytes(),
        out,
        warnings);
  }
}
