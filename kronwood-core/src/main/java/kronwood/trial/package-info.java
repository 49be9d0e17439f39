/**
 * One trial on held-out samples: a network, a linear model, and the best factors of the two.
 * Choices of {@code kronwood.tune} are made with these.
 */
@NullMarked
package kronwood.trial;

import org.jspecify.annotations.NullMarked;
