/**
 * Inner loops under JMH, in pairs: the loop in question and the plain way to do the same.
 *
 * <p>Each state checks once, before anything is timed, that both sides of its pair give the same
 * result. Whole trainings are compared in {@link kronwood.bench.compare}.
 */
@NullMarked
package kronwood.bench.micro;

import org.jspecify.annotations.NullMarked;
