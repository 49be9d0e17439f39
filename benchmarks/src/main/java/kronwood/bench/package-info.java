/**
 * The benchmark program: takes the sub-command and hands over.
 *
 * <p>{@link kronwood.bench.compare} times whole epochs side by side, {@link kronwood.bench.micro}
 * the inner loops. Measurements themselves do not belong here; what is measured, and what came out,
 * stands in {@code docs/performance}.
 */
@NullMarked
package kronwood.bench;

import org.jspecify.annotations.NullMarked;
