/**
 * The command {@code kronwood}: options, progress, reports and exit codes.
 *
 * <p>Only here are standard output and standard error written to, and only here does the process
 * end. Nothing is computed or parsed here that another program might want: reading tables belongs
 * in {@code kronwood.io}, training and predicting in {@code kronwood.model} and the packages before
 * it.
 */
@NullMarked
package kronwood.cli;

import org.jspecify.annotations.NullMarked;
