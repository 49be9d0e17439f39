/**
 * The network: its shape, activation, initial weights, output layer, the members of an ensemble,
 * and the order and exchange of sums over neurons.
 *
 * <p>{@code f_c(x) = (1/√m) Σ_r A_{c,r} · max(⟨W_r, x⟩ − b, 0)}. How W is held and moved belongs to
 * {@code kronwood.engine}.
 */
@NullMarked
package kronwood.network;

import org.jspecify.annotations.NullMarked;
