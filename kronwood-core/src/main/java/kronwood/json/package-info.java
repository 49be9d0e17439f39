/**
 * JSON, read and written: as much of it as the headers of model files and checkpoints need.
 *
 * <p>A text may come from a stranger: depth and length are limited, and what is wrong is an {@link
 * IllegalArgumentException}.
 */
@NullMarked
package kronwood.json;

import org.jspecify.annotations.NullMarked;
