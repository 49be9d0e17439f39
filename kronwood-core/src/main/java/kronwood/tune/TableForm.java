package kronwood.tune;

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
 * How the entities of one table are compared: weights of its blocks, kernels, and the share of an
 * identity, which lets something be learned of an entity that its attributes do not tell.
 *
 * @param identity weight of the identity, 0 for none
 * @param weights weight of each other block
 * @param gaussian for each other block whether it is compared by the Gaussian kernel instead of the
 *     one it was given with
 */
record TableForm(double identity, List<Double> weights, List<Boolean> gaussian) {
  private static final List<Double> IDENTITIES = List.of(0.0, 0.1, 0.5, 2.0);
  private static final double FACTOR = 3;
  private static final double SMALLEST_WEIGHT = 1.0 / 81;
  private static final double LARGEST_WEIGHT = 81;

  TableForm {
    weights = List.copyOf(weights);
    gaussian = List.copyOf(gaussian);
  }

  /** How a table is compared as it was given. */
  static TableForm of(EntityTable table) {
    double identity = 0;
    List<Double> weights = new ArrayList<>();
    List<Boolean> gaussian = new ArrayList<>();
    for (Block block : blocks(table)) {
      if (block instanceof Block.OfIdentity given) {
        identity = given.weight();
      } else {
        weights.add(block.weight());
        gaussian.add(false);
      }
    }
    return new TableForm(identity, weights, gaussian);
  }

  /** The table compared in this form; itself if that is its own. */
  EntityTable apply(EntityTable table) {
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
        blocks.add(reweighted(block, weights.get(b), gaussian.get(b)));
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

  private static Block reweighted(Block block, double weight, boolean gaussian) {
    return switch (block) {
      case Block.OfFeatures given ->
          new Block.OfFeatures(
              given.name(),
              weight,
              gaussian ? FeatureKernel.GAUSSIAN : given.kernel(),
              given.features());
      case Block.OfCells given ->
          new Block.OfCells(
              given.name(),
              weight,
              gaussian ? FeatureKernel.GAUSSIAN : given.kernel(),
              given.encoding(),
              given.cells());
      case Block.OfSimilarities given ->
          new Block.OfSimilarities(given.name(), weight, given.similarities());
      case Block.OfIdentity given ->
          new Block.OfIdentity(weight, given.columns(), given.reference());
    };
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
        : Optional.of(new TableForm(IDENTITIES.get(next), weights, gaussian));
  }

  /** Another weight of a block, larger or smaller. */
  Optional<TableForm> withWeight(int block, int direction) {
    double weight = weights.get(block) * (direction > 0 ? FACTOR : 1 / FACTOR);
    if (weight < SMALLEST_WEIGHT || weight > LARGEST_WEIGHT) {
      return Optional.empty();
    }
    List<Double> changed = new ArrayList<>(weights);
    changed.set(block, weight);
    return Optional.of(new TableForm(identity, changed, gaussian));
  }

  /** The Gaussian kernel of a block, or the one it was given with. */
  Optional<TableForm> withGaussian(int block, int direction) {
    if (gaussian.get(block) == direction > 0) {
      return Optional.empty();
    }
    List<Boolean> changed = new ArrayList<>(gaussian);
    changed.set(block, direction > 0);
    return Optional.of(new TableForm(identity, weights, changed));
  }

  /** Whether a block's kernel may be changed: linear ones may. */
  static boolean isLinear(EntityTable table, int block) {
    List<Block> others =
        blocks(table).stream().filter(one -> !(one instanceof Block.OfIdentity)).toList();
    return switch (others.get(block)) {
      case Block.OfFeatures given -> given.kernel() == FeatureKernel.LINEAR;
      case Block.OfCells given -> given.kernel() == FeatureKernel.LINEAR;
      case Block.OfSimilarities _, Block.OfIdentity _ -> false;
    };
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
      if (gaussian.get(b)) {
        differences.add(name + " gaussian");
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
