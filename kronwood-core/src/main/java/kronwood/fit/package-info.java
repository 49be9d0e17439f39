/**
 * From a data set to a model: coordinates are fitted, the network is trained, the weights are put
 * together; checkpoints on the way.
 *
 * <p>{@link kronwood.fit.ModelTraining} is where to begin. Tables and command lines belong outside
 * this module.
 */
@NullMarked
package kronwood.fit;

import org.jspecify.annotations.NullMarked;
