/**
 * Tables of entities: features, similarities, and columns of other kinds, each read into what
 * {@code kronwood.data} holds.
 */
@NullMarked
package kronwood.io.entities;

import org.jspecify.annotations.NullMarked;
