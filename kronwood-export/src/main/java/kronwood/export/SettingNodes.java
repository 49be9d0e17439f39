package kronwood.export;

import java.util.List;
import kronwood.export.OnnxGraph.Attribute;
import kronwood.model.Model;
import kronwood.model.SettingWeights;

/**
 * The part of a graph that weighs network and linear model by which entities of a row are new, as
 * {@link SettingWeights} says.
 */
final class SettingNodes {
  private final OnnxGraph graph;
  private final Model model;

  SettingNodes(OnnxGraph graph, Model model) {
    this.graph = graph;
    this.model = model;
  }

  /**
   * Weighed outputs, float [N, E · C].
   *
   * @param f the network's, of the same shape
   * @param setting number of each row's setting, int64 [N]
   * @param linear the settings with a linear model
   * @param linearOutputs what these linear models give, float [N, settings of linear · C]
   */
  String weighed(String f, String setting, List<SettingWeights> linear, String linearOutputs) {
    List<SettingWeights> all = model.settings();
    int outputs = model.network().outputs();
    double[] network = new double[all.size()];
    double[] offsets = new double[all.size() * outputs];
    double[] places = new double[all.size() * linear.size()];
    for (int s = 0; s < all.size(); s++) {
      network[s] = all.get(s).network();
      System.arraycopy(all.get(s).offset(), 0, offsets, s * outputs, outputs);
      int place = linear.indexOf(all.get(s));
      if (place >= 0) {
        places[s * linear.size() + place] = 1;
      }
    }
    String factor = row("setting_network", network, setting, 1);
    String added = row("setting_offset", offsets, setting, outputs);
    if (!linear.isEmpty()) {
      String chosen = row("setting_linear", places, setting, linear.size());
      String shape = graph.constant("shape", PredictionNodes.shape(linear.size(), outputs));
      String bySetting = graph.op("Reshape", linearOutputs, shape);
      String two = graph.constant("axis", TensorData.ofLongs(2));
      String one = graph.constant("axis", TensorData.ofLongs(1));
      String own = graph.op("Mul", bySetting, graph.op("Unsqueeze", chosen, two));
      String sum = graph.op("ReduceSum", List.of(own, one), Attribute.of("keepdims", 0));
      added = graph.op("Add", added, sum);
    }
    int members = model.network().members();
    if (members > 1) {
      String times = graph.constant("times", TensorData.ofLongs(1, members));
      added = graph.op("Tile", added, times);
    }
    return graph.op("Add", graph.op("Mul", f, factor), added);
  }

  private String row(String name, double[] values, String setting, int columns) {
    TensorData table = TensorData.ofFloats(values, model.settings().size(), columns);
    return graph.op("Gather", graph.constant(name, table), setting);
  }
}
