/**
 * Files of checkpoints: how the state of a training is written, read back and told to be whole, by
 * one process or by each of several that share the neurons.
 *
 * <p>What a checkpoint means to a training does not belong here.
 */
@NullMarked
package kronwood.fit.checkpoint;

import org.jspecify.annotations.NullMarked;
