/**
 * Candidates of a tuning: forms of tables, of inputs and of trainings; the search through them one
 * coordinate at a time; and the computations that they share.
 *
 * <p>Which of them is better is judged in {@code kronwood.tune}.
 */
@NullMarked
package kronwood.candidate;

import org.jspecify.annotations.NullMarked;
