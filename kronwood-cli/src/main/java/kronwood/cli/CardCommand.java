package kronwood.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import kronwood.cli.options.ModelInputs;
import kronwood.cli.options.ModelSource;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.options.ReportOption;
import kronwood.cli.options.TruthOptions;
import kronwood.cli.report.JsonReport;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Warnings;
import kronwood.fault.InputException;
import kronwood.io.table.OutputFiles;
import kronwood.model.Model;
import kronwood.report.Origin;
import kronwood.report.Report;
import kronwood.report.Subject;
import kronwood.report.page.Document;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Writes a model card. */
@Command(
    name = "card",
    header = "Writes a model card in Markdown: what a model is, how good, how made.",
    footer = {
      "Example:",
      "  kronwood card --model model.kron --out card.md",
      "  kronwood card --model model.kron --pairs pairs.csv --where \"fold = 'test'\""
    })
final class CardCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin(name = "Model")
  private ModelSource source = new ModelSource();

  @Mixin(name = "Data")
  private ModelInputs inputs = new ModelInputs();

  @Mixin(name = "Truth")
  private TruthOptions truth = new TruthOptions();

  @Option(
      names = "--train-where",
      paramLabel = "SQL",
      description = "The rows of --pairs that the model was trained on, as in report.")
  private @Nullable String trainWhere;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the card (default: standard output).")
  private @Nullable Path out;

  @Mixin private OutputOptions output = new OutputOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  CardCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    Path file = out;
    if (file != null) {
      OutputFiles.checkWritable(file);
    } else if (output.json()) {
      throw new InputException("--json: needs --out FILE, as standard output holds the card");
    }
    Warnings warnings = new Warnings(streams);
    Model model = source.load();
    Subject subject =
        inputs.hasSource()
            ? new SubjectReader(inputs, truth, trainWhere, warnings).read(model, source.path())
            : null;
    Document card =
        Report.card(
            model,
            subject,
            new Origin(
                source.path().toString(), ReportOption.command(spec), Map.of(), warnings.all()));
    if (file == null) {
      streams.out().writeBytes(card.markdown().getBytes(StandardCharsets.UTF_8));
      return ExitCodes.SUCCESS;
    }
    card.saveMarkdown(file);
    streams.wrote(file);
    if (output.json()) {
      ObjectNode root = JsonReport.object().put("out", file.toString());
      root.set("warnings", JsonReport.texts(warnings.all()));
      JsonReport.print(root, streams.out());
    }
    return ExitCodes.SUCCESS;
  }
}
