package kronwood.cli;

import java.util.concurrent.Callable;
import kronwood.cli.options.ModelSource;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.report.JsonReport;
import kronwood.cli.report.ModelReport;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells what a model is. */
@Command(
    name = "inspect",
    header = "Tells what a model is and how it was made.",
    footer = {"Example:", "  kronwood inspect --model model.kron"})
final class InspectCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin(name = "Model")
  private ModelSource source = new ModelSource();

  @Mixin private OutputOptions output = new OutputOptions();

  InspectCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    ModelReport report = new ModelReport(source.load(), source.path());
    if (output.json()) {
      JsonReport.print(report.json(), streams.out());
    } else {
      report.print(streams.out());
    }
    return ExitCodes.SUCCESS;
  }
}
