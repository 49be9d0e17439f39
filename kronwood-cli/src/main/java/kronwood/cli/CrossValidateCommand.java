package kronwood.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import kronwood.cli.options.DashboardOption;
import kronwood.cli.options.DataOptions;
import kronwood.cli.options.DivisionOptions;
import kronwood.cli.options.NetworkArguments;
import kronwood.cli.options.OptionFacts;
import kronwood.cli.options.OptionTypes;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.options.RankingArguments;
import kronwood.cli.options.ReportOption;
import kronwood.cli.options.TrainingArguments;
import kronwood.cli.options.TuningArguments;
import kronwood.cli.report.FoldFolder;
import kronwood.cli.report.FoldLines;
import kronwood.cli.report.FoldReport;
import kronwood.cli.report.JsonReport;
import kronwood.cli.report.ProgressMode;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Warnings;
import kronwood.dashboard.DashboardOptions;
import kronwood.data.Dataset;
import kronwood.data.Negatives;
import kronwood.data.Setting;
import kronwood.data.fold.Folds;
import kronwood.data.fold.Grouping;
import kronwood.fault.InputException;
import kronwood.file.FolderLock;
import kronwood.fit.HeldOutPredictions;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.io.pairs.DivisiblePairs;
import kronwood.loss.Loss;
import kronwood.report.Origin;
import kronwood.report.Report;
import kronwood.train.StopSignal;
import kronwood.train.TrainingListener;
import kronwood.tune.SettingTraining;
import kronwood.tune.Tuning;
import kronwood.tune.TuningOptions;
import kronwood.validate.FoldResult;
import kronwood.validate.FoldRunner;
import kronwood.validate.FoldTask;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains and tests on folds. */
@Command(
    name = "cv",
    header = "Trains and tests on folds, with known or new entities in the test part.",
    footer = {
      "Example:",
      "  kronwood cv --pairs pairs.csv --target affinity --modes left,right \\",
      "    --features left=left.csv --features right=right.csv --setting A,B,C,D --folds 5 \\",
      "    --repeats 3 --out folds",
      "",
      "Printed are the mean and the standard deviation, √(Σ (v − mean)² / (n − 1)), of the metric"
          + " over the",
      "n = folds × repeats test parts, those left out where it is undefined. Where entities are"
          + " new, a fold",
      "holds out a share of the entities and trains on the rows that have none of them; a row with"
          + " held-out",
      "entities in other modes than the new ones has no part in the fold. Rows of"
          + " --validation-where and",
      "--test-where have no part in any."
    })
final class CrossValidateCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin(name = "Data")
  private DataOptions data = new DataOptions();

  @Mixin(name = "Splits")
  private DivisionOptions division = new DivisionOptions();

  @Mixin(name = "Network")
  private NetworkArguments network = new NetworkArguments();

  @Mixin(name = "Training")
  private TrainingArguments training = new TrainingArguments();

  @Mixin(name = "Tuning")
  private TuningArguments tuning = new TuningArguments();

  @Mixin(name = "Rankings")
  private RankingArguments rankings = new RankingArguments();

  @Option(
      names = "--folds",
      defaultValue = "5",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = "Parts that rows or entities are divided into (default: ${DEFAULT-VALUE}).")
  private int folds;

  @Option(
      names = "--repeats",
      defaultValue = "1",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = {
        "Times to do it all over, with another division and network (default: ${DEFAULT-VALUE})."
      })
  private int repeats;

  @Option(
      names = "--validation-share",
      paramLabel = "X",
      converter = OptionTypes.Fraction.class,
      description = {
        "With --patience: the share of each fold's training rows, or of the entities in them of"
            + " each new mode, that training stops by; drawn in the fold's setting (default: 0.2)."
      })
  private @Nullable Double validationShare;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = {
        "Keep predictions (of an ensemble with standard deviations) and metrics of each fold here."
            + " Folds that are finished are not run again,"
            + " so that an interrupted run can go on and repeats can be added."
      })
  private @Nullable Path out;

  @Option(
      names = "--format",
      defaultValue = "csv",
      paramLabel = "KIND",
      description = "Kind of the files with predictions: csv or parquet (default: csv).")
  private String format = "csv";

  @Option(
      names = "--progress",
      defaultValue = "auto",
      paramLabel = "HOW",
      converter = OptionTypes.ProgressName.class,
      completionCandidates = OptionTypes.ProgressName.class,
      description = "none, or a line per fold with bar, plain or auto (default: auto).")
  private ProgressMode progress = ProgressMode.AUTO;

  @Option(names = "--quiet", description = "The same as --progress none.")
  private boolean quiet;

  @Mixin private ReportOption reporting = new ReportOption();
  @Mixin private DashboardOption page = new DashboardOption();
  @Mixin private OutputOptions output = new OutputOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  CrossValidateCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    checkOptions();
    Loss loss = training.loss();
    List<String> modes = data.modeNames();
    List<Setting> settings = division.settings(modes);
    List<String> axes = network.axes(data);
    training.training(axes);
    network.check(division);
    data.allowRepeats(network.structure().allowsRepeats());
    rankings.check(loss.task(), modes, tuning.given());
    tuning.check(
        network.network(training.seed(), modes), loss.task(), modes.size(), rankings.relevant());

    Warnings warnings = new Warnings(streams);
    DivisiblePairs pairs = data.readToDivide(loss, training.positive(), division, training.seed());
    pairs.pairs().warnings().forEach(warnings);
    double memory = training.memory(warnings);
    FoldRunner.Options options =
        (threads, repeat) ->
            new ModelOptions(
                network.gram(),
                network.structure(),
                loss,
                network.network(training.seed() + repeat, modes),
                training.training(axes, threads),
                memory);

    List<FoldTask> tasks = tasks(pairs, settings);
    FoldFolder folder =
        out == null ? null : new FoldFolder(out, "." + format, facts(pairs, options));
    try (FolderLock _ = folder == null ? null : folder.lock()) {
      return Watching.over(
          page,
          DashboardOptions.ofFolds("Cross-validation", tasks.size()),
          streams,
          StopSignal.NEVER,
          watching -> run(pairs, settings, tasks, options, folder, memory, warnings, watching));
    }
  }

  private int run(
      DivisiblePairs pairs,
      List<Setting> settings,
      List<FoldTask> tasks,
      FoldRunner.Options options,
      @Nullable FoldFolder folder,
      double memory,
      Warnings warnings,
      Watching watching) {
    Map<FoldTask, FoldResult> results = new LinkedHashMap<>();
    for (FoldTask task : tasks) {
      FoldResult found = folder == null ? null : folder.find(task);
      if (found != null) {
        results.put(task, found);
      }
    }
    List<FoldTask> left = tasks.stream().filter(task -> !results.containsKey(task)).toList();
    FoldRunner runner =
        new FoldRunner(
            pairs.pairs().dataset(),
            pairs.listed(),
            division.negatives(),
            options,
            learner(pairs, data.modeNames()),
            folder == null ? null : folder.keeping(pairs.pairs()));
    RankingArguments.Prepared ranking = rankings.prepare(pairs.pairs().dataset());
    if (ranking != null) {
      runner = runner.ranking(ranking.options(), ranking.candidates());
    }
    long started = System.nanoTime();
    int parallel = runner.parallel(left, training.threads(), memory);
    if (!left.isEmpty()) {
      TrainingListener lines =
          quiet || progress == ProgressMode.NONE
              ? TrainingListener.NONE
              : new FoldLines(streams, training.loss().task(), results.size());
      results.putAll(
          runner.run(
              left, parallel, training.threads(), watching.listener(lines), watching.control()));
    }
    if (results.size() < tasks.size()) {
      String stopped =
          "stopped: %d of %d folds are finished".formatted(results.size(), tasks.size());
      warnings.accept(
          stopped + (out == null ? "" : "; the same command goes on with those that are left"));
      if (results.isEmpty()) {
        return ExitCodes.SUCCESS;
      }
    }
    report(
        settings,
        ordered(tasks, results),
        parallel,
        (System.nanoTime() - started) * 1e-9,
        facts(pairs, options),
        warnings);
    return ExitCodes.SUCCESS;
  }

  private FoldRunner.Learner learner(DivisiblePairs pairs, List<String> modes) {
    if (!tuning.given()) {
      return tuning.isPlain()
          ? (task, split, known, parts, options, stop) ->
              ModelTraining.fit(known, parts, options, TrainingListener.NONE, stop, null)
          : (task, split, known, parts, options, stop) ->
              SettingTraining.fit(known, parts, options, TrainingListener.NONE, stop, null)
                  .trained();
    }
    return (task, split, known, parts, options, stop) -> {
      int[] samples = HeldOutPredictions.known(split);
      TuningOptions asked =
          tuning.options(
              task.setting(),
              modes,
              pairs.groupings().stream().map(grouping -> grouping.select(samples)).toList(),
              options.network().seed());
      return Tuning.fit(known, parts, options, asked, TrainingListener.NONE, stop, null).trained();
    };
  }

  private void checkOptions() {
    if (folds < 2) {
      throw new InputException("--folds: found '" + folds + "', expected a whole number >= 2");
    }
    if (!format.equals("csv") && !format.equals("parquet")) {
      throw new InputException("--format: found '" + format + "', expected csv or parquet");
    }
    if (validationShare != null && training.patience() == 0) {
      throw new InputException(
          "--validation-share: is for --patience, which stops training by a validation part");
    }
    if (out != null) {
      FoldFolder.check(out);
    }
    reporting.check();
  }

  private double validationShare() {
    if (training.patience() == 0) {
      return 0;
    }
    return validationShare == null ? 0.2 : validationShare;
  }

  /** All folds; that each has samples on both sides is checked before the first is run. */
  private List<FoldTask> tasks(DivisiblePairs pairs, List<Setting> settings) {
    List<FoldTask> tasks = new ArrayList<>();
    for (Setting setting : settings) {
      for (int repeat = 0; repeat < repeats; repeat++) {
        int which = repeat;
        Folds divided =
            Folds.of(
                pairs.pairs().dataset(),
                setting,
                pairs.pairs().split().train(),
                pairs.groupings(),
                folds,
                which,
                training.seed());
        for (int fold = 0; fold < folds; fold++) {
          FoldTask task =
              new FoldTask(
                  setting,
                  repeat,
                  fold,
                  divided,
                  new FoldTask.Validation(validationShare(), training.seed() + repeat));
          task.split();
          tasks.add(task);
        }
      }
    }
    return tasks;
  }

  /** What the result of a fold depends on, besides its setting, repeat and number. */
  private Map<String, String> facts(DivisiblePairs pairs, FoldRunner.Options options) {
    Map<String, String> facts = OptionFacts.of(options.of(1, 0));
    Dataset dataset = pairs.pairs().dataset();
    facts.put("data", HeldOutPredictions.digest(dataset, pairs.pairs().split()));
    facts.put("folds", Integer.toString(folds));
    facts.put("validation share", Double.toString(validationShare()));
    facts.put("tune", tuning.fact());
    Negatives negatives = division.negatives();
    facts.put("negatives", negatives == null ? "none" : negatives.toString());
    if (rankings.asked()) {
      facts.put("ranking", rankings.fact());
    }
    StringBuilder groups = new StringBuilder();
    for (Grouping grouping : pairs.groupings()) {
      groups.append(groups.isEmpty() ? "" : " ").append(grouping.mode()).append(':');
      groups.append(Integer.toHexString(Arrays.hashCode(grouping.groups())));
    }
    facts.put("groups", groups.isEmpty() ? "none" : groups.toString());
    return facts;
  }

  private static Map<FoldTask, FoldResult> ordered(
      List<FoldTask> tasks, Map<FoldTask, FoldResult> results) {
    Map<FoldTask, FoldResult> ordered = new LinkedHashMap<>();
    for (FoldTask task : tasks) {
      FoldResult result = results.get(task);
      if (result != null) {
        ordered.put(task, result);
      }
    }
    return ordered;
  }

  private void report(
      List<Setting> settings,
      Map<FoldTask, FoldResult> ordered,
      int parallel,
      double seconds,
      Map<String, String> facts,
      Warnings warnings) {
    Path file = reporting.file();
    if (file != null) {
      Origin origin = new Origin("", ReportOption.command(spec), Map.of(), warnings.all());
      Report.ofFolds(ordered, facts, origin).saveHtml(file);
      streams.wrote(file);
    }
    FoldReport.Counts counts = new FoldReport.Counts(folds, repeats, parallel);
    FoldReport report = new FoldReport(settings, ordered, counts, seconds, warnings.all());
    if (output.json()) {
      JsonReport.print(report.json(), streams.out());
    } else {
      report.print(streams.out());
    }
  }
}
