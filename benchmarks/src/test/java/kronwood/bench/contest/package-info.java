/** Tests of clocks, tables and the order of runs. */
@NullMarked
package kronwood.bench.contest;

import org.jspecify.annotations.NullMarked;
