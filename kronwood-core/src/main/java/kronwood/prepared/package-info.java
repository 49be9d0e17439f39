/**
 * Files of prepared pairs: the samples of a training as records of one size, in an order that does
 * not depend on that of any table, with digests. They are written in one step and read a chunk at a
 * time: {@link kronwood.prepared.PreparedPairs}.
 *
 * <p>How tables become records belongs to {@code kronwood.io.pairs}.
 */
@NullMarked
package kronwood.prepared;

import org.jspecify.annotations.NullMarked;
