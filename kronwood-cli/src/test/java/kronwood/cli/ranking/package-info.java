/** Tests of the commands that predict many pairs at once: rankings, and grids of entities. */
@NullMarked
package kronwood.cli.ranking;

import org.jspecify.annotations.NullMarked;
