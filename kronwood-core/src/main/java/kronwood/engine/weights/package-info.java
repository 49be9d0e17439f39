/**
 * How an engine keeps the weights of all neurons, moves them and records them: as a sum of the
 * initial weights and an expansion over inputs, or as arrays of numbers. {@link
 * kronwood.engine.weights.UpdateRule} says how a step moves them.
 *
 * <p>What is kept here answers for any neuron and sample what the pre-activation is. Which neurons
 * fire, bounds of drift, and the course of a batch belong to {@code kronwood.engine}, which uses
 * this package and not the other way round.
 */
@NullMarked
package kronwood.engine.weights;

import org.jspecify.annotations.NullMarked;
