/** Tests of the documentation: its commands are run, its links followed, its program executed. */
@NullMarked
package kronwood.docs;

import org.jspecify.annotations.NullMarked;
