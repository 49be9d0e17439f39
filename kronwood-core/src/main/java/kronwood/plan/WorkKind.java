package kronwood.plan;

/**
 * Elementary work of a training, and what one unit of it takes on one core, in nanoseconds. {@link
 * WorkEstimate} counts the units.
 *
 * <p>The times were fitted to epochs of all plans on the shapes of {@code ./kronwood-bench compare
 * --cases planner}, and rounded. Those of firing neurons are for each that is expected to fire,
 * which on Gaussian coordinates is about twice as many as do. On another machine all times are
 * longer or all are shorter; a plan is chosen by their ratios.
 */
enum WorkKind {
  /** Block: a multiplication of a read, where four inputs read the same numbers together. */
  READ_TOGETHER(0.0075),
  /** Block: a multiplication of a read, where an input reads alone. */
  READ_ALONE(0.05),
  /** Weights: a multiplication of a product of matrices. */
  MATRIX_PRODUCT(0.0075),
  /** Weights: a number of a tensor that is laid beside those of other neurons, or changed. */
  TENSOR_NUMBER(1.5),
  /** Block: a run of numbers of 16 neurons that inputs read. */
  READ_RUN(15),
  /** Block: a multiplication of a coefficient with what its input writes. */
  SUM(0.04),
  /** Block: a list of a neuron's entries of a column, for one strip of what they write. */
  SUM_RUN(8),
  /** Block: a number of such sums, turned around and added to a state. */
  TURN(0.15),
  /** Block: a number of a state that comes from memory and goes back. */
  MEMORY(0.35),
  /** Block: a number that an input reads or writes with; one of a Gram matrix or of a product. */
  ROW(3.3),
  /** Block: such a number, brought from memory for 16 neurons. */
  ROW_FROM_MEMORY(0.28),
  /** Weights: an initial weight that is made of its seed and index. */
  NORMAL_NUMBER(8),
  /** Block: 16 samples for which one entry of a neuron's log is pulled. */
  PULL(0.6),
  /** Block: a factor of an inner product of a sample with one in the log. */
  LOG_PRODUCT(0.12),
  /** Block: an inner product of an entity of a sample with one in the log. */
  LOG_ENTITY(6),
  /** A multiplication of an inner product of entities that is not stored. */
  GRAM_PRODUCT(0.2),
  /** Block: a neuron that fires, or nearly: found, logged, its drift bound moved. */
  LOGGED(80),
  /** Block: the pre-activation of a neuron on a sample, without reading its state. */
  LEAF(1.5),
  /** Block: a neuron after a batch. */
  NEURON_OF_BATCH(10),
  /** A neuron that fires, whatever the engine. */
  FIRED(35),
  /** Eager: a factor of an inner product of two inputs. */
  INPUT_PRODUCT(1),
  /** Eager: a multiplication of a coefficient with an inner product. */
  INPUT_SUM(0.2),
  /** Eager: a leaf of a tree that changes, and the path above it. */
  TREE_LEAF(3),
  /** Dense: a multiplication of a query. */
  DENSE_PRODUCT(0.3),
  /** Dense: a multiplication of an update. */
  DENSE_SUM(0.3),
  /** Dense: a number of an input written out. */
  MATERIALISE(1.5),
  /** A batch, whatever the engine. */
  BATCH(10_000);

  private final double nanos;

  WorkKind(double nanos) {
    this.nanos = nanos;
  }

  /** Nanoseconds of one unit. */
  double nanos() {
    return nanos;
  }
}
