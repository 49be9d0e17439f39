/**
 * Factor Gram matrices, and the coordinates that stand for them.
 *
 * <p>Each entity table becomes a table of coordinates {@code u} whose inner products are the
 * entries of its (clipped, centred, scaled) Gram matrix; a sample's input is the Kronecker product
 * of its entities' coordinates and is never formed. Everything is fitted on the entities that occur
 * in training and applied to all others, so that nothing of a test entity reaches the training.
 * Neurons and training do not belong here.
 */
@NullMarked
package kronwood.gram;

import org.jspecify.annotations.NullMarked;
