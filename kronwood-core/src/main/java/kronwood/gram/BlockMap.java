package kronwood.gram;

import kronwood.data.Block;
import kronwood.fault.InputException;

/**
 * A block as fitted on the training entities: gives the similarities of any entity to them.
 *
 * <p>What {@link #add} adds is {@code scale · k(e, j)}, where {@code scale} is the block's weight
 * over the mean of {@code k(i, i)} of the training entities.
 */
public sealed interface BlockMap
    permits FeatureBlockMap,
        EncodedBlockMap,
        SimilarityBlockMap,
        IdentityBlockMap,
        ProfileBlockMap {
  /** Name of the block. */
  String name();

  /** Weight in the sum, as it was given. */
  double weight();

  /** Factor on the block's similarities; 0 if they do not tell any training entities apart. */
  double scale();

  /** Columns that describe an entity: features, cells or training entities. */
  int columns();

  /** The same map with another factor. */
  BlockMap withScale(double scale);

  /**
   * The block in the form that {@link #add} takes.
   *
   * @throws InputException if it is of another kind or width than fitted
   */
  Block prepare(Block block);

  /**
   * Adds {@code scale · k(entity, j)} to {@code out[offset + j]} for each training entity {@code
   * from ≤ j < to}.
   *
   * @param prepared a block as {@link #prepare} returns it
   * @throws InputException if the entity's values cannot be compared
   */
  void add(Block prepared, int entity, int from, int to, double[] out, int offset);

  /** A block of the wrong kind or width. */
  static IllegalArgumentException mismatch(BlockMap expected, Block found) {
    return new InputException(
        "block '"
            + found.name()
            + "' of "
            + found.columns()
            + " columns does not fit '"
            + expected.name()
            + "' of "
            + expected.columns()
            + " the fit saw");
  }
}
