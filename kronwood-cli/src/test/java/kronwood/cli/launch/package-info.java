/** Tests of the launchers and of what a process loads. */
@NullMarked
package kronwood.cli.launch;

import org.jspecify.annotations.NullMarked;
