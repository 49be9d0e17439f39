package kronwood.state;

/**
 * The coordinates a neuron's state has along one mode, for a mode of n entities and rank r.
 *
 * <pre>
 *                stored along the axis                   read an entity    apply an update
 *   WEIGHT       feature coordinates                     r                 r
 *   VALUE        contracted with every entity            1                 n
 *   COEFFICIENT  expansion over entities                 n                 1
 * </pre>
 *
 * <p>All are exact, in any mix over the modes; they differ in cost.
 */
public enum Representation {
  /** Feature coordinates: the usual weights. */
  WEIGHT,
  /** Already contracted with every entity: inner products, as the paper keeps them. */
  VALUE,
  /** Coefficients of the entities; the Gram matrix is applied when reading. */
  COEFFICIENT
}
