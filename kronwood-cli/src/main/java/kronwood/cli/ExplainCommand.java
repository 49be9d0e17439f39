package kronwood.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import kronwood.cli.options.DataOptions;
import kronwood.cli.options.NetworkArguments;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.options.ShareOptions;
import kronwood.cli.options.TrainingArguments;
import kronwood.cli.report.ExplainReport;
import kronwood.cli.report.ExplainedPlan;
import kronwood.cli.report.JsonReport;
import kronwood.cli.report.PlanMeasurement;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Warnings;
import kronwood.data.Dataset;
import kronwood.fit.ModelOptions;
import kronwood.fit.TrainingInputs;
import kronwood.io.pairs.TrainingPairs;
import kronwood.loss.Loss;
import kronwood.network.NetworkOptions;
import kronwood.train.TrainingOptions;
import kronwood.train.TrainingProblem;
import kronwood.tune.SettingTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the plans for a training as a database shows those for a query. */
@Command(
    name = "explain",
    header = "Shows every plan for a training, with estimates or measurements, and the choice.",
    footer = {
      "Example:",
      "  kronwood explain --pairs pairs.csv --target affinity --modes left,right \\",
      "    --features left=left.csv --features right=right.csv --neurons 1024 --measure",
      "  kronwood explain @run.args     # the arguments of kronwood train",
      "",
      "Work is the number of multiplications per training sample, and us/sample the time it takes"
          + " on",
      "one core, both estimated from shapes. Plans are chosen by time. States can be given to"
          + " --plan",
      "as they are printed. Nothing is saved."
    })
final class ExplainCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin(name = "Data")
  private DataOptions data = new DataOptions();

  @Mixin(name = "Splits")
  private ShareOptions shares = new ShareOptions();

  @Mixin(name = "Network")
  private NetworkArguments network = new NetworkArguments();

  @Mixin(name = "Training")
  private TrainingArguments training = new TrainingArguments();

  @Option(
      names = "--measure",
      description = {
        "Train with each plan that fits, one epoch to warm up and one to measure, unless it is"
            + " expected to take more than "
            + (int) PlanMeasurement.LONGEST
            + " times as long as the chosen one."
      })
  private boolean measure;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Without effect, as is --epochs: so that arguments of train can be used.")
  @SuppressWarnings("UnusedVariable") // Only to be accepted.
  private String out = "";

  @Option(
      names = "--plain",
      description = "The plans of a training with --plain: no identity is added to a table.")
  private boolean plain;

  @Option(names = "--progress", paramLabel = "HOW", description = "Without effect, as --out.")
  @SuppressWarnings("UnusedVariable") // Only to be accepted.
  private String progress = "";

  @Option(names = "--quiet", description = "Do not say which plan is being measured.")
  private boolean quiet;

  @Mixin private OutputOptions output = new OutputOptions();

  ExplainCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    Loss loss = training.loss();
    NetworkOptions networkOptions = network.network(training.seed(), data.modeNames());
    List<String> axes = network.axes(data);
    TrainingOptions trainingOptions = training.training(axes);
    network.check(shares.division());
    data.allowRepeats(network.structure().allowsRepeats());

    Warnings warnings = new Warnings(streams);
    TrainingPairs pairs = shares.read(data, loss, training.positive(), training.seed()).pairs();
    pairs.warnings().forEach(warnings);
    ModelOptions options =
        new ModelOptions(
            network.gram(),
            network.structure(),
            loss,
            networkOptions,
            trainingOptions,
            training.memory(warnings));
    Dataset trained =
        plain
            ? pairs.dataset()
            : SettingTraining.identified(pairs.dataset(), pairs.split(), options);
    TrainingProblem problem = TrainingInputs.problem(trained, pairs.split(), options);
    List<ExplainedPlan> plans = ExplainedPlan.all(problem.inputs(), options, axes);
    if (measure) {
      Consumer<String> listener = quiet ? message -> {} : streams::say;
      List<ExplainedPlan> estimated = plans;
      plans = new PlanMeasurement(problem, options, listener).measure(estimated);
    }
    ExplainReport report =
        new ExplainReport(plans, pairs.split().train().length, options, measure, warnings.all());
    if (output.json()) {
      JsonReport.print(report.json(), streams.out());
    } else {
      report.print(streams.out());
    }
    return ExitCodes.SUCCESS;
  }
}
