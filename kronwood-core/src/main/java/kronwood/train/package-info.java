/**
 * The training loop: batches, steps, averages, early stopping, the step size that the spectrum
 * allows, and the events that it sends while it runs.
 *
 * <p>One loop serves all engines: {@link kronwood.train.Trainer} draws batches, turns outputs into
 * losses and losses into coefficients. Files, tables and command lines do not belong here.
 */
@NullMarked
package kronwood.train;

import org.jspecify.annotations.NullMarked;
