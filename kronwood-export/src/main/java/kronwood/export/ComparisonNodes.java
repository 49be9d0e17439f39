package kronwood.export;

import java.util.List;
import kronwood.export.OnnxGraph.Attribute;
import kronwood.input.PairComparison;

/**
 * The part of a graph that compares two entities, as {@link PairComparison} says, in double
 * precision: a difference of two that are alike may count a lot.
 */
final class ComparisonNodes {
  private final OnnxGraph graph;
  private final PairComparison comparison;

  ComparisonNodes(OnnxGraph graph, PairComparison comparison) {
    this.graph = graph;
    this.comparison = comparison;
  }

  /**
   * Coordinates of the pair, float [N, rank of the comparison].
   *
   * @param one coordinates of the first entities, float [N, rank]
   * @param other those of the second ones
   */
  String coordinates(String one, String other, int rank) {
    String u = cast(one, TensorData.Type.DOUBLE);
    String v = cast(other, TensorData.Type.DOUBLE);
    int leading = comparison.mean().length / 2;
    String products = graph.op("Mul", u, v);
    String norms = graph.op("Sqrt", List.of(graph.op("Mul", squaredNorm(u), squaredNorm(v))));
    // The product with a zero vector is 0, whatever it is divided by.
    String divisor = graph.op("Max", norms, doubles(Double.MIN_NORMAL));
    String cosine = graph.op("Div", sum(products), divisor);
    String differences = graph.op("Abs", List.of(graph.op("Sub", u, v)));
    String c =
        graph.op(
            "Concat",
            List.of(leading(products, leading, rank), leading(differences, leading, rank), cosine),
            Attribute.of("axis", 1));
    String centred = graph.op("Sub", c, vector(comparison.mean()));
    String scaled =
        cast(graph.op("Mul", centred, vector(comparison.scale())), TensorData.Type.FLOAT);
    if (comparison.constant() == 0) {
      return scaled;
    }
    String pads = graph.constant("pads", TensorData.ofLongs(0, 0, 0, 1));
    String constant =
        graph.constant("constant", TensorData.ofFloats(new double[] {comparison.constant()}));
    return graph.op("Pad", List.of(scaled, pads, constant));
  }

  private String leading(String value, int count, int rank) {
    if (count == rank) {
      return value;
    }
    return graph.op(
        "Slice",
        List.of(
            value,
            graph.constant("from", TensorData.ofLongs(0)),
            graph.constant("to", TensorData.ofLongs(count)),
            graph.constant("axis", TensorData.ofLongs(1))));
  }

  private String squaredNorm(String value) {
    return sum(graph.op("Mul", value, value));
  }

  private String sum(String value) {
    String axis = graph.constant("axis", TensorData.ofLongs(1));
    return graph.op("ReduceSum", List.of(value, axis), Attribute.of("keepdims", 1));
  }

  private String cast(String value, TensorData.Type type) {
    return graph.op("Cast", List.of(value), Attribute.of("to", type.number()));
  }

  private String doubles(double value) {
    return graph.constant("least", TensorData.ofDoubles(new double[] {value}));
  }

  private String vector(double[] values) {
    return graph.constant("comparison", TensorData.ofDoubles(values, values.length));
  }
}
