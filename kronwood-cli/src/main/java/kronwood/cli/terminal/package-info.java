/** The process and its streams: what may be printed where, how numbers are written, exit codes. */
@NullMarked
package kronwood.cli.terminal;

import org.jspecify.annotations.NullMarked;
