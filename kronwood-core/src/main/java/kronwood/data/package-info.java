/**
 * What the user brings: entities, their attributes, the modes they fill, and samples; and which
 * samples to train and to test on. Dividing them into folds is in {@code kronwood.data.fold}.
 *
 * <p>Everything here is immutable, compact (flat primitive arrays) and validated when it is made,
 * so that no later package checks it again. What an attribute means for training (Gram matrices,
 * coordinates) belongs in {@code kronwood.gram}; where the data come from belongs outside this
 * module.
 */
@NullMarked
package kronwood.data;

import org.jspecify.annotations.NullMarked;
