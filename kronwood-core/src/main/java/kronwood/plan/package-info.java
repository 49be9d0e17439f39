/**
 * The planner: what each engine and layout of states would take in time and memory, estimated from
 * shapes, and the cheapest of them.
 *
 * <p>Nothing is measured or trained here.
 */
@NullMarked
package kronwood.plan;

import org.jspecify.annotations.NullMarked;
