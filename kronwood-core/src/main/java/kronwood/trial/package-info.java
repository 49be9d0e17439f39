/**
 * One try on held-out samples: a network, a linear model, and how much of each is best. Choices of
 * {@code kronwood.tune} are made with these.
 */
@NullMarked
package kronwood.trial;

import org.jspecify.annotations.NullMarked;
