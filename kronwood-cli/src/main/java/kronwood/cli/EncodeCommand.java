package kronwood.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import kronwood.cli.options.AttributeOptions;
import kronwood.cli.options.ModelInputs;
import kronwood.cli.options.ModelSource;
import kronwood.cli.options.OutputOptions;
import kronwood.cli.report.JsonReport;
import kronwood.cli.terminal.ExitCodes;
import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Text;
import kronwood.cli.terminal.Warnings;
import kronwood.fault.InputException;
import kronwood.io.entities.EntitySource;
import kronwood.io.prediction.EntityCoordinates;
import kronwood.io.scores.ScoreWriter;
import kronwood.model.Model;
import kronwood.model.ModelTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Writes coordinates of entities. */
@Command(
    name = "encode",
    header = "Writes the coordinates of entities, for an exported model.",
    footer = {
      "Example:",
      "  kronwood encode --model model.kron --features left=new_left.csv --out left.csv",
      "  kronwood encode --model model.kron --table right --out right.csv",
      "",
      "A row has the id, whether the entity occurs in the training samples (known, 1 or 0), and the"
          + " coordinates",
      "u1, u2, …: what 'kronwood export --inputs coordinates' takes."
    })
final class EncodeCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin(name = "Model")
  private ModelSource source = new ModelSource();

  @Mixin(name = "Data")
  private AttributeOptions attributes = new AttributeOptions();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description =
          "Write the entities of this table that the model knows, instead of new ones from"
              + " --features or --similarity.")
  private @Nullable String tableName;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "A .csv, .tsv, .json, .ndjson (also .gz) or .parquet file.")
  private Path out = Path.of("");

  @Mixin private OutputOptions output = new OutputOptions();

  EncodeCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    ScoreWriter.checkWritable(out);
    Warnings warnings = new Warnings(streams);
    Map<String, List<EntitySource>> given = attributes.byTable();
    Model model = source.load();
    ModelTable table = table(model, given);
    List<EntitySource> sources = given.get(table.name());
    EntityCoordinates coordinates =
        sources == null
            ? EntityCoordinates.ofKnown(table)
            : ModelInputs.knowing(
                model, () -> EntityCoordinates.ofNew(model, table, sources, warnings));
    long rows = coordinates.write(out);
    streams.wrote(out);
    if (output.json()) {
      ObjectNode root = JsonReport.object();
      root.put("rows", rows).put("out", out.toString()).put("table", table.name());
      root.put("coordinates", coordinates.rank());
      root.set("warnings", JsonReport.texts(warnings.all()));
      JsonReport.print(root, streams.out());
    } else {
      streams.say(
          "%s entities of table '%s' with %s coordinates each written to %s"
              .formatted(Text.count(rows), table.name(), Text.count(coordinates.rank()), out));
    }
    return ExitCodes.SUCCESS;
  }

  private ModelTable table(Model model, Map<String, List<EntitySource>> given) {
    List<String> names = model.tables().stream().map(ModelTable::name).toList();
    String expected = "the tables of %s are %s".formatted(source.path(), String.join(", ", names));
    if (given.size() + (tableName == null ? 0 : 1) > 1) {
      throw new InputException(
          "one table at a time: give either --table, or the new entities of one table");
    }
    if (given.isEmpty() && tableName == null) {
      throw new InputException(
          "missing option '--table=NAME' or '--features=NAME=TABLE'; " + expected);
    }
    String name = given.isEmpty() ? String.valueOf(tableName) : given.keySet().iterator().next();
    if (!names.contains(name)) {
      throw new InputException("there is no table '%s', %s".formatted(name, expected));
    }
    return model.tables().get(names.indexOf(name));
  }
}
