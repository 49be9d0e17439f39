/** Steps against plain loops. */
@NullMarked
package kronwood.bench.pytorch;

import org.jspecify.annotations.NullMarked;
