package kronwood.gram;

import kronwood.data.Attributes;
import kronwood.data.Features;

/**
 * Coordinates are the features themselves, centred and scaled: {@code u = scale · (φ − mean)} on
 * the columns that vary over the training entities, then the constant coordinate.
 *
 * <p>Used where there are no more features than training entities. The arrays are not copied.
 *
 * @param mean centre of each column, length columns (zeros if not centred)
 * @param kept columns that become coordinates, increasing
 * @param scale factor on all of them
 * @param constant last coordinate of every entity, or 0 for none
 */
public record DirectFeatureMap(double[] mean, int[] kept, double scale, double constant)
    implements FactorMap {
  @Override
  public int rank() {
    return Math.max(1, kept.length + (constant > 0 ? 1 : 0));
  }

  @Override
  public int columns() {
    return mean.length;
  }

  @Override
  public void embed(Attributes attributes, int entity, double[] out, int offset) {
    Features features = FactorInputs.features(attributes, columns());
    double[] row = new double[mean.length];
    features.addTo(entity, 1, row);
    for (int c = 0; c < kept.length; c++) {
      out[offset + c] = scale * (row[kept[c]] - mean[kept[c]]);
    }
    FactorInputs.writeConstant(constant, out, offset + kept.length);
  }
}
