package kronwood.gram;

import kronwood.data.Attributes;
import kronwood.data.Similarities;
import kronwood.math.kernel.Kernels;

/**
 * Coordinates from similarities {@code g} to the training entities: {@code u = map · g + offset},
 * then the constant coordinate. Clipping, centring, the Cholesky factor's inverse and the scale are
 * all in {@code map} and {@code offset}.
 *
 * <p>Cost of an entity: rank · columns. The arrays are not copied.
 *
 * @param columns number of training entities
 * @param map row-major, coordinates × columns
 * @param offset one value per coordinate
 * @param constant last coordinate of every entity, or 0 for none
 */
public record SimilarityMap(int columns, double[] map, double[] offset, double constant)
    implements FactorMap {
  @Override
  public int rank() {
    return Math.max(1, offset.length + (constant > 0 ? 1 : 0));
  }

  @Override
  public void embed(Attributes attributes, int entity, double[] out, int position) {
    Similarities similarities = FactorInputs.similarities(attributes, columns);
    double[] g = new double[columns];
    for (int j = 0; j < columns; j++) {
      g[j] = similarities.value(entity, j);
    }
    embed(g, out, position);
  }

  /** Writes the coordinates of an entity with similarities {@code g} to {@code out[position …]}. */
  void embed(double[] g, double[] out, int position) {
    Kernels kernels = Kernels.active();
    for (int p = 0; p < offset.length; p++) {
      out[position + p] = offset[p] + kernels.dot(map, p * columns, g, 0, columns);
    }
    FactorInputs.writeConstant(constant, out, position + offset.length);
  }
}
