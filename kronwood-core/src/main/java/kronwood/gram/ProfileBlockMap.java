package kronwood.gram;

import kronwood.data.Block;
import kronwood.data.Features;
import kronwood.data.SparseFeatures;

/**
 * Interaction profiles compared with those of the training entities. A new entity without a profile
 * is compared as one that occurs with nothing.
 *
 * @param features compares the profiles
 */
public record ProfileBlockMap(FeatureBlockMap features) implements BlockMap {
  @Override
  public String name() {
    return Block.OfProfile.NAME;
  }

  @Override
  public double weight() {
    return features.weight();
  }

  @Override
  public double scale() {
    return features.scale();
  }

  /** None: nobody brings them. */
  @Override
  public int columns() {
    return 0;
  }

  @Override
  public ProfileBlockMap withScale(double scale) {
    return new ProfileBlockMap(features.withScale(scale));
  }

  @Override
  public Block prepare(Block block) {
    if (!(block instanceof Block.OfProfile given)) {
      throw BlockMap.mismatch(this, block);
    }
    Features profiles = given.profiles();
    if (profiles == null) {
      profiles =
          SparseFeatures.of(
              features.columns(), new int[given.entities() + 1], new int[0], new float[0]);
    }
    return features.prepare(new Block.OfFeatures(name(), weight(), features.kernel(), profiles));
  }

  @Override
  public void add(Block prepared, int entity, int from, int to, double[] out, int offset) {
    features.add(prepared, entity, from, to, out, offset);
  }
}
