package kronwood.data;

import java.util.List;
import kronwood.fault.InputException;

/**
 * Attributes of several kinds at once: the table's Gram matrix is the weighted sum of the blocks'.
 *
 * <p>The columns of the blocks follow each other, in the order of the blocks.
 *
 * @param blocks at least one, each of the same entities
 */
public record Blocks(List<Block> blocks) implements Attributes {
  /**
   * Checks that the blocks fit together.
   *
   * @throws InputException if there is none, or they differ in their number of entities
   */
  public Blocks {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new InputException("a table needs at least one block");
    }
    Block first = blocks.getFirst();
    for (Block block : blocks) {
      if (block.entities() != first.entities()) {
        throw new InputException(
            "'"
                + first.name()
                + "' describes "
                + first.entities()
                + " entities, '"
                + block.name()
                + "' "
                + block.entities());
      }
    }
  }

  /**
   * Whether each entity is described by features of its own, be they numbers, cells or what it
   * occurs with, rather than relative to other entities of the table.
   */
  public boolean areFeatures() {
    return blocks.stream()
        .allMatch(
            block ->
                switch (block) {
                  case Block.OfFeatures _, Block.OfCells _, Block.OfProfile _ -> true;
                  case Block.OfSimilarities _, Block.OfIdentity _ -> false;
                });
  }

  @Override
  public int entities() {
    return blocks.getFirst().entities();
  }

  @Override
  public int columns() {
    return blocks.stream().mapToInt(Block::columns).reduce(0, Math::addExact);
  }

  /** Whether entities are told apart by their ids and interactions only, by the latter at least. */
  public boolean areProfiles() {
    return blocks.stream().anyMatch(Block.OfProfile.class::isInstance)
        && blocks.stream()
            .allMatch(
                block -> block instanceof Block.OfProfile || block instanceof Block.OfIdentity);
  }

  /** The same blocks of the listed entities only, in that order. */
  public Blocks select(int[] entities) {
    return new Blocks(blocks.stream().map(block -> block.select(entities)).toList());
  }
}
