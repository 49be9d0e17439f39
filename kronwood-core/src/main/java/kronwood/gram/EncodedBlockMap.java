package kronwood.gram;

import java.util.List;
import kronwood.data.Block;
import kronwood.data.Cells;
import kronwood.data.Features;
import kronwood.encode.Encoder;
import kronwood.fault.InputException;

/**
 * Cells that an encoder makes feature vectors of, compared with those of the training entities.
 *
 * @param encoder fitted on the training entities
 * @param features compares its vectors
 */
public record EncodedBlockMap(Encoder encoder, FeatureBlockMap features) implements BlockMap {
  /**
   * Checks that vectors are compared with others of the same length.
   *
   * @throws InputException if not; the message names both lengths
   */
  public EncodedBlockMap {
    int made = encoder.encode(Cells.of(encoder.columns(), List.of())).columns();
    if (made != features.columns()) {
      throw new InputException(
          "the encoder of block '"
              + features.name()
              + "' makes "
              + made
              + " features, the training entities have "
              + features.columns());
    }
  }

  @Override
  public String name() {
    return features.name();
  }

  @Override
  public double weight() {
    return features.weight();
  }

  @Override
  public double scale() {
    return features.scale();
  }

  @Override
  public int columns() {
    return encoder.columns();
  }

  @Override
  public EncodedBlockMap withScale(double scale) {
    return new EncodedBlockMap(encoder, features.withScale(scale));
  }

  @Override
  public Block prepare(Block block) {
    if (!(block instanceof Block.OfCells given) || block.columns() != columns()) {
      throw BlockMap.mismatch(this, block);
    }
    try {
      Features encoded = encoder.encode(given.cells());
      return features.prepare(new Block.OfFeatures(name(), weight(), features.kernel(), encoded));
    } catch (IllegalArgumentException e) {
      throw new InputException("'" + name() + "', " + e.getMessage(), e);
    }
  }

  @Override
  public void add(Block prepared, int entity, int from, int to, double[] out, int offset) {
    features.add(prepared, entity, from, to, out, offset);
  }
}
