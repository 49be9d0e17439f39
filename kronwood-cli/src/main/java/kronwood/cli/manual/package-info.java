/**
 * Manual pages: what help texts say, in the format of {@code man}.
 *
 * <p>Made from the same description of options as help texts, when a package is built.
 */
@NullMarked
package kronwood.cli.manual;

import org.jspecify.annotations.NullMarked;
