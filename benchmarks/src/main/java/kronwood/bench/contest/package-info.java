/**
 * One task, done by several contestants in turn, and what is seen of it: clocks, medians, tables.
 *
 * <p>Nothing here knows which task it is or what a contestant is made of: that belongs to {@code
 * kronwood.bench.compare}, which uses this package and not the other way round.
 */
@NullMarked
package kronwood.bench.contest;

import org.jspecify.annotations.NullMarked;
