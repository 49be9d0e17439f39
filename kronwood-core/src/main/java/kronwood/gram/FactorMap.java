package kronwood.gram;

import kronwood.data.Attributes;

/**
 * Takes an entity's attributes to its coordinates {@code u ∈ R^rank}, such that {@code ⟨u, u'⟩} is
 * the entry of the factor's Gram matrix.
 *
 * <p>Fitted once on the training entities ({@link FactorFit}) and then the same for every entity,
 * known or new.
 */
public sealed interface FactorMap
    permits DirectFeatureMap, PivotFeatureMap, SimilarityMap, BlocksMap, ComponentMap, IdentityMap {
  /** Number of coordinates, including the constant one if there is one. */
  int rank();

  /** Attribute columns expected: features, or similarities to the training entities. */
  int columns();

  /**
   * Writes the coordinates of one entity to {@code out[offset … offset + rank() − 1]}.
   *
   * @throws IllegalArgumentException if the attributes are of another kind or width than fitted
   */
  void embed(Attributes attributes, int entity, double[] out, int offset);

  /**
   * Coordinates of all entities as a table.
   *
   * @throws IllegalArgumentException as {@link #embed}
   */
  default FactorTable embedAll(Attributes attributes) {
    int rank = rank();
    double[] coordinates = new double[Math.multiplyExact(attributes.entities(), rank)];
    for (int e = 0; e < attributes.entities(); e++) {
      embed(attributes, e, coordinates, e * rank);
    }
    return FactorTable.of(attributes.entities(), rank, coordinates);
  }
}
