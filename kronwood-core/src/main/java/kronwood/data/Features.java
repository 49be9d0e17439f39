package kronwood.data;

/** One feature vector per entity, all of the same length {@link #columns()}. */
public sealed interface Features extends Attributes permits DenseFeatures, SparseFeatures {

  /**
   * Inner product of one entity's feature vector with a vector of length {@link #columns()}: {@code
   * Σ_c φ_c · vector_c}. Cost: the entity's stored values.
   */
  double dot(int entity, double[] vector);

  /** {@code vector += alpha · φ} for one entity. Cost: the entity's stored values. */
  void addTo(int entity, double alpha, double[] vector);

  /**
   * {@code Σ_c min(φ_c, vector_c)} where neither has a negative value. Cost: the entity's stored
   * values.
   */
  double minimum(int entity, double[] vector);

  /** Squared Euclidean norm of one entity's feature vector. */
  double squaredNorm(int entity);

  /**
   * The same kind of table holding only the listed entities, in that order; an entity may be listed
   * more than once.
   */
  Features select(int[] entities);
}
