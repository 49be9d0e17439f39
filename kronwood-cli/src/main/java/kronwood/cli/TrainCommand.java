package kronwood.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import kronwood.cli.options.CheckpointArguments;
import kronwood.cli.options.DashboardOption;
import kronwood.cli.options.DataOptions;
import kronwood.cli.options.NetworkArguments;
import kronwood.cli.options.OptionTypes;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.options.RankingArguments;
import kronwood.cli.options.ReportOption;
import kronwood.cli.options.ShareOptions;
import kronwood.cli.options.TrainingArguments;
import kronwood.cli.options.TuningArguments;
import kronwood.cli.report.DiskTraining;
import kronwood.cli.report.JsonReport;
import kronwood.cli.report.ProgressDisplay;
import kronwood.cli.report.ProgressMode;
import kronwood.cli.report.TrainReport;
import kronwood.cli.terminal.Machine;
import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Warnings;
import kronwood.dashboard.DashboardOptions;
import kronwood.data.Mode;
import kronwood.fault.CheckpointException;
import kronwood.fault.InputException;
import kronwood.fit.CheckpointFolder;
import kronwood.fit.ModelOptions;
import kronwood.fit.ModelTraining;
import kronwood.fit.TrainedModel;
import kronwood.io.pairs.PreparedReader;
import kronwood.io.pairs.TrainingPairs;
import kronwood.io.table.OutputFiles;
import kronwood.loss.Loss;
import kronwood.model.Model;
import kronwood.model.file.ModelFile;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import kronwood.prepared.PreparedSamples;
import kronwood.report.Origin;
import kronwood.report.Report;
import kronwood.report.Subject;
import kronwood.report.TrainingRecord;
import kronwood.train.DivergenceException;
import kronwood.train.TrainingCourse;
import kronwood.train.TrainingOptions;
import kronwood.tune.SettingReport;
import kronwood.tune.SettingTraining;
import kronwood.tune.TunedModel;
import kronwood.tune.Tuning;
import kronwood.tune.TuningOptions;
import kronwood.validate.TestSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network and saves it. */
@Command(
    name = "train",
    header = "Trains a network on pairs of entities and saves it.",
    footer = {
      "Example:",
      "  kronwood train --pairs pairs.csv --target affinity --modes left,right \\",
      "    --similarity left=left_similarity.csv --similarity right=right_similarity.csv \\",
      "    --train-where \"fold <> 'test'\" --test-where \"fold = 'test'\" --out model.kron",
      "",
      "Options can be kept in a file, with # comments: kronwood train @run.args",
      "With --json, peakBytes is an upper bound of the largest use of the heap."
    })
final class TrainCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin(name = "Data")
  private DataOptions data = new DataOptions();

  @Mixin(name = "Splits")
  private ShareOptions shares = new ShareOptions();

  @Mixin(name = "Network")
  private NetworkArguments network = new NetworkArguments();

  @Mixin(name = "Training")
  private TrainingArguments training = new TrainingArguments();

  @Mixin(name = "Tuning")
  private TuningArguments tuning = new TuningArguments();

  @Mixin(name = "Rankings")
  private RankingArguments rankings = new RankingArguments();

  @Mixin(name = "Checkpoints")
  private CheckpointArguments checkpoint = new CheckpointArguments();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to save the model, such as model.kron.")
  private Path out = Path.of("");

  @Option(
      names = "--progress",
      defaultValue = "auto",
      paramLabel = "HOW",
      converter = OptionTypes.ProgressName.class,
      completionCandidates = OptionTypes.ProgressName.class,
      description = {
        "bar, plain (a line per epoch) or none; auto is bar on a terminal, else plain (default:"
            + " auto)."
      })
  private ProgressMode progress = ProgressMode.AUTO;

  @Option(names = "--quiet", description = "The same as --progress none.")
  private boolean quiet;

  @Mixin private ReportOption reporting = new ReportOption();
  @Mixin private DashboardOption page = new DashboardOption();
  @Mixin private OutputOptions output = new OutputOptions();
  @Spec private CommandSpec spec = CommandSpec.create();
  private final TrainingRecord record = new TrainingRecord();

  TrainCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    try (Interruption interruption = new Interruption(streams)) {
      interruption.watch();
      return train(interruption);
    }
  }

  private int train(Interruption interruption) {
    OutputFiles.checkWritable(out);
    reporting.check();
    Loss loss = training.loss();
    rankings.check(loss.task(), data.modeNames(), tuning.given());
    NetworkOptions networkOptions = network.network(training.seed(), data.modeNames());
    TrainingOptions trainingOptions = training.training(network.axes(data));
    network.check(shares.division());
    data.allowRepeats(network.structure().allowsRepeats());

    Warnings warnings = new Warnings(streams);
    CheckpointFolder checkpoints = checkpoint.open(warnings);
    tuning.check(networkOptions, loss.task(), data.modeNames().size(), rankings.relevant());
    return Watching.over(
        page,
        DashboardOptions.ofTraining("Training of " + out.getFileName()),
        streams,
        interruption,
        watching ->
            train(interruption, watching, networkOptions, trainingOptions, warnings, checkpoints));
  }

  private int train(
      Interruption interruption,
      Watching watching,
      NetworkOptions networkOptions,
      TrainingOptions trainingOptions,
      Warnings warnings,
      @Nullable CheckpointFolder checkpoints) {
    if (data.mayStayOnDisk()
        && tuning.isPlain()
        && trainingOptions.engine().engine() == EngineChoice.WEIGHTS) {
      return trainFromDisk(
          interruption, watching, networkOptions, trainingOptions, warnings, checkpoints);
    }
    Loss loss = training.loss();
    long started = System.nanoTime();
    ShareOptions.Divided divided = shares.read(data, loss, training.positive(), training.seed());
    TrainingPairs pairs = divided.pairs();
    pairs.warnings().forEach(warnings);
    watching.names(pairs.dataset());
    warnings.ofSingleEntities(pairs);
    warnings.ofReversed(network.structure(), pairs);
    RankingArguments.Prepared ranking = rankings.prepare(pairs.dataset());
    if (ranking != null && pairs.split().test().length == 0) {
      throw new InputException("--rank-metrics: there are no rows to test on");
    }
    double loadSeconds = (System.nanoTime() - started) * 1e-9;

    ModelOptions options =
        new ModelOptions(
            network.gram(),
            network.structure(),
            loss,
            networkOptions,
            trainingOptions,
            training.memory(warnings));
    TunedModel tuned =
        tuning.given() ? tune(divided, options, interruption, watching, checkpoints) : null;
    SettingTraining.Result fitted =
        tuned == null
            ? fit(pairs, options, interruption, watching, checkpoints)
            : new SettingTraining.Result(tuned.trained(), SettingReport.NONE);
    TrainedModel trained = fitted.trained();
    watching.measured(trained.result());
    warnings.ofClipping(trained.factors());
    save(trained.model());
    interruption.reached(Interruption.Phase.SAVED);
    TrainReport report =
        new TrainReport(
            trained,
            tuned == null ? null : tuned.report(),
            fitted.report(),
            TrainReport.Sizes.of(pairs.split()),
            TestSettings.of(pairs.dataset(), pairs.split(), trained.model(), training.threads()),
            ranking == null
                ? null
                : ranking.measure(pairs, data.dividesByRows(), trained.model(), training.threads()),
            loadSeconds,
            Machine.peakBytes(),
            out,
            warnings.all());
    write(pairs, trained, loadSeconds, warnings);
    if (output.json()) {
      JsonReport.print(report.json(), streams.out());
    } else {
      report.print(streams.out());
    }
    return interruption.exitCode();
  }

  /** Trains on prepared pairs without reading all of them into memory. */
  private int trainFromDisk(
      Interruption interruption,
      Watching watching,
      NetworkOptions networkOptions,
      TrainingOptions trainingOptions,
      Warnings warnings,
      @Nullable CheckpointFolder checkpoints) {
    DiskTraining.refuse("--report", reporting.file() != null);
    DiskTraining.refuse("--dashboard", watching.isShown());
    DiskTraining.refuse("--rank-metrics", rankings.asked());
    DiskTraining.refuseDivision(shares.changesParts());
    Loss loss = training.loss();
    long started = System.nanoTime();
    try (PreparedReader file = data.open(loss, training.positive());
        ProgressDisplay display =
            (quiet ? ProgressMode.NONE : progress)
                .display(streams, loss.task(), training.epochs())) {
      List<Mode> modes = file.modes(data.tables(file, warnings));
      PreparedSamples samples = file.samples(modes);
      double loadSeconds = (System.nanoTime() - started) * 1e-9;
      ModelOptions options =
          new ModelOptions(
              network.gram(),
              network.structure(),
              loss,
              networkOptions,
              trainingOptions,
              training.memory(warnings));
      SavingListener listener =
          new SavingListener(
              display, interruption, model -> saveUnmeasured(model, interruption, watching));
      TrainedModel trained =
          ModelTraining.fit(modes, samples, options, listener, watching.control(), checkpoints);
      warnings.ofClipping(trained.factors());
      save(trained.model());
      interruption.reached(Interruption.Phase.SAVED);
      DiskTraining.warnOfSamples(samples, warnings);
      TrainReport report = DiskTraining.report(trained, samples, loadSeconds, out, warnings.all());
      if (output.json()) {
        JsonReport.print(report.json(), streams.out());
      } else {
        report.print(streams.out());
      }
      return interruption.exitCode();
    }
  }

  private void write(
      TrainingPairs pairs, TrainedModel trained, double loadSeconds, Warnings warnings) {
    Path file = reporting.file();
    if (file == null) {
      return;
    }
    Model model = trained.model().withFacts(shares.facts(data));
    TrainingCourse.Seconds seconds = trained.result().course().seconds();
    Map<String, Double> phases = new LinkedHashMap<>();
    phases.put("load", loadSeconds);
    phases.put("initialise", trained.prepareSeconds() + seconds.initialise());
    phases.put("train", seconds.train());
    phases.put("evaluate", seconds.evaluate());
    Report.ofTraining(
            Subject.of(model, pairs.dataset(), pairs.split(), training.threads()),
            record,
            new Origin(out.toString(), ReportOption.command(spec), phases, warnings.all()))
        .saveHtml(file);
    streams.wrote(file);
  }

  private void save(Model model) {
    try {
      ModelFile.save(model.withFacts(shares.facts(data)), out);
      streams.wrote(out);
    } catch (IOException e) {
      throw new InputException("--out: " + e.getMessage(), e);
    }
  }

  /** Saves a model that is yet to be measured. */
  private void saveUnmeasured(Model model, Interruption interruption, Watching watching) {
    save(model);
    interruption.reached(Interruption.Phase.SAVED);
    if (watching.control().isStopRequested()) {
      streams.say("the model was saved to " + out + " and is now measured");
    }
  }

  private TunedModel tune(
      ShareOptions.Divided divided,
      ModelOptions options,
      Interruption interruption,
      Watching watching,
      @Nullable CheckpointFolder checkpoints) {
    ProgressMode mode = quiet ? ProgressMode.NONE : progress;
    TuningOptions asked =
        tuning.options(divided.setting(), data.modeNames(), divided.groupings(), training.seed());
    try (ProgressDisplay display =
        mode.display(streams, options.loss().task(), training.epochs())) {
      return Tuning.fit(
          divided.pairs().dataset(),
          divided.pairs().split(),
          options,
          asked,
          new SavingListener(
              watching.listener(display.andThen(record)),
              interruption,
              model -> saveUnmeasured(model, interruption, watching)),
          watching.control(),
          checkpoints);
    }
  }

  private SettingTraining.Result fit(
      TrainingPairs pairs,
      ModelOptions options,
      Interruption interruption,
      Watching watching,
      @Nullable CheckpointFolder checkpoints) {
    ProgressMode mode = quiet ? ProgressMode.NONE : progress;
    try (ProgressDisplay display =
        mode.display(streams, options.loss().task(), training.epochs())) {
      SavingListener listener =
          new SavingListener(
              watching.listener(display.andThen(record)),
              interruption,
              model -> saveUnmeasured(model, interruption, watching));
      if (tuning.isPlain()) {
        TrainedModel trained =
            ModelTraining.fit(
                pairs.dataset(), pairs.split(), options, listener, watching.control(), checkpoints);
        return new SettingTraining.Result(trained, SettingReport.NONE);
      }
      return SettingTraining.fit(
          pairs.dataset(), pairs.split(), options, listener, watching.control(), checkpoints);
    } catch (DivergenceException e) {
      if (checkpoints != null && e.epoch() > 1) {
        saveLastGood(pairs, options, interruption, checkpoints, e);
      }
      throw e;
    }
  }

  /** Saves the network before the epoch in which training diverged. */
  private void saveLastGood(
      TrainingPairs pairs,
      ModelOptions options,
      Interruption interruption,
      CheckpointFolder checkpoints,
      DivergenceException diverged) {
    try {
      LastGoodNetwork.before(diverged, pairs, options, interruption, checkpoints)
          .ifPresent(
              good -> {
                save(good.model());
                streams.say(
                    "the network after epoch %d was saved to %s"
                        .formatted(good.result().course().epoch(), out));
              });
    } catch (CheckpointException e) {
      diverged.addSuppressed(e);
    }
  }
}
