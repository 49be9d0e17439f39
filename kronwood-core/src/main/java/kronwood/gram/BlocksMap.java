package kronwood.gram;

import java.util.ArrayList;
import java.util.List;
import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;

/**
 * Coordinates from several blocks: with {@code g_j = Σ_b scale_b · k_b(e, j)} the similarities to
 * the training entities, {@code u = matrix · g + offset}, as {@link SimilarityMap} has it.
 *
 * <p>Cost of an entity: the blocks' similarities, and rank · training entities.
 *
 * @param blocks the fitted blocks, at least one
 * @param projection takes the summed similarities to coordinates
 */
public record BlocksMap(List<BlockMap> blocks, SimilarityMap projection) implements FactorMap {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no block
   */
  public BlocksMap {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a map of blocks needs at least one");
    }
  }

  @Override
  public int rank() {
    return projection.rank();
  }

  @Override
  public int columns() {
    return blocks.stream().mapToInt(BlockMap::columns).reduce(0, Math::addExact);
  }

  @Override
  public void embed(Attributes attributes, int entity, double[] out, int offset) {
    embed(prepare(attributes), entity, out, offset);
  }

  @Override
  public FactorTable embedAll(Attributes attributes) {
    List<Block> prepared = prepare(attributes);
    int rank = rank();
    double[] coordinates = new double[Math.multiplyExact(attributes.entities(), rank)];
    for (int e = 0; e < attributes.entities(); e++) {
      embed(prepared, e, coordinates, e * rank);
    }
    return FactorTable.of(attributes.entities(), rank, coordinates);
  }

  private List<Block> prepare(Attributes attributes) {
    Blocks given = FactorInputs.blocks(attributes, blocks.size(), columns());
    List<Block> prepared = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      prepared.add(blocks.get(b).prepare(given.blocks().get(b)));
    }
    return prepared;
  }

  private void embed(List<Block> prepared, int entity, double[] out, int offset) {
    int n = projection.columns();
    double[] g = new double[n];
    for (int b = 0; b < blocks.size(); b++) {
      blocks.get(b).add(prepared.get(b), entity, n, g, 0);
    }
    projection.embed(g, out, offset);
  }
}
