/** Tests of options. */
@NullMarked
package kronwood.cli.options;

import org.jspecify.annotations.NullMarked;
