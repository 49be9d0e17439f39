package kronwood.data;

/**
 * What is known of a table's entities: one feature vector each ({@link DenseFeatures}, {@link
 * SparseFeatures}), or their similarities ({@link Similarities}).
 */
public sealed interface Attributes permits Features, Similarities {
  /** Number of entities described. */
  int entities();

  /** Values per entity: features, or reference entities a similarity is given to. */
  int columns();
}
