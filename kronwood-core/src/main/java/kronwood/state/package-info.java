/**
 * Where the trained part of every neuron lives: one coordinate system per mode, and the log of what
 * has not been taken in yet.
 *
 * <p>States know inputs and coefficients, not losses, schedules or firing.
 */
@NullMarked
package kronwood.state;

import org.jspecify.annotations.NullMarked;
