package kronwood.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import kronwood.cli.options.ModelSource;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.report.JsonReport;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Text;
import kronwood.export.InputKind;
import kronwood.export.NpzExport;
import kronwood.export.OnnxExport;
import kronwood.export.OnnxValue;
import kronwood.fault.InputException;
import kronwood.file.AtomicFile;
import kronwood.io.table.OutputFiles;
import kronwood.model.file.StoredModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a model for other programs. */
@Command(
    name = "export",
    header = "Writes a model for other programs: an ONNX graph, or arrays for NumPy.",
    footer = {
      "Example:",
      "  kronwood export --model model.kron --out model.onnx",
      "  kronwood export --model model.kron --inputs left=attributes,right=ids --out model.onnx",
      "  kronwood export --model model.kron --out model.npz",
      "",
      "The graph predicts what 'kronwood predict' does, to about 1e-6. It needs no Kronwood and no"
          + " Java."
    })
final class ExportCommand implements Callable<Integer> {
  private static final String ONNX = "onnx";
  private static final String NPZ = "npz";

  private final Streams streams;

  @Mixin(name = "Model")
  private ModelSource source = new ModelSource();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "onnx or npz (default: the ending of --out).")
  private @Nullable String format;

  @Option(
      names = "--inputs",
      paramLabel = "KIND",
      description = {
        "What a graph takes of an entity: ids (of entities that the model knows, the default),"
            + " attributes (the columns of its table), or coordinates (from kronwood encode); or"
            + " MODE=KIND,… for each mode."
      })
  private @Nullable String inputs;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The file to write, .onnx or .npz.")
  private Path out = Path.of("");

  @Mixin private OutputOptions output = new OutputOptions();

  ExportCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    OutputFiles.checkWritable(out);
    boolean archive = format().equals(NPZ);
    if (archive && inputs != null) {
      throw new InputException(
          "--inputs: an archive holds all arrays of the model, leave this option out");
    }
    StoredModel stored = source.open();
    OnnxExport export = archive ? null : OnnxExport.of(stored, kinds(stored));
    try {
      if (export == null) {
        NpzExport.write(source.path(), out);
        report(List.of(out), null);
      } else {
        report(export.write(out), export);
      }
    } catch (IOException e) {
      throw new InputException(out + ": cannot be written: " + AtomicFile.reason(e), e);
    }
    return ExitCodes.SUCCESS;
  }

  private String format() {
    if (format != null) {
      if (format.equals(ONNX) || format.equals(NPZ)) {
        return format;
      }
      throw new InputException("--format: found '%s', expected onnx or npz".formatted(format));
    }
    String name = out.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith("." + ONNX) || name.endsWith("." + NPZ)) {
      return name.substring(name.lastIndexOf('.') + 1);
    }
    throw new InputException(
        out + ": unknown kind of file to write, expected .onnx or .npz, or --format");
  }

  private List<InputKind> kinds(StoredModel stored) {
    try {
      return InputKind.ofModes(
          inputs == null ? InputKind.IDS.key() : inputs, stored.model().modeNames());
    } catch (InputException e) {
      throw new InputException("--inputs: " + e.getMessage(), e);
    }
  }

  private void report(List<Path> files, @Nullable OnnxExport export) throws IOException {
    long bytes = 0;
    for (Path file : files) {
      streams.wrote(file);
      bytes += Files.size(file);
    }
    if (output.json()) {
      ObjectNode root = JsonReport.object();
      root.put("format", export == null ? NPZ : ONNX).put("out", out.toString());
      root.set("files", JsonReport.texts(files.stream().map(Path::toString).toList()));
      root.put("bytes", bytes);
      if (export != null) {
        root.set("inputs", values(export.inputs()));
        root.set("outputs", values(export.outputs()));
        root.put("bytes_per_row", export.bytesPerRow());
      }
      JsonReport.print(root, streams.out());
      return;
    }
    String names = files.stream().map(Path::toString).collect(Collectors.joining(", "));
    streams.out().println(names + ": " + Text.count(bytes) + " bytes");
    if (export != null) {
      streams.out().println("inputs:  " + text(export.inputs()));
      streams.out().println("outputs: " + text(export.outputs()));
      streams.out().println("memory:  " + Text.count(export.bytesPerRow()) + " bytes a row");
    }
  }

  private static String text(List<OnnxValue> values) {
    return values.stream().map(OnnxValue::toString).collect(Collectors.joining(", "));
  }

  private static ArrayNode values(List<OnnxValue> values) {
    ObjectNode root = JsonReport.object();
    ArrayNode array = root.putArray("values");
    for (OnnxValue value : values) {
      ObjectNode object = array.addObject().put("name", value.name()).put("type", value.type());
      value.columns().forEach(object.putArray("columns")::add);
    }
    return array;
  }
}
