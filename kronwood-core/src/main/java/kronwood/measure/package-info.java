/**
 * How good predictions are: metrics, their exact definitions and the reports that carry them.
 *
 * <p>{@link kronwood.measure.Metric} defines each number, {@link kronwood.measure.Metrics} computes
 * those that fit a task, {@link kronwood.measure.MetricReport} holds them, and {@link
 * kronwood.measure.Spread} sums up repeated ones. {@link kronwood.measure.InteractionConcordance}
 * needs to know which entities a sample is of. Everything takes plain arrays: nothing here knows
 * models, data sets, training or output formats. Losses that are trained on, and their gradients,
 * do not live here.
 */
@NullMarked
package kronwood.measure;

import org.jspecify.annotations.NullMarked;
