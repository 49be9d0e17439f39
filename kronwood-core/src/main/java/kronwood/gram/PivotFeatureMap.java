package kronwood.gram;

import kronwood.data.Attributes;
import kronwood.data.Features;

/**
 * Coordinates relative to a few training entities, the pivots: {@code u = scale · L⁻¹ g} with
 * {@code g_p = ⟨φ − mean, φ_p − mean⟩} and {@code L Lᵀ} the Gram matrix of the pivots; then the
 * constant coordinate.
 *
 * <p>Used where there are more features than training entities. Lossless on the span of the
 * training entities. Cost of an entity: rank · (its stored features + rank). The arrays are not
 * copied.
 *
 * @param pivots features of the pivots, not centred
 * @param mean centre of each column, length columns (zeros if not centred)
 * @param lower {@code L}, row-major, pivots × pivots, zero above the diagonal
 * @param scale factor on all coordinates but the constant
 * @param constant last coordinate of every entity, or 0 for none
 */
public record PivotFeatureMap(
    Features pivots, double[] mean, double[] lower, double scale, double constant)
    implements FactorMap {
  @Override
  public int rank() {
    return Math.max(1, pivots.entities() + (constant > 0 ? 1 : 0));
  }

  @Override
  public int columns() {
    return mean.length;
  }

  @Override
  public void embed(Attributes attributes, int entity, double[] out, int offset) {
    Features features = FactorInputs.features(attributes, columns());
    int pivotCount = pivots.entities();
    double[] centred = new double[mean.length];
    for (int c = 0; c < mean.length; c++) {
      centred[c] = -mean[c];
    }
    features.addTo(entity, 1, centred);
    double againstMean = 0;
    for (int c = 0; c < mean.length; c++) {
      againstMean += centred[c] * mean[c];
    }
    for (int p = 0; p < pivotCount; p++) {
      double g = pivots.dot(p, centred) - againstMean;
      for (int q = 0; q < p; q++) {
        g -= lower[p * pivotCount + q] * out[offset + q];
      }
      out[offset + p] = g / lower[p * pivotCount + p];
    }
    for (int p = 0; p < pivotCount; p++) {
      out[offset + p] *= scale;
    }
    FactorInputs.writeConstant(constant, out, offset + pivotCount);
  }
}
