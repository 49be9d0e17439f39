/**
 * The trained network as people use it: predicting and ranking. Saving and loading are in {@code
 * kronwood.model.file}.
 *
 * <p>A {@link kronwood.model.Model} is immutable and knows nothing of how it was trained: engines
 * and the training loop do not belong here. Making one from data is in {@code kronwood.fit}.
 */
@NullMarked
package kronwood.model;

import org.jspecify.annotations.NullMarked;
