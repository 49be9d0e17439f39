package kronwood.cli.report;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import kronwood.cli.terminal.Text;
import kronwood.loss.Task;
import kronwood.measure.SpreadCalibration;
import kronwood.model.Model;
import kronwood.model.ModelBlock;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.model.file.ModelFile;
import kronwood.network.EntryWeights;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a model is and how it was made. */
public final class ModelReport {
  private final Model model;
  private final Path file;

  /** Of a model and the file that it was read from. */
  public ModelReport(Model model, Path file) {
    this.model = model;
    this.file = file;
  }

  /** Prints it for people. */
  public void print(PrintStream to) {
    row(to, "model", file + ", " + Text.bytes(fileBytes()));
    row(to, "predicts", prediction(model.target()));
    row(to, "modes", String.join(" ⊗ ", model.modeNames()));
    for (ModelTable table : model.tables()) {
      row(to, "table", description(table));
      if (table.blocks().size() > 1) {
        for (ModelBlock block : table.blocks()) {
          row(to, "", "  " + block(block));
        }
      }
    }
    ModelNetwork network = model.network();
    row(
        to,
        "network",
        String.format(
            Locale.ROOT,
            "%,d neurons, %d %s, shift %.4f, %,d parameters",
            network.neurons(),
            network.outputs(),
            network.outputs() == 1 ? "output" : "outputs",
            network.shift(),
            parameters(network)));
    if (network.members() > 1) {
      row(to, "ensemble", ensemble(model));
    }
    model.provenance().facts().forEach((key, value) -> row(to, key, value));
    row(to, "tensors", "sha256 " + tensorDigest());
    MetricTable metrics = new MetricTable();
    model.provenance().metrics().forEach(metrics::add);
    to.println();
    metrics.lines().forEach(to::println);
  }

  /** The members of an ensemble and what their spread says, in a line. */
  static String ensemble(Model model) {
    StringJoiner line = new StringJoiner("; ");
    line.add(
        "%d members of %s neurons"
            .formatted(model.network().members(), Text.count(model.network().memberNeurons())));
    List<SpreadCalibration> calibration = model.target().calibration();
    for (int c = 0; c < calibration.size(); c++) {
      line.add(
          String.format(
              Locale.ROOT,
              "sd%s = √(%.4g s² + %.4g)",
              calibration.size() == 1 ? "" : " of " + model.target().names().get(c),
              calibration.get(c).factor(),
              calibration.get(c).variance()));
    }
    return calibration.isEmpty()
        ? line + "; sd is the spread between them"
        : line + " with the spread s between them";
  }

  /** An ensemble's calibration for machines. */
  static ArrayNode calibration(Model model) {
    ArrayNode array = JsonReport.array();
    for (SpreadCalibration fitted : model.target().calibration()) {
      array.addObject().put("factor", fitted.factor()).put("variance", fitted.variance());
    }
    return array;
  }

  /** What a table's entities are told apart by, in a line. */
  static String description(ModelTable table) {
    String size =
        "%s: %s entities, rank %s, "
            .formatted(
                table.name(), Text.count(table.ids().size()), Text.count(table.map().rank()));
    return table.blocks().size() == 1
        ? size + block(table.blocks().getFirst())
        : size + "the sum of " + table.blocks().size() + " blocks:";
  }

  /** A block in a line. */
  static String block(ModelBlock block) {
    String columns = Text.count(block.columns().size());
    String weight =
        block.weight() == 1 ? "" : String.format(Locale.ROOT, ", weight %s", block.weight());
    return switch (block.kind()) {
          case FEATURES ->
              "%s: %s%s"
                  .formatted(
                      block.name(),
                      columns,
                      block.description().equals("linear") ? "" : ", " + block.description());
          case CELLS -> "%s: %s".formatted(block.name(), block.description());
          case SIMILARITIES ->
              "%s to %s of them"
                  .formatted(
                      block.name().equals("similarity") ? "similarities" : block.name(), columns);
          case IDENTITY -> "identity of " + columns + " of them";
          case PROFILE -> "interaction profiles";
        }
        + weight;
  }

  private static void row(PrintStream to, String name, String value) {
    to.printf(Locale.ROOT, "%-16s %s%n", Text.printableLine(name), Text.printableLine(value));
  }

  private static String prediction(ModelTarget target) {
    String names = String.join(", ", target.names());
    String classes = String.join(", ", target.classes());
    return switch (target.loss().task()) {
      case REGRESSION -> names;
      case BINARY ->
          "probability that %s is %s rather than %s"
              .formatted(names, target.classes().get(1), target.classes().get(0));
      case MULTICLASS ->
          "%s, one of %d classes: %s".formatted(names, target.classes().size(), classes);
    };
  }

  private static long parameters(ModelNetwork network) {
    EntryWeights entries = network.entries();
    long each = entries == null ? network.weights()[0].length : entries.size();
    return network.neurons() * each + network.output().length;
  }

  private long fileBytes() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** The same for models that differ only in how they came about, as by the number of threads. */
  private String tensorDigest() {
    try {
      return ModelFile.tensorDigest(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  /** The same for machines. */
  public ObjectNode json() {
    ObjectNode root = JsonReport.object();
    root.put("model", file.toString()).put("bytes", fileBytes());
    root.put("tensorsSha256", tensorDigest());
    ArrayNode modes = root.putArray("modes");
    for (int mode = 0; mode < model.modeNames().size(); mode++) {
      modes
          .addObject()
          .put("name", model.modeNames().get(mode))
          .put("table", model.table(mode).name());
    }
    ArrayNode tables = root.putArray("tables");
    for (ModelTable table : model.tables()) {
      ObjectNode described = tables.addObject();
      described
          .put("name", table.name())
          .put("entities", table.ids().size())
          .put("rank", table.map().rank())
          .put("kind", kind(table))
          .put("columns", table.columns().size());
      ArrayNode blocks = described.putArray("blocks");
      for (ModelBlock block : table.blocks()) {
        blocks
            .addObject()
            .put("name", block.name())
            .put("kind", block.kind().name().toLowerCase(Locale.ROOT))
            .put("weight", block.weight())
            .put("description", block.description())
            .put("columns", block.columns().size());
      }
    }
    ModelNetwork network = model.network();
    root.putObject("network")
        .put("neurons", network.neurons())
        .put("outputs", network.outputs())
        .put("shift", network.shift())
        .put("parameters", parameters(network))
        .put("members", network.members())
        .set("calibration", calibration(model));
    ModelTarget target = model.target();
    ObjectNode predicted = root.putObject("target");
    predicted.put("loss", target.loss().key()).put("task", key(target.loss().task()));
    predicted.set("names", JsonReport.texts(target.names()));
    predicted.set("classes", JsonReport.texts(target.classes()));
    ObjectNode facts = root.putObject("provenance");
    model.provenance().facts().forEach(facts::put);
    ObjectNode metrics = root.putObject("metrics");
    for (String part : new String[] {"train", "validation", "test"}) {
      metrics.set(
          part, JsonReport.metrics(model.provenance().metrics().getOrDefault(part, Map.of())));
    }
    return root;
  }

  private static String kind(ModelTable table) {
    if (table.blocks().size() > 1) {
      return "blocks";
    }
    return table.takesSimilarities() ? "similarity" : "features";
  }

  private static String key(Task task) {
    return task.name().toLowerCase(Locale.ROOT);
  }
}
