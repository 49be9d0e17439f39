/**
 * Models of earlier versions of the format, as files, and the tests that they are read for ever.
 */
@NullMarked
package kronwood.model.file.golden;

import org.jspecify.annotations.NullMarked;
