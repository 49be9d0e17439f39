/** Files that are never half-written, and folders that one process at a time may write to. */
@NullMarked
package kronwood.file;

import org.jspecify.annotations.NullMarked;
