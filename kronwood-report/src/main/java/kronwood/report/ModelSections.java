package kronwood.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kronwood.measure.Metric;
import kronwood.model.Model;
import kronwood.model.ModelBlock;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTable;
import kronwood.model.ModelTarget;
import kronwood.report.page.Cell;
import kronwood.report.page.Listing;
import kronwood.report.page.Paragraph;
import kronwood.report.page.Part;
import kronwood.report.page.Section;
import kronwood.report.page.Table;

/** What a model is and how it came about. */
final class ModelSections {
  private ModelSections() {}

  /** What was trained on what, and the metrics at the end of training. */
  static Section about(Model model, Origin origin) {
    List<List<Cell>> rows = new ArrayList<>();
    if (!origin.model().isEmpty()) {
      row(rows, "model", origin.model());
    }
    row(rows, "predicts", prediction(model.target()));
    row(rows, "from", String.join(" ⊗ ", model.modeNames()));
    for (ModelTable table : model.tables()) {
      row(rows, "table " + table.name(), description(table));
    }
    row(rows, "structure", model.form().structure().key());
    row(rows, "network", network(model.network()));
    row(rows, "loss", model.target().loss().key());
    return new Section(
        "about",
        "What was trained on what",
        List.of(new Table("The model", List.of("what", "value"), rows), metrics(model)));
  }

  private static void row(List<List<Cell>> rows, String name, String value) {
    rows.add(List.of(Cell.of(name), Cell.of(value)));
  }

  static String prediction(ModelTarget target) {
    String names = String.join(", ", target.names());
    return switch (target.loss().task()) {
      case REGRESSION -> names;
      case BINARY ->
          "the probability that %s is %s rather than %s"
              .formatted(names, target.classes().get(1), target.classes().get(0));
      case MULTICLASS ->
          "%s, one of %d classes: %s"
              .formatted(names, target.classes().size(), String.join(", ", target.classes()));
    };
  }

  private static String description(ModelTable table) {
    List<String> blocks = new ArrayList<>();
    for (ModelBlock block : table.blocks()) {
      String kind =
          switch (block.kind()) {
            case FEATURES -> block.columns().size() + " features, " + block.description();
            case CELLS -> block.name() + ", " + block.description();
            case SIMILARITIES -> "similarities to " + block.columns().size() + " entities";
            case IDENTITY -> "identity of " + block.columns().size() + " entities";
            case PROFILE -> "interaction profiles, " + block.description();
          };
      blocks.add(kind + (block.weight() == 1 ? "" : ", weight " + block.weight()));
    }
    int[] training = table.training();
    return String.format(
            Locale.ROOT,
            "%,d entities%s, rank %,d: ",
            table.ids().size(),
            training == null
                ? ""
                : String.format(Locale.ROOT, ", %,d of them in training samples", training.length),
            table.map().rank())
        + String.join("; ", blocks);
  }

  private static String network(ModelNetwork network) {
    return String.format(
        Locale.ROOT,
        "%,d neurons%s, %d %s, shift %.4f, %,d weights%s",
        network.neurons(),
        network.members() > 1 ? " in " + network.members() + " members" : "",
        network.outputs(),
        network.outputs() == 1 ? "output" : "outputs",
        network.shift(),
        (long) network.neurons() * network.weights()[0].length + network.output().length,
        network.hasLinear() ? ", and a linear part" : "");
  }

  private static Part metrics(Model model) {
    Map<String, Map<String, Double>> parts = model.provenance().metrics();
    Set<String> keys = new LinkedHashSet<>();
    parts.values().forEach(values -> keys.addAll(values.keySet()));
    if (keys.isEmpty()) {
      return new Paragraph("The model does not say how good it was at the end of training.");
    }
    List<String> heads = new ArrayList<>(List.of("metric", "direction"));
    heads.addAll(parts.keySet());
    List<List<Cell>> rows = new ArrayList<>();
    for (String key : keys) {
      List<Cell> row = new ArrayList<>(List.of(Cell.of(key), Cell.of(direction(key))));
      parts.values().forEach(values -> row.add(Cell.of(values.getOrDefault(key, Double.NaN))));
      rows.add(row);
    }
    return new Table("Metrics at the end of training", heads, rows);
  }

  static String direction(String key) {
    for (Metric metric : Metric.values()) {
      if (metric.key().equals(key)) {
        return MetricsSection.direction(metric);
      }
    }
    return "";
  }

  /** Facts of the model, warnings, and the command that makes the report again. */
  static Section provenance(Map<String, String> facts, Origin origin) {
    List<Part> parts = new ArrayList<>();
    String command = origin.command();
    if (command != null) {
      parts.add(new Paragraph("The command that makes this again:"));
      parts.add(new Listing(command));
    }
    if (!facts.isEmpty()) {
      List<List<Cell>> rows = new ArrayList<>();
      facts.forEach((name, value) -> row(rows, name, value));
      parts.add(new Table("How the model came about", List.of("fact", "value"), rows));
    }
    for (String warning : origin.warnings()) {
      parts.add(new Paragraph("Warning: " + warning));
    }
    if (parts.isEmpty()) {
      parts.add(new Paragraph("Nothing is known of how this came about."));
    }
    return new Section("provenance", "Provenance", parts);
  }
}
