/** Predictions written to files, beside the rows or entities that they are about. */
@NullMarked
package kronwood.io.scores;

import org.jspecify.annotations.NullMarked;
