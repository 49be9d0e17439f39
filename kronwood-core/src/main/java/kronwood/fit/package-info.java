/**
 * From a data set to a model: fits coordinates, trains the network, collects its weights, and saves
 * checkpoints.
 *
 * <p>{@link kronwood.fit.ModelTraining} is where to begin. Tables and command lines belong outside
 * this module.
 */
@NullMarked
package kronwood.fit;

import org.jspecify.annotations.NullMarked;
