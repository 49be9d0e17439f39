/**
 * What a tuning may choose: forms of tables, of inputs and of trainings, the search through them
 * one coordinate at a time, and what is computed once for all of them.
 *
 * <p>Which of them is better is judged in {@code kronwood.tune}.
 */
@NullMarked
package kronwood.candidate;

import org.jspecify.annotations.NullMarked;
