/**
 * Faults that are the caller's to mend: one type of exception, its facts, and the way out.
 *
 * <p>Messages name no option of a command line: whoever offers options adds them by the {@link
 * kronwood.fault.Remedy}.
 */
@NullMarked
package kronwood.fault;

import org.jspecify.annotations.NullMarked;
