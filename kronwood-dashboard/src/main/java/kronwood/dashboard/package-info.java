/**
 * A page on this machine that watches a training, and can have it wait, stop or take smaller steps.
 *
 * <p>{@link kronwood.dashboard.Dashboard} is where to begin. The training thread only notes what
 * happens ({@code Watched}) and asks what was pressed ({@code Buttons}); {@code Rendering} makes
 * HTML of it on threads of the server, while somebody watches, with the charts of kronwood-report.
 * A request passes {@code Access}, then {@code PageHandler}. Nothing here knows the command line.
 */
@NullMarked
package kronwood.dashboard;

import org.jspecify.annotations.NullMarked;
