/**
 * Tests of what the command line says and leaves behind if something goes wrong: bad input, full
 * disks and memory, interruptions.
 */
@NullMarked
package kronwood.cli.failure;

import org.jspecify.annotations.NullMarked;
