package kronwood.export;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kronwood.export.OnnxGraph.Attribute;
import kronwood.fault.InputException;
import kronwood.model.KnownEntitySets;
import kronwood.model.Model;
import kronwood.model.ModelTable;

/**
 * The part of a graph from its inputs to the coordinates of the entities.
 *
 * <p>Each mode has an input of its own, called like it; modes of the same name and table share one.
 */
final class EntityNodes {
  private final Model model;
  private final OnnxGraph graph;
  private final KnownEntitySets known;
  private final Map<Integer, String> coordinates = new HashMap<>();
  private final Map<String, Entities> byInput = new HashMap<>();

  /**
   * The entities of one mode, a row for each tuple.
   *
   * @param coordinates float [N, rank]; zeros of an id that the model does not know
   * @param identity float [N, training entities], 1 at the place of the entity, with a structure
   *     that needs it; else empty
   * @param isNew float [N], 1 if the entity occurs in no training sample, else 0, of a model with
   *     settings; else empty
   * @param unknown float [N, 1]: 0, but NaN if the id is not known or a number is not finite
   */
  record Entities(String coordinates, String identity, String isNew, String unknown) {}

  EntityNodes(Model model, OnnxGraph graph) {
    this.model = model;
    this.graph = graph;
    this.known = KnownEntitySets.of(model);
  }

  /** The entities of a mode. */
  Entities of(int mode, InputKind kind) {
    return byInput.computeIfAbsent(name(mode), name -> add(name, mode, kind));
  }

  /**
   * What the input of a mode is called: like the mode, if another table has no mode of its name.
   */
  String name(int mode) {
    String name = model.modeNames().get(mode);
    for (int other = 0; other < model.modeNames().size(); other++) {
      boolean same = model.tableOfMode()[other] == model.tableOfMode()[mode];
      if (model.modeNames().get(other).equals(name) && !same) {
        return name + "_" + model.table(mode).name();
      }
    }
    return name;
  }

  private Entities add(String name, int mode, InputKind kind) {
    ModelTable table = model.table(mode);
    return switch (kind) {
      case IDS -> ofIds(name + "_id", mode, table);
      case ATTRIBUTES -> {
        long columns = AttributeNodes.columns(table).size();
        String given = graph.input(name, TensorData.Type.FLOAT, columns);
        String unknown = unknown(given);
        String mapped = new AttributeNodes(graph, table).coordinates(given, unknown);
        yield given(name, mapped, unknown);
      }
      case COORDINATES -> {
        String given = graph.input(name, TensorData.Type.FLOAT, table.map().rank());
        yield given(name, given, unknown(given));
      }
    };
  }

  /** 0, or NaN if a number of the row is not finite. */
  private String unknown(String given) {
    String zeros = graph.op("Sub", given, given);
    String axis = graph.constant("axis", TensorData.ofLongs(1));
    return graph.op("ReduceSum", List.of(zeros, axis), Attribute.of("keepdims", 1));
  }

  private Entities given(String name, String coordinates, String unknown) {
    if (!model.form().known().isEmpty()) {
      throw new InputException(
          "structure cartesian knows entities by their ids, export it with inputs of ids");
    }
    String isNew = "";
    if (!model.settings().isEmpty()) {
      String trained = graph.input(name + "_known", TensorData.Type.BOOL);
      String inverted = graph.op("Not", List.of(trained));
      isNew =
          graph.op("Cast", List.of(inverted), Attribute.of("to", TensorData.Type.FLOAT.number()));
    }
    return new Entities(coordinates, "", isNew, unknown);
  }

  private Entities ofIds(String name, int mode, ModelTable table) {
    int count = table.ids().size();
    long[] numbers = new long[count];
    Arrays.setAll(numbers, i -> i);
    String row =
        graph.mlOp(
            "LabelEncoder",
            List.of(graph.input(name, TensorData.Type.STRING)),
            Attribute.ofStrings("keys_strings", table.ids().asList()),
            Attribute.ofInts("values_int64s", numbers),
            // An extra row: counted from the end, −1 would be another entity.
            Attribute.of("default_int64", (long) count));
    String all =
        coordinates.computeIfAbsent(
            model.tableOfMode()[mode], _ -> graph.constant("coordinates", withRow(table)));
    double[] notKnown = new double[count + 1];
    notKnown[count] = Double.NaN;
    String unknown = graph.constant("unknown", TensorData.ofFloats(notKnown, count + 1L, 1));
    return new Entities(
        graph.op("Gather", all, row),
        identity(mode, row, count),
        isNew(mode, row, count),
        graph.op("Gather", unknown, row));
  }

  /** Coordinates of all entities, and a row of zeros. */
  private static TensorData withRow(ModelTable table) {
    int rank = table.map().rank();
    return TensorData.ofRows(
        2,
        part -> part == 0 ? table.coordinates() : new float[rank],
        table.ids().size() + 1L,
        rank);
  }

  private String isNew(int mode, String row, int count) {
    if (model.settings().isEmpty()) {
      return "";
    }
    double[] isNew = new double[count + 1];
    Arrays.setAll(isNew, e -> known.isNew(mode, e) ? 1 : 0);
    return graph.op(
        "Gather", graph.constant("is_new", TensorData.ofFloats(isNew, count + 1L)), row);
  }

  private String identity(int mode, String row, int count) {
    if (model.form().known().isEmpty()) {
      return "";
    }
    int[] training = model.form().known().get(model.tableOfMode()[mode]);
    long[] place = new long[count + 1];
    // A place beyond the last one is no place.
    Arrays.fill(place, training.length);
    for (int i = 0; i < training.length; i++) {
      place[training[i]] = i;
    }
    String places = graph.op("Gather", graph.constant("place", TensorData.ofLongs(place)), row);
    String depth = graph.constant("depth", TensorData.ofLongs(training.length));
    String values = graph.constant("off_on", TensorData.ofFloats(new double[] {0, 1}, 2));
    return graph.op("OneHot", List.of(places, depth, values), Attribute.of("axis", -1));
  }
}
