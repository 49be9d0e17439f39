/** Trainings that are watched over HTTP. */
@NullMarked
package kronwood.dashboard;

import org.jspecify.annotations.NullMarked;
