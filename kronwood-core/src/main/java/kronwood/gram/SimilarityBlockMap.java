package kronwood.gram;

import kronwood.data.Block;
import kronwood.data.Similarities;

/**
 * Similarities that are given: {@code k(e, j)} is the entry itself.
 *
 * @param name name of the block
 * @param weight weight in the sum
 * @param scale factor on the similarities
 * @param columns number of training entities
 */
public record SimilarityBlockMap(String name, double weight, double scale, int columns)
    implements BlockMap {
  @Override
  public SimilarityBlockMap withScale(double scale) {
    return new SimilarityBlockMap(name, weight, scale, columns);
  }

  @Override
  public Block prepare(Block block) {
    if (block instanceof Block.OfSimilarities && block.columns() == columns) {
      return block;
    }
    throw BlockMap.mismatch(this, block);
  }

  @Override
  public void add(Block prepared, int entity, int from, int to, double[] out, int offset) {
    Similarities similarities = ((Block.OfSimilarities) prepared).similarities();
    for (int j = from; j < to; j++) {
      out[offset + j] += scale * similarities.value(entity, j);
    }
  }
}
