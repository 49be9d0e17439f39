package kronwood.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.report.JsonReport;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells whether this machine is set up well. */
@Command(
    name = "doctor",
    header = "Checks Java, SIMD kernels, memory, threads and the table reader.",
    footer = {"Example:", "  kronwood doctor", "", "A warning does not change the exit code."})
final class DoctorCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin private OutputOptions output = new OutputOptions();

  DoctorCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    List<Diagnosis> diagnoses = Diagnosis.all();
    if (output.json()) {
      JsonReport.print(json(diagnoses), streams.out());
    } else {
      diagnoses.forEach(this::print);
    }
    return ExitCodes.SUCCESS;
  }

  private void print(Diagnosis diagnosis) {
    streams
        .out()
        .printf(
            Locale.ROOT,
            "%-4s  %-8s  %s%n",
            diagnosis.well() ? "ok" : "WARN",
            diagnosis.name(),
            diagnosis.found());
    if (!diagnosis.well()) {
      streams.out().printf(Locale.ROOT, "%16s%s%n", "", diagnosis.advice());
    }
  }

  private static ObjectNode json(List<Diagnosis> diagnoses) {
    ObjectNode root = JsonReport.object();
    root.put("ok", diagnoses.stream().allMatch(Diagnosis::well));
    ArrayNode checks = root.putArray("checks");
    for (Diagnosis diagnosis : diagnoses) {
      ObjectNode check = checks.addObject();
      check.put("name", diagnosis.name());
      check.put("status", diagnosis.well() ? "ok" : "warn");
      check.put("found", diagnosis.found());
      check.put("advice", diagnosis.advice());
    }
    return root;
  }
}
