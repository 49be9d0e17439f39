/**
 * Inputs of samples: Kronecker products of entities' coordinates, sums of such products, and
 * comparisons of two entities; their norms, inner products, and contractions with weights.
 *
 * <p>No input is ever formed. How attributes become coordinates belongs to {@code kronwood.gram}.
 */
@NullMarked
package kronwood.input;

import org.jspecify.annotations.NullMarked;
