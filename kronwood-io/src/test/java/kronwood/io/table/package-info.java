/**
 * Tests of {@code kronwood.io} against real files, written to temporary folders. What belongs to
 * one class is tested in a class of its name.
 */
@NullMarked
package kronwood.io.table;

import org.jspecify.annotations.NullMarked;
