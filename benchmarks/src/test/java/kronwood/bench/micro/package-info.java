/** Tests of the micro-benchmarks: both sides of each pair give the same result. */
@NullMarked
package kronwood.bench.micro;

import org.jspecify.annotations.NullMarked;
