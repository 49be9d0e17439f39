package kronwood.cli.report;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import kronwood.cli.terminal.Text;
import kronwood.data.Split;
import kronwood.engine.WorkCounters;
import kronwood.fit.TrainedModel;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;
import kronwood.train.EpochReport;
import kronwood.train.TrainingResult;
import kronwood.tune.SettingReport;
import kronwood.tune.TuningReport;
import kronwood.validate.TestSettings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The result of a training.
 *
 * @param trained the model and how it was trained
 * @param tuning what was chosen on validation samples, null if nothing was
 * @param parts how much the parts of the model count in each setting
 * @param sizes how many samples there are
 * @param settings the test samples by what is new about them
 * @param ranking how well test samples are ranked, null if that was not measured
 * @param loadSeconds time to read the tables
 * @param peakBytes largest use of the heap
 * @param out where the model was saved
 * @param warnings what was warned of
 */
public record TrainReport(
    TrainedModel trained,
    @Nullable TuningReport tuning,
    SettingReport parts,
    Sizes sizes,
    TestSettings settings,
    @Nullable RankingLines ranking,
    double loadSeconds,
    long peakBytes,
    Path out,
    List<String> warnings) {

  /**
   * Numbers of samples.
   *
   * @param train to train on
   * @param validation to validate on
   * @param test to test on
   */
  public record Sizes(int train, int validation, int test) {
    /** Those of a split. */
    public static Sizes of(Split split) {
      return new Sizes(split.train().length, split.validation().length, split.test().length);
    }
  }

  /** For machines. */
  public ObjectNode json() {
    TrainingResult result = trained.result();
    ObjectNode root = JsonReport.object();
    ObjectNode metrics = root.putObject("metrics");
    metrics.set("train", JsonReport.metrics(result.metrics().train()));
    metrics.set("validation", JsonReport.metrics(result.metrics().validation()));
    metrics.set("test", JsonReport.metrics(result.metrics().test()));
    root.putObject("seconds")
        .put("load", loadSeconds)
        .put("initialise", initialiseSeconds())
        .put("train", result.course().seconds().train())
        .put("evaluate", result.course().seconds().evaluate());
    WorkCounters work = result.course().work();
    root.putObject("work")
        .put("samples", work.samples())
        .put("fired", work.fired())
        .put("candidates", work.candidates())
        .put("innerProducts", work.innerProducts())
        .put("nodesVisited", work.nodesVisited());
    root.put("epochs", result.course().epochsFinished())
        .put("resumed", result.course().resumed())
        .put("engine", result.course().plan().engine().key())
        .put("plan", result.course().plan().summary())
        .put("peakBytes", peakBytes);
    root.putObject("samples")
        .put("train", sizes.train())
        .put("validation", sizes.validation())
        .put("test", sizes.test());
    root.set("testSettings", SettingsReport.json(settings));
    if (ranking != null) {
      root.set("ranking", ranking.json());
    }
    JsonReport.put(root, "learningRate", result.course().learningRate());
    ArrayNode losses = root.putArray("losses");
    for (EpochReport epoch : result.course().epochs()) {
      losses.add(epoch.loss());
    }
    if (tuning != null) {
      root.set("tuning", TuningLines.json(tuning));
    }
    if (!parts.settings().isEmpty()) {
      root.set("settings", SettingsReport.json(parts));
    }
    root.put("members", trained.model().network().members());
    root.set("calibration", ModelReport.calibration(trained.model()));
    root.put("stopped", result.course().stopped()).put("model", out.toString());
    root.set("warnings", JsonReport.texts(warnings));
    return root;
  }

  /** For people. */
  public void print(PrintStream to) {
    TrainingResult result = trained.result();
    new MetricTable()
        .add("train", sizes.train(), result.metrics().train())
        .add("validation", sizes.validation(), result.metrics().validation())
        .add("test", sizes.test(), result.metrics().test())
        .lines()
        .forEach(to::println);
    SettingsReport.lines(settings).forEach(to::println);
    if (ranking != null) {
      ranking.lines().forEach(to::println);
    }
    to.println();
    to.printf(
        Locale.ROOT,
        "%d %s%s%s in %s (besides: load %s, initialise %s, evaluate %s)%n",
        result.course().epochs().size(),
        result.course().epochs().size() == 1 ? "epoch" : "epochs",
        result.course().resumed() > 0
            ? " after the " + result.course().resumed() + " of an earlier run"
            : "",
        result.course().stopped() ? ", then stopped," : "",
        Text.seconds(result.course().seconds().train()),
        Text.seconds(loadSeconds),
        Text.seconds(initialiseSeconds()),
        Text.seconds(result.course().seconds().evaluate()));
    to.printf(
        Locale.ROOT,
        "%s; %s neurons per sample; at most %s of heap%n",
        result.course().plan().summary(),
        ProgressLine.work(result.course().work()),
        Text.bytes(peakBytes));
    for (ModelTable table : trained.model().tables()) {
      for (ModelBlock block : table.blocks()) {
        if (block.kind() == ModelBlock.Kind.CELLS) {
          to.println(table.name() + "." + ModelReport.block(block));
        }
        if (block.kind() == ModelBlock.Kind.IDENTITY && table.blocks().size() > 1) {
          to.println(table.name() + ": with an identity of weight " + block.weight());
        }
      }
    }
    if (tuning != null) {
      TuningLines.lines(tuning).forEach(to::println);
    }
    parts.lines().forEach(to::println);
    if (trained.model().network().members() > 1) {
      to.println("ensemble: " + ModelReport.ensemble(trained.model()));
    }
    to.println("model: " + out);
  }

  private double initialiseSeconds() {
    return trained.prepareSeconds() + trained.result().course().seconds().initialise();
  }
}
