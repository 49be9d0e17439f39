package kronwood.data;

/**
 * What is known of a table's entities: one feature vector each ({@link DenseFeatures}, {@link
 * SparseFeatures}), their similarities ({@link Similarities}), or several such {@link Blocks}.
 */
public sealed interface Attributes permits Features, Similarities, Blocks {
  /** Number of entities described. */
  int entities();

  /** Values per entity: features, or reference entities a similarity is given to. */
  int columns();
}
