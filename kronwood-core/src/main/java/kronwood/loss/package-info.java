/**
 * What is minimised: losses, the tasks that they are for, how targets are encoded for them, and how
 * predictions are measured against targets.
 *
 * <p>A loss knows one sample's outputs and target. Networks, steps and data files do not belong
 * here.
 */
@NullMarked
package kronwood.loss;

import org.jspecify.annotations.NullMarked;
