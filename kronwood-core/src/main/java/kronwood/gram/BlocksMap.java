package kronwood.gram;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.fault.InputException;
import kronwood.math.Parallel;

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
  private static final int ENTITIES_PER_TASK = 16;

  /**
   * Copies the list.
   *
   * @throws InputException if there is no block
   */
  public BlocksMap {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new InputException("a map of blocks needs at least one");
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
    return embedPrepared(prepare(attributes));
  }

  /** Coordinates of all entities of blocks as {@link BlockMap#prepare} returns them. */
  FactorTable embedPrepared(List<Block> prepared) {
    int entities = prepared.getFirst().entities();
    double[] coordinates = new double[Math.multiplyExact(entities, rank())];
    embedPrepared(prepared, _ -> true, coordinates);
    return FactorTable.of(entities, rank(), coordinates);
  }

  /** Writes the coordinates of those entities that are wanted. */
  void embedPrepared(List<Block> prepared, IntPredicate wanted, double[] coordinates) {
    int rank = rank();
    try (Parallel parallel = Parallel.of(Runtime.getRuntime().availableProcessors())) {
      parallel.forRange(
          prepared.getFirst().entities(),
          ENTITIES_PER_TASK,
          (from, to, worker) -> {
            for (int e = from; e < to; e++) {
              if (wanted.test(e)) {
                embed(prepared, e, coordinates, e * rank);
              }
            }
          });
    }
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
      blocks.get(b).add(prepared.get(b), entity, 0, n, g, 0);
    }
    projection.embed(g, out, offset);
  }
}
