package kronwood.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** Writes a report of a model, or of two, on pairs with targets. */
@Command(
    name = "report",
    header = "Writes a page with charts: how good a model is on pairs, or two models.",
    footer = {
      "Example:",
      "  kronwood report --model model.kron --pairs pairs.csv --where \"fold = 'test'\" \\",
      "    --train-where \"fold = 'train'\" --out report.html",
      "  kronwood report --compare a.kron b.kron --pairs pairs.csv --where \"fold = 'test'\"",
      "",
      "The page is one file that needs no network and no script. Each chart can be saved as SVG,"
          + " its numbers",
      "as CSV. A report of the training too is written by kronwood train --report report.html."
    })
final class ReportCommand implements Callable<Integer> {
  private final Streams streams;

  @Option(names = "--model", paramLabel = "FILE", description = "A model that train saved.")
  private @Nullable Path path;

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "FILE",
      description = {
        "Instead of --model: two models that predict the same target for the same modes."
      })
  private List<Path> compared = new ArrayList<>();

  @Mixin(name = "Data")
  private ModelInputs inputs = new ModelInputs();

  @Mixin(name = "Truth")
  private TruthOptions truth = new TruthOptions();

  @Option(
      names = "--train-where",
      paramLabel = "SQL",
      description = {
        "The rows of --pairs that the model was trained on: baselines are learned from them, and"
            + " errors told by how often entities occur in them (default: neither is told)."
      })
  private @Nullable String trainWhere;

  @Option(
      names = "--out",
      defaultValue = "report.html",
      paramLabel = "FILE",
      description = "Where to write the page (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("report.html");

  @Mixin private OutputOptions output = new OutputOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  ReportCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    Path model = path;
    if ((model == null) == compared.isEmpty()) {
      throw new InputException(
          "give one model with --model, or two with --compare%s"
              .formatted(model == null ? "" : ", not both"));
    }
    OutputFiles.checkWritable(out);
    Warnings warnings = new Warnings(streams);
    SubjectReader reader = new SubjectReader(inputs, truth, trainWhere, warnings);
    Document document;
    int samples;
    if (model != null) {
      Subject subject = reader.read(ModelSource.load("--model", model), model);
      samples = subject.size();
      document = Report.ofModel(subject, origin(model.toString(), warnings));
    } else {
      Path a = compared.get(0);
      Path b = compared.get(1);
      Model first = ModelSource.load("--compare", a);
      Model second = ModelSource.load("--compare", b);
      Report.checkComparable(first, a.toString(), second, b.toString());
      Subject one = reader.read(first, a);
      Subject other = reader.read(second, b);
      samples = one.size();
      document = Report.ofComparison(one, a.toString(), other, b.toString(), origin("", warnings));
    }
    document.saveHtml(out);
    streams.wrote(out);
    if (output.json()) {
      ObjectNode root = JsonReport.object().put("out", out.toString()).put("samples", samples);
      root.set("warnings", JsonReport.texts(warnings.all()));
      JsonReport.print(root, streams.out());
    } else {
      streams.say("report on " + samples + " samples written to " + out);
    }
    return ExitCodes.SUCCESS;
  }

  private Origin origin(String model, Warnings warnings) {
    return new Origin(model, ReportOption.command(spec), Map.of(), warnings.all());
  }
}
