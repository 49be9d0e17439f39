package kronwood.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.EntityTable;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.data.Similarities;

/**
 * How the entities of one table are compared: weights of its blocks, kernels, and the weight of an
 * identity, by which an entity can differ from others with the same attributes.
 *
 * @param identity weight of the identity, 0 for none
 * @param weights weight of each other block
 * @param kernels for each other block how its features are compared, linear if it has none
 */
public record TableForm(double identity, List<Double> weights, List<FeatureKernel> kernels) {
  private static final List<Double> IDENTITIES = List.of(0.0, 0.1, 0.5, 2.0);
  private static final double FACTOR = 3;
  private static final double SMALLEST_WEIGHT = 1.0 / 81;
  private static final double LARGEST_WEIGHT = 81;
  private static final double WIDTH_FACTOR = 2;
  private static final double SMALLEST_WIDTH = 1.0 / 16;
  private static final double LARGEST_WIDTH = 16;

  public TableForm {
    weights = List.copyOf(weights);
    kernels = List.copyOf(kernels);
  }

  /** How a table is compared as it was given. */
  static TableForm of(EntityTable table) {
    double identity = 0;
    List<Double> weights = new ArrayList<>();
    List<FeatureKernel> kernels = new ArrayList<>();
    for (Block block : blocks(table)) {
      if (block instanceof Block.OfIdentity given) {
        identity = given.weight();
      } else {
        weights.add(block.weight());
        kernels.add(kernel(block));
      }
    }
    return new TableForm(identity, weights, kernels);
  }

  /** The table compared in this form; itself if that is its own. */
  public EntityTable apply(EntityTable table) {
    if (equals(of(table))) {
      return table;
    }
    List<Block> blocks = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    int column = 0;
    for (Block block : blocks(table)) {
      int next = column + block.columns();
      if (!(block instanceof Block.OfIdentity)) {
        int b = blocks.size();
        blocks.add(reweighted(block, weights.get(b), kernels.get(b)));
        columns.addAll(table.columns().subList(column, next));
      }
      column = next;
    }
    if (identity > 0) {
      blocks.add(Block.OfIdentity.among(table.size(), identity));
      columns.addAll(table.ids().asList());
    }
    return new EntityTable(table.name(), table.ids(), columns, new Blocks(blocks));
  }

  private static List<Block> blocks(EntityTable table) {
    return switch (table.attributes()) {
      case Features features ->
          List.of(new Block.OfFeatures("features", 1, FeatureKernel.LINEAR, features));
      case Similarities given -> List.of(new Block.OfSimilarities("similarity 1", 1, given));
      case Blocks several -> several.blocks();
    };
  }

  private static Block reweighted(Block block, double weight, FeatureKernel kernel) {
    return switch (block) {
      case Block.OfFeatures given ->
          new Block.OfFeatures(given.name(), weight, kernel, given.features());
      case Block.OfCells given ->
          new Block.OfCells(given.name(), weight, kernel, given.encoding(), given.cells());
      case Block.OfSimilarities given ->
          new Block.OfSimilarities(given.name(), weight, given.similarities());
      case Block.OfProfile given ->
          new Block.OfProfile(weight, kernel, given.entities(), given.profiles());
      case Block.OfIdentity given ->
          new Block.OfIdentity(weight, given.columns(), given.reference());
    };
  }

  /** The same with another weight of the identity. */
  TableForm identified(double weight) {
    return new TableForm(weight, weights, kernels);
  }

  /** Another share of the identity, larger or smaller. */
  Optional<TableForm> withIdentity(int direction) {
    int at = 0;
    while (at < IDENTITIES.size() - 1 && IDENTITIES.get(at) < identity) {
      at++;
    }
    int next = at + direction;
    return next < 0 || next >= IDENTITIES.size() || (next == 0 && weights.isEmpty())
        ? Optional.empty()
        : Optional.of(new TableForm(IDENTITIES.get(next), weights, kernels));
  }

  /** Another weight of a block, larger or smaller. */
  Optional<TableForm> withWeight(int block, int direction) {
    double weight = weights.get(block) * (direction > 0 ? FACTOR : 1 / FACTOR);
    if (weight < SMALLEST_WEIGHT || weight > LARGEST_WEIGHT) {
      return Optional.empty();
    }
    List<Double> changed = new ArrayList<>(weights);
    changed.set(block, weight);
    return Optional.of(new TableForm(identity, changed, kernels));
  }

  /** The Gaussian kernel of median width for a block that is linear, or linear again. */
  Optional<TableForm> withGaussian(int block, int direction) {
    return kernels.get(block).isGaussian() == direction > 0
        ? Optional.empty()
        : Optional.of(
            withKernel(block, direction > 0 ? FeatureKernel.GAUSSIAN : FeatureKernel.LINEAR));
  }

  /** Another width of a block that is compared by a Gaussian, larger or smaller. */
  Optional<TableForm> withWidth(int block, int direction) {
    double width = kernels.get(block).width() * (direction > 0 ? WIDTH_FACTOR : 1 / WIDTH_FACTOR);
    return !kernels.get(block).isGaussian() || width < SMALLEST_WIDTH || width > LARGEST_WIDTH
        ? Optional.empty()
        : Optional.of(withKernel(block, FeatureKernel.gaussian(width)));
  }

  private TableForm withKernel(int block, FeatureKernel kernel) {
    List<FeatureKernel> changed = new ArrayList<>(kernels);
    changed.set(block, kernel);
    return new TableForm(identity, weights, changed);
  }

  private static FeatureKernel kernel(Block block) {
    return switch (block) {
      case Block.OfFeatures given -> given.kernel();
      case Block.OfCells given -> given.kernel();
      case Block.OfProfile given -> given.kernel();
      case Block.OfSimilarities _, Block.OfIdentity _ -> FeatureKernel.LINEAR;
    };
  }

  private static Block other(EntityTable table, int block) {
    return blocks(table).stream()
        .filter(one -> !(one instanceof Block.OfIdentity))
        .toList()
        .get(block);
  }

  /** Whether a block's kernel may be changed: that of features compared linearly may. */
  static boolean isLinear(EntityTable table, int block) {
    Block given = other(table, block);
    return !(given instanceof Block.OfSimilarities) && kernel(given).equals(FeatureKernel.LINEAR);
  }

  /** For people: what differs from the table as it was given. */
  String describe(EntityTable table) {
    TableForm given = of(table);
    List<String> differences = new ArrayList<>();
    List<String> names =
        blocks(table).stream()
            .filter(one -> !(one instanceof Block.OfIdentity))
            .map(Block::name)
            .collect(Collectors.toList());
    for (int b = 0; b < weights.size(); b++) {
      String name = table.name() + " " + names.get(b);
      if (!kernels.get(b).equals(given.kernels.get(b))) {
        differences.add(name + " " + kernels.get(b).key());
      }
      if (!weights.get(b).equals(given.weights.get(b))) {
        differences.add(name + " weight " + Numbers.text(weights.get(b)));
      }
    }
    if (identity != given.identity) {
      differences.add(table.name() + " identity " + Numbers.text(identity));
    }
    return String.join(", ", differences);
  }
}
