package kronwood.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kronwood.data.Block;
import kronwood.data.Features;
import kronwood.export.OnnxGraph.Attribute;
import kronwood.fault.InputException;
import kronwood.gram.BlockMap;
import kronwood.gram.BlocksMap;
import kronwood.gram.ComponentMap;
import kronwood.gram.DirectFeatureMap;
import kronwood.gram.EncodedBlockMap;
import kronwood.gram.FactorMap;
import kronwood.gram.FeatureBlockMap;
import kronwood.gram.IdentityBlockMap;
import kronwood.gram.IdentityMap;
import kronwood.gram.PivotFeatureMap;
import kronwood.gram.ProfileBlockMap;
import kronwood.gram.SimilarityBlockMap;
import kronwood.gram.SimilarityMap;
import kronwood.model.ModelBlock;
import kronwood.model.ModelTable;

/**
 * The part of a graph from attributes to coordinates: a {@link FactorMap}, in double precision.
 *
 * <p>An entity that is given by its attributes is a new one. So it has nothing in common with any
 * training entity in a block of identities, which is left out.
 */
final class AttributeNodes {
  private final OnnxGraph graph;
  private final ModelTable table;

  AttributeNodes(OnnxGraph graph, ModelTable table) {
    this.graph = graph;
    this.table = table;
  }

  /**
   * The columns that a graph takes, in their order: all of the table's but those of identities.
   *
   * @throws InputException if a map of the table's cannot be a part of a graph
   */
  static List<String> columns(ModelTable table) {
    List<String> columns = new ArrayList<>();
    for (ModelBlock block : table.blocks()) {
      if (block.kind() == ModelBlock.Kind.CELLS) {
        throw unable(table, "encodes columns of block '" + block.name() + "'");
      }
      if (block.kind() != ModelBlock.Kind.IDENTITY) {
        columns.addAll(block.columns());
      }
    }
    if (columns.isEmpty()) {
      throw unable(table, "has nothing but the ids of the entities");
    }
    return columns;
  }

  private static InputException unable(ModelTable table, String why) {
    return new InputException(
        "table '%s' %s, which is no part of a graph: export it with inputs of coordinates, and let 'kronwood encode' make those of new entities"
            .formatted(table.name(), why));
  }

  /**
   * Coordinates, float [N, rank].
   *
   * @param attributes float [N, columns]
   * @param zeros float [N, 1]: 0, or NaN where an attribute is not finite
   */
  String coordinates(String attributes, String zeros) {
    FactorMap map = table.map();
    String given = cast(attributes, TensorData.Type.DOUBLE);
    double constant = constant(map);
    int varying = varying(map);
    if (varying == 0) {
      // The one coordinate of entities that are all alike.
      String scalar = graph.constant("constant", TensorData.ofFloats(new double[] {constant}));
      return graph.op("Add", zeros, scalar);
    }
    String u = cast(varying(map, given), TensorData.Type.FLOAT);
    return map.rank() == varying ? u : padded(u, constant);
  }

  private String padded(String u, double constant) {
    String pads = graph.constant("pads", TensorData.ofLongs(0, 0, 0, 1));
    String value = graph.constant("constant", TensorData.ofFloats(new double[] {constant}));
    return graph.op("Pad", List.of(u, pads, value));
  }

  private static double constant(FactorMap map) {
    return switch (map) {
      case DirectFeatureMap direct -> direct.constant();
      case PivotFeatureMap pivot -> pivot.constant();
      case SimilarityMap similarity -> similarity.constant();
      case BlocksMap blocks -> blocks.projection().constant();
      case ComponentMap components -> components.constant();
      case IdentityMap _ -> throw sparse();
    };
  }

  private static IllegalStateException sparse() {
    return new IllegalStateException("sparse coordinates are in no graph");
  }

  /** Number of coordinates that are not the constant one. */
  private static int varying(FactorMap map) {
    return switch (map) {
      case DirectFeatureMap direct -> direct.kept().length;
      case PivotFeatureMap pivot -> pivot.pivots().entities();
      case SimilarityMap similarity -> similarity.offset().length;
      case BlocksMap blocks -> blocks.projection().offset().length;
      case ComponentMap components -> components.components();
      case IdentityMap _ -> throw sparse();
    };
  }

  /** All coordinates but the constant one. */
  private String varying(FactorMap map, String given) {
    return switch (map) {
      case DirectFeatureMap direct -> direct(direct, given);
      case PivotFeatureMap pivot -> pivot(pivot, given);
      case SimilarityMap similarity -> projected(similarity, given);
      case BlocksMap blocks -> projected(blocks.projection(), similarities(blocks, given));
      case ComponentMap components -> {
        FactorMap base = components.base();
        int width = components.matrix().length / components.components();
        yield product(varying(base, given), components.matrix(), components.components(), width);
      }
      case IdentityMap _ -> throw sparse();
    };
  }

  private String direct(DirectFeatureMap map, String given) {
    int[] kept = map.kept();
    double[] mean = IntStream.of(kept).mapToDouble(c -> map.mean()[c]).toArray();
    String columns = given;
    if (kept.length < map.columns()) {
      long[] chosen = IntStream.of(kept).asLongStream().toArray();
      columns =
          graph.op(
              "Gather",
              List.of(given, graph.constant("kept", TensorData.ofLongs(chosen))),
              Attribute.of("axis", 1));
    }
    String centred = graph.op("Sub", columns, doubles("mean", mean));
    return graph.op("Mul", centred, doubles("scale", map.scale()));
  }

  private String pivot(PivotFeatureMap map, String given) {
    int pivots = map.pivots().entities();
    int columns = map.columns();
    String centred = graph.op("Sub", given, doubles("mean", map.mean()));
    double[] features = centred(map.pivots(), map.mean());
    String g = product(centred, features, pivots, columns);
    double[] inverse = LowerTriangle.inverse(map.lower(), pivots);
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] *= map.scale();
    }
    return product(g, inverse, pivots, pivots);
  }

  private String projected(SimilarityMap map, String g) {
    String matrix =
        graph.constant("map", TensorData.ofDoubles(map.map(), map.offset().length, map.columns()));
    return graph.op(
        "Gemm", List.of(g, matrix, doubles("offset", map.offset())), Attribute.of("transB", 1));
  }

  /** Similarities to the training entities, summed over the blocks. */
  private String similarities(BlocksMap map, String given) {
    String sum = "";
    int from = 0;
    double[] profiles = null;
    for (BlockMap block : map.blocks()) {
      if (block instanceof IdentityBlockMap) {
        continue;
      }
      if (block instanceof ProfileBlockMap profile) {
        profiles = ofNoInteractions(profile);
        continue;
      }
      String part = map.blocks().size() == 1 ? given : columns(given, from, block.columns());
      from += block.columns();
      String compared = graph.op("Mul", similarities(block, part), doubles("scale", block.scale()));
      sum = sum.isEmpty() ? compared : graph.op("Add", sum, compared);
    }
    return profiles == null ? sum : graph.op("Add", sum, doubles("profiles", profiles));
  }

  /** What an entity that occurs with nothing has in common with the training entities. */
  private static double[] ofNoInteractions(ProfileBlockMap map) {
    double[] similarities = new double[map.features().references().entities()];
    Block none = new Block.OfProfile(map.weight(), map.features().kernel(), 1);
    map.add(map.prepare(none), 0, 0, similarities.length, similarities, 0);
    return similarities;
  }

  private String columns(String given, int from, int count) {
    return graph.op(
        "Slice",
        List.of(
            given,
            graph.constant("from", TensorData.ofLongs(from)),
            graph.constant("to", TensorData.ofLongs(from + count)),
            graph.constant("axis", TensorData.ofLongs(1))));
  }

  private String similarities(BlockMap block, String given) {
    return switch (block) {
      case SimilarityBlockMap _ -> given;
      case FeatureBlockMap features -> kernel(features, given);
      case EncodedBlockMap encoded -> throw unable(table, "encodes '" + encoded.name() + "'");
      case IdentityBlockMap _, ProfileBlockMap _ ->
          throw new IllegalStateException("left out: " + block.name());
    };
  }

  private String kernel(FeatureBlockMap block, String given) {
    int entities = block.references().entities();
    int columns = block.columns();
    double[] references = centred(block.references(), block.centre());
    double[] squares = new double[entities];
    for (int j = 0; j < entities; j++) {
      for (int c = 0; c < columns; c++) {
        squares[j] += references[j * columns + c] * references[j * columns + c];
      }
    }
    String row = graph.op("Sub", given, doubles("centre", block.centre()));
    String products = product(row, references, entities, columns);
    return switch (block.kernel().kind()) {
      case LINEAR -> products;
      case COSINE -> {
        double[] inverse = new double[entities];
        for (int j = 0; j < entities; j++) {
          inverse[j] = squares[j] > 0 ? 1 / Math.sqrt(squares[j]) : 0;
        }
        String norm = graph.op("Sqrt", List.of(squaredNorm(row)));
        // The product with a zero vector is 0, whatever it is divided by.
        String divisor = graph.op("Max", norm, doubles("least", Double.MIN_NORMAL));
        String scaled = graph.op("Mul", products, doubles("inverse_norms", inverse));
        yield graph.op("Div", scaled, divisor);
      }
      case GAUSSIAN -> {
        String sizes = graph.op("Add", squaredNorm(row), doubles("squares", squares));
        String twice = graph.op("Mul", products, doubles("two", 2));
        String distance = graph.op("Max", graph.op("Sub", sizes, twice), doubles("least", 0));
        double factor = -1 / (2 * block.bandwidth() * block.bandwidth());
        yield graph.op("Exp", List.of(graph.op("Mul", distance, doubles("factor", factor))));
      }
      case TANIMOTO ->
          throw unable(table, "compares block '" + block.name() + "' by the kernel tanimoto");
    };
  }

  private String squaredNorm(String row) {
    String axis = graph.constant("axis", TensorData.ofLongs(1));
    return graph.op(
        "ReduceSum", List.of(graph.op("Mul", row, row), axis), Attribute.of("keepdims", 1));
  }

  /** Features less their centre, entities × columns. */
  private static double[] centred(Features features, double[] centre) {
    double[] all = new double[Math.multiplyExact(features.entities(), centre.length)];
    double[] row = new double[centre.length];
    for (int e = 0; e < features.entities(); e++) {
      for (int c = 0; c < row.length; c++) {
        row[c] = -centre[c];
      }
      features.addTo(e, 1, row);
      System.arraycopy(row, 0, all, e * row.length, row.length);
    }
    return all;
  }

  /** Inner products with the rows of a matrix. */
  private String product(String vectors, double[] matrix, int rows, int columns) {
    String constant = graph.constant("matrix", TensorData.ofDoubles(matrix, rows, columns));
    return graph.op("Gemm", List.of(vectors, constant), Attribute.of("transB", 1));
  }

  private String doubles(String name, double... values) {
    return graph.constant(
        name,
        values.length == 1
            ? TensorData.ofDoubles(values)
            : TensorData.ofDoubles(values, values.length));
  }

  private String cast(String value, TensorData.Type type) {
    return graph.op("Cast", List.of(value), Attribute.of("to", type.number()));
  }
}
