/**
 * A model applied to tables: entities that it knows and those that are brought now, entities that
 * are described in a line, candidates of a ranking, grids of all tuples, and pairs that a table
 * does not list.
 */
@NullMarked
package kronwood.io.prediction;

import org.jspecify.annotations.NullMarked;
