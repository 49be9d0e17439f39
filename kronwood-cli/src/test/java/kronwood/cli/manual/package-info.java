/** Tests of the format of manual pages. */
@NullMarked
package kronwood.cli.manual;

import org.jspecify.annotations.NullMarked;
