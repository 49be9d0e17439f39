/**
 * The network, its losses, the engines and the training loop.
 *
 * <p>One loop serves all engines: {@link kronwood.train.Trainer} draws batches, turns outputs into
 * losses and losses into coefficients. An {@link kronwood.train.Engine} only answers which neurons
 * fire on a sample and with what pre-activation, and takes the coefficients in. Files, tables and
 * command lines do not belong here.
 */
@NullMarked
package kronwood.train;

import org.jspecify.annotations.NullMarked;
