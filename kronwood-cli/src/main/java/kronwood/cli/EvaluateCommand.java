package kronwood.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import kronwood.cli.options.ModelInputs;
import kronwood.cli.options.ModelSource;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.options.RankingArguments;
import kronwood.cli.options.TruthOptions;
import kronwood.cli.report.JsonReport;
import kronwood.cli.report.MetricTable;
import kronwood.cli.report.RankingLines;
import kronwood.cli.report.SettingsReport;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Machine;
import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Warnings;
import kronwood.data.Samples;
import kronwood.fault.InputException;
import kronwood.io.pairs.LabelledPairs;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.prediction.KnownEntities;
import kronwood.io.prediction.PairRankings;
import kronwood.io.table.TableSource;
import kronwood.measure.MetricReport;
import kronwood.model.Model;
import kronwood.model.PairEvaluation;
import kronwood.model.Predictions;
import kronwood.model.RankingOptions;
import kronwood.validate.TestSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Compares a model's predictions with targets. */
@Command(
    name = "evaluate",
    header = "Compares a model's predictions with targets, by all metrics that fit.",
    footer = {
      "Example:",
      "  kronwood evaluate --model model.kron --pairs pairs.csv --where \"fold = 'test'\"",
      "",
      "Of a model trained with --ensemble, cover50 and cover90 are the shares of rows within the",
      "intervals that should hold 50 % and 90 % of them, nll is the negative log likelihood, and",
      "sdrank the rank correlation of standard deviations and errors.",
      "",
      "Where rows of several settings are mixed, a second table has a column for each: A, both"
          + " entities of a",
      "pair occur in the model's training rows; B, the left one does not; C, the right one; D,"
          + " neither.",
      "",
      "With --json the metrics are under metrics.test, whatever rows they were computed from; the"
          + " shape",
      "is that of train, and testSettings has those of each setting."
    })
final class EvaluateCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin(name = "Model")
  private ModelSource source = new ModelSource();

  @Mixin(name = "Data")
  private ModelInputs inputs = new ModelInputs();

  @Mixin(name = "Truth")
  private TruthOptions truth = new TruthOptions();

  @Mixin(name = "Rankings")
  private RankingArguments rankings = new RankingArguments();

  @Option(
      names = "--exclude",
      paramLabel = "TABLE",
      description = {
        "With --rank-metrics: a table of pairs that are no candidates, such as those that were"
            + " trained on; may be given several times. The table's rows that --where leaves out"
            + " are none anyway."
      })
  private List<String> exclude = new ArrayList<>();

  @Mixin private OutputOptions output = new OutputOptions();

  EvaluateCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    Warnings warnings = new Warnings(streams);
    Path path = source.path();
    long started = System.nanoTime();
    Model model = source.load();
    rankings.check(model.target().loss().task(), model.modeNames(), false);
    if (!exclude.isEmpty() && !rankings.asked()) {
      throw new InputException("--exclude: is for --rank-metrics K, which is missing");
    }
    List<ModeSpec> modes = inputs.modes(model, path);
    TableSource table = inputs.source(model);
    KnownEntities entities = inputs.entities(model, modes, table, warnings);
    LabelledPairs listed = truth.listed(model, path, table, modes, entities);
    Samples samples = truth.completed(model, path, table, modes, entities, listed);
    long loaded = System.nanoTime();
    Predictions predictions = entities.predict(samples.tuples());
    int[] all = new int[samples.size()];
    Arrays.setAll(all, i -> i);
    MetricReport report = PairEvaluation.of(samples, all, predictions);
    // Row numbers as ids do not tell which entities are the model's.
    TestSettings settings =
        table.numbersItsRows()
            ? TestSettings.NONE
            : TestSettings.of(model, samples, all, predictions);
    RankingLines ranking = rankings.asked() ? ranking(model, modes, table, entities, listed) : null;
    double loadSeconds = (loaded - started) * 1e-9;
    double evaluateSeconds = (System.nanoTime() - loaded) * 1e-9;
    if (output.json()) {
      ObjectNode root = json(model, report, all.length, loadSeconds, evaluateSeconds);
      root.set("testSettings", SettingsReport.json(settings));
      if (ranking != null) {
        root.set("ranking", ranking.json());
      }
      root.set("warnings", JsonReport.texts(warnings.all()));
      JsonReport.print(root, streams.out());
    } else {
      new MetricTable().add("test", all.length, report).lines().forEach(streams.out()::println);
      SettingsReport.lines(settings).forEach(streams.out()::println);
      if (ranking != null) {
        ranking.lines().forEach(streams.out()::println);
      }
    }
    return ExitCodes.SUCCESS;
  }

  private RankingLines ranking(
      Model model,
      List<ModeSpec> modes,
      TableSource table,
      KnownEntities entities,
      LabelledPairs listed) {
    RankingOptions options = rankings.options(model.modeNames());
    return new RankingLines(
        ModelInputs.knowing(
            model,
            () ->
                new PairRankings(entities, modes, table)
                    .measure(model, listed, exclude, rankings.candidateTable(), options)),
        options,
        model.modeNames());
  }

  private ObjectNode json(
      Model model, MetricReport report, int samples, double loadSeconds, double evaluateSeconds) {
    ObjectNode root = JsonReport.object();
    ObjectNode metrics = root.putObject("metrics");
    metrics.putObject("train");
    metrics.putObject("validation");
    metrics.set("test", JsonReport.metrics(report));
    root.putObject("seconds")
        .put("load", loadSeconds)
        .put("initialise", 0.0)
        .put("train", 0.0)
        .put("evaluate", evaluateSeconds);
    long products = (long) samples * model.network().neurons();
    root.putObject("work")
        .put("samples", samples)
        .putNull("fired")
        .put("candidates", products)
        .put("innerProducts", products);
    root.put("epochs", 0).putNull("engine").putNull("plan").put("peakBytes", Machine.peakBytes());
    root.putObject("samples").put("train", 0).put("validation", 0).put("test", samples);
    root.put("model", source.path().toString());
    return root;
  }
}
