/** Tests of streams and texts. */
@NullMarked
package kronwood.cli.terminal;

import org.jspecify.annotations.NullMarked;
