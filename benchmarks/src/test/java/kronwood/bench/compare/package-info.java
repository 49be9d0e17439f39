/** Tests of the comparisons, at toy sizes: what is reported, never how long it took. */
@NullMarked
package kronwood.bench.compare;

import org.jspecify.annotations.NullMarked;
