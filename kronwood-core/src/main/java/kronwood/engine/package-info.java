/**
 * Engines: they hold the weights of all neurons in some form, answer which neurons fire on a sample
 * and with what pre-activation, and take steps along inputs.
 *
 * <p>{@link kronwood.engine.DenseEngine} is the ordinary layer and the oracle of tests, {@link
 * kronwood.engine.EagerEngine} the published tree, {@link kronwood.engine.BlockEngine} the default.
 * How the weights are kept and moved is in {@code kronwood.engine.weights}. Losses, schedules and
 * the choice among engines do not belong here.
 */
@NullMarked
package kronwood.engine;

import org.jspecify.annotations.NullMarked;
