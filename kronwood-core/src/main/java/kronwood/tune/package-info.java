/**
 * Automatic choice of options: how entities are compared, how strongly the linear model is
 * regularised, how the network is trained, and the factors of the two.
 *
 * <p>Each is made on validation samples, within a budget of time or trials, and recorded in the
 * model's provenance. Nothing here knows how a network is trained: it asks {@code kronwood.fit} and
 * {@code kronwood.linear}.
 */
@NullMarked
package kronwood.tune;

import org.jspecify.annotations.NullMarked;
