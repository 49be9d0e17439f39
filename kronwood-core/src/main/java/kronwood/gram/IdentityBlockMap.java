package kronwood.gram;

import kronwood.data.Block;

/**
 * Whether entities are the same: {@code k(e, j) = 1} if e is the training entity j, else 0.
 *
 * @param weight weight in the sum
 * @param scale factor on it
 * @param columns number of training entities
 */
public record IdentityBlockMap(double weight, double scale, int columns) implements BlockMap {
  @Override
  public String name() {
    return Block.OfIdentity.NAME;
  }

  @Override
  public IdentityBlockMap withScale(double scale) {
    return new IdentityBlockMap(weight, scale, columns);
  }

  @Override
  public Block prepare(Block block) {
    if (block instanceof Block.OfIdentity && block.columns() == columns) {
      return block;
    }
    throw BlockMap.mismatch(this, block);
  }

  @Override
  public void add(Block prepared, int entity, int from, int to, double[] out, int offset) {
    int reference = ((Block.OfIdentity) prepared).reference()[entity];
    if (reference >= from && reference < to) {
      out[offset + reference] += scale;
    }
  }
}
