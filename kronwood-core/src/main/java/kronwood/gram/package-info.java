/**
 * Factor Gram matrices, and the coordinates that stand for them.
 *
 * <p>Each entity table becomes a table of coordinates {@code u} whose inner products are the
 * entries of its (clipped, centred, scaled) Gram matrix. Everything is fitted on the entities that
 * occur in training and applied to all others, so that nothing of a test entity reaches the
 * training. Inputs of several entities, neurons and training do not belong here.
 */
@NullMarked
package kronwood.gram;

import org.jspecify.annotations.NullMarked;
