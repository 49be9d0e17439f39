/**
 * Tables of pairs, or of tuples of more modes: which entities each row is about, its targets, its
 * weight, and the part of a split that it belongs to.
 */
@NullMarked
package kronwood.io.pairs;

import org.jspecify.annotations.NullMarked;
