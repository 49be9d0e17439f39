package kronwood.export;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import kronwood.export.EntityNodes.Entities;
import kronwood.export.OnnxGraph.Attribute;
import kronwood.gram.FactorMap;
import kronwood.input.PairComparison;
import kronwood.input.PairStructure;
import kronwood.input.TermPattern;
import kronwood.measure.SpreadCalibration;
import kronwood.model.Model;
import kronwood.model.ModelNetwork;
import kronwood.model.ModelTarget;
import kronwood.model.SettingWeights;

/**
 * The graph of a model: entities → product of coordinates → one matrix product with all weights →
 * activations → outputs → parts by setting → link → mean and standard deviation of members.
 */
final class PredictionNodes {
  private final Model model;
  private final List<InputKind> kinds;
  private final OnnxGraph graph = new OnnxGraph();
  private final EntityNodes entityNodes;

  private PredictionNodes(Model model, List<InputKind> kinds) {
    this.model = model;
    this.kinds = kinds;
    this.entityNodes = new EntityNodes(model, graph);
  }

  /** The graph of a model that takes entities of each mode in one way. */
  static OnnxGraph of(Model model, List<InputKind> kinds) {
    PredictionNodes nodes = new PredictionNodes(model, kinds);
    nodes.add();
    return nodes.graph;
  }

  private Entities entities(int mode) {
    return entityNodes.of(mode, kinds.get(mode));
  }

  private void add() {
    ModelNetwork network = model.network();
    int neurons = network.neurons();
    Set<Entities> all = new LinkedHashSet<>();
    for (int mode = 0; mode < kinds.size(); mode++) {
      all.add(entities(mode));
    }
    List<SettingWeights> linearSettings =
        model.settings().stream().filter(setting -> setting.linear().length > 0).toList();
    int linear = network.linear().length;
    int settingRows = linearSettings.size() * network.outputs();
    List<float[]> rows = new ArrayList<>(List.of(network.weights()));
    rows.addAll(List.of(network.linear()));
    linearSettings.forEach(setting -> rows.addAll(List.of(setting.linear())));
    int dimension = network.weights()[0].length;
    String weights =
        graph.constant(
            "weights", TensorData.ofRows(rows.size(), rows::get, rows.size(), dimension));
    String products = graph.op("Gemm", List.of(input(), weights), Attribute.of("transB", 1));
    String f = outputs(activations(columns(products, 0, neurons, rows.size())));
    if (linear > 0) {
      f = graph.op("Add", f, columns(products, neurons, linear, rows.size()));
    }
    if (!model.settings().isEmpty()) {
      String linearOutputs = columns(products, neurons + linear, settingRows, rows.size());
      String setting = setting();
      SettingNodes nodes = new SettingNodes(graph, model);
      f = nodes.weighed(f, setting, linearSettings, linearOutputs);
      addOutputs(linked(f), unknown(all), setting);
    } else {
      addOutputs(linked(f), unknown(all), "");
    }
  }

  /** x, float [N, product of the ranks]. */
  private String input() {
    TermPattern terms = TermPattern.of(model.form().structure(), model.tableOfMode());
    String sum = "";
    for (int term = 0; term < terms.count(); term++) {
      String product = "";
      int length = 1;
      for (int axis = 0; axis < terms.axes(); axis++) {
        String u = coordinates(terms, term, axis);
        int rank = model.ranks()[axis];
        product = axis == 0 ? u : product(product, length, u, rank);
        length *= rank;
      }
      boolean minus = terms.signs()[term] < 0;
      sum = sum.isEmpty() ? product : graph.op(minus ? "Sub" : "Add", sum, product);
    }
    double scale = model.form().scale();
    return scale == 1 ? sum : graph.op("Mul", sum, floats("scale", scale));
  }

  private String coordinates(TermPattern terms, int term, int axis) {
    int mode = terms.mode(term, axis);
    PairComparison comparison = model.form().comparison();
    if (comparison != null) {
      int[] pair = TermPattern.pair(PairStructure.COMPARISON, model.tableOfMode());
      if (mode == pair[0]) {
        return new ComparisonNodes(graph, comparison)
            .coordinates(
                entities(pair[0]).coordinates(),
                entities(pair[1]).coordinates(),
                model.table(mode).map().rank());
      }
    }
    Entities entities = entities(mode);
    if (model.form().known().isEmpty()) {
      return entities.coordinates();
    }
    // Along an axis of a Cartesian product: (u, 0), or (0, e).
    FactorMap map = model.table(mode).map();
    int identities = model.form().known().get(model.tableOfMode()[mode]).length;
    return terms.isIdentity(term, axis)
        ? padded(entities.identity(), map.rank(), 0)
        : padded(entities.coordinates(), 0, identities);
  }

  private String padded(String value, int before, int after) {
    String pads = graph.constant("pads", TensorData.ofLongs(0, before, 0, after));
    return graph.op("Pad", value, pads);
  }

  private String product(String one, int length, String other, int rank) {
    String column = unsqueezed(one, 2);
    String row = unsqueezed(other, 1);
    return reshaped(graph.op("Mul", column, row), (long) length * rank);
  }

  /** Neurons' outputs, float [N, m]. */
  private String activations(String z) {
    double shift = model.network().shift();
    String above = graph.op("Relu", List.of(graph.op("Sub", z, floats("shift", shift))));
    if (!model.activation().isOdd()) {
      return above;
    }
    String opposite = graph.op("Neg", List.of(z));
    String below = graph.op("Relu", List.of(graph.op("Sub", opposite, floats("shift", shift))));
    return graph.op("Sub", above, below);
  }

  /** Outputs of all members, float [N, E · C]. */
  private String outputs(String active) {
    ModelNetwork network = model.network();
    int neurons = network.neurons();
    int each = network.memberNeurons();
    double norm = 1 / Math.sqrt(each);
    double[] matrix = new double[network.width() * neurons];
    for (int r = 0; r < neurons; r++) {
      for (int c = 0; c < network.outputs(); c++) {
        int output = r / each * network.outputs() + c;
        matrix[output * neurons + r] = norm * network.output()[c * neurons + r];
      }
    }
    String constant =
        graph.constant("output", TensorData.ofFloats(matrix, network.width(), neurons));
    return graph.op("Gemm", List.of(active, constant), Attribute.of("transB", 1));
  }

  /** For each row the number of its setting, int64 [N]. */
  private String setting() {
    String sum = "";
    for (int mode = 0; mode < kinds.size(); mode++) {
      String bit = graph.op("Mul", entities(mode).isNew(), floats("bit", 1 << mode));
      sum = sum.isEmpty() ? bit : graph.op("Add", sum, bit);
    }
    return cast(sum, TensorData.Type.INT64);
  }

  /**
   * Predictions of all members, double [N, E · C], or of several [N, E, C]. Members may differ by
   * little compared with the offset, which single precision would not keep.
   */
  private String linked(String f) {
    ModelTarget target = model.target();
    String scaled =
        graph.op(
            "Add",
            graph.op(
                "Mul", cast(f, TensorData.Type.DOUBLE), doubles("target_scale", target.scale())),
            doubles("target_offset", target.offset()));
    if (model.network().members() > 1) {
      scaled = reshaped(scaled, model.network().members(), model.network().outputs());
    }
    return switch (target.loss().task()) {
      case REGRESSION -> scaled;
      case BINARY -> graph.op("Sigmoid", List.of(scaled));
      case MULTICLASS -> graph.op("Softmax", List.of(scaled), Attribute.of("axis", -1));
    };
  }

  private String unknown(Set<Entities> all) {
    String sum = "";
    for (Entities each : all) {
      sum = sum.isEmpty() ? each.unknown() : graph.op("Add", sum, each.unknown());
    }
    return sum;
  }

  /** Adds predictions and deviations; {@code setting} is "" if the model has no settings. */
  private void addOutputs(String predictions, String unknown, String setting) {
    int members = model.network().members();
    if (members == 1) {
      output("prediction", predictions, unknown);
      return;
    }
    String mean =
        graph.op("ReduceMean", List.of(predictions), Attribute.ofInts("axes", 1), keep(1));
    String off = graph.op("Sub", predictions, mean);
    String axis = graph.constant("axis", TensorData.ofLongs(1));
    String squares = graph.op("ReduceSum", List.of(graph.op("Mul", off, off), axis), keep(0));
    int outputs = model.network().outputs();
    int settings = Math.max(1, model.settings().size());
    double[] factor = new double[settings * outputs];
    double[] variance = new double[factor.length];
    for (int k = 0; k < factor.length; k++) {
      List<SpreadCalibration> fitted = model.calibration(k / outputs);
      SpreadCalibration calibration =
          fitted.isEmpty() ? SpreadCalibration.NONE : fitted.get(k % outputs);
      factor[k] = calibration.factor() / (members - 1);
      variance[k] = calibration.variance();
    }
    String spread = graph.op("Mul", squares, bySetting("sd_factor", factor, setting));
    String all = graph.op("Add", spread, bySetting("sd_variance", variance, setting));
    output("prediction", graph.op("Squeeze", mean, axis), unknown);
    output("prediction_sd", graph.op("Sqrt", List.of(all)), unknown);
  }

  /** One number for each output, of the setting of each row. */
  private String bySetting(String name, double[] values, String setting) {
    int outputs = model.network().outputs();
    TensorData table = TensorData.ofDoubles(values, values.length / outputs, outputs);
    String all = graph.constant(name, table);
    return setting.isEmpty() ? all : graph.op("Gather", all, setting);
  }

  private void output(String name, String values, String unknown) {
    String known = graph.op("Add", cast(values, TensorData.Type.FLOAT), unknown);
    graph.output(name, known, model.network().outputs());
  }

  private static Attribute keep(int dimensions) {
    return Attribute.of("keepdims", dimensions);
  }

  private String columns(String value, int from, int count, int all) {
    if (count == all) {
      return value;
    }
    return graph.op(
        "Slice",
        List.of(
            value,
            graph.constant("from", TensorData.ofLongs(from)),
            graph.constant("to", TensorData.ofLongs(from + (long) count)),
            graph.constant("axis", TensorData.ofLongs(1))));
  }

  private String reshaped(String value, long... columns) {
    return graph.op("Reshape", value, graph.constant("shape", shape(columns)));
  }

  /** A 0 keeps the length of the first axis. */
  static TensorData shape(long... columns) {
    long[] shape = new long[columns.length + 1];
    System.arraycopy(columns, 0, shape, 1, columns.length);
    return TensorData.ofLongs(shape);
  }

  private String unsqueezed(String value, long axis) {
    return graph.op("Unsqueeze", value, graph.constant("axis", TensorData.ofLongs(axis)));
  }

  private String floats(String name, double value) {
    return graph.constant(name, TensorData.ofFloats(new double[] {value}));
  }

  private String doubles(String name, double[] values) {
    return graph.constant(name, TensorData.ofDoubles(values, values.length));
  }

  private String cast(String value, TensorData.Type type) {
    return graph.op("Cast", List.of(value), Attribute.of("to", type.number()));
  }
}
