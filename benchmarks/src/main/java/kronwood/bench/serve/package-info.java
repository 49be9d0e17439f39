/**
 * Load on a prediction service: how many answers a second, how late, and what hostile clients do.
 */
@NullMarked
package kronwood.bench.serve;

import org.jspecify.annotations.NullMarked;
