/** Tests of the benchmark program's command line. */
@NullMarked
package kronwood.bench;

import org.jspecify.annotations.NullMarked;
