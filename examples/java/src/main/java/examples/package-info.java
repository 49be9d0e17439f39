/**
 * Small programs that use Kronwood from Java. Each is complete, runs from the root of the
 * repository on data that are in it, and prints to standard output.
 */
@NullMarked
package examples;

import org.jspecify.annotations.NullMarked;
