/** Tests of the command line, most of them through {@link kronwood.cli.Main#run}. */
@NullMarked
package kronwood.cli;

import org.jspecify.annotations.NullMarked;
