package kronwood.train;

import kronwood.engine.WorkCounters;
import kronwood.measure.MetricReport;
import org.jspecify.annotations.Nullable;

/**
 * Results of one epoch.
 *
 * @param epoch epoch just finished, from 1
 * @param epochs epochs planned
 * @param loss weighted mean of the loss over the training samples, each before the step of its
 *     batch; real targets are standardised
 * @param validation metrics of the validation samples, null if there are none
 * @param test metrics of the test samples, null if there are none
 * @param work counters of this epoch's training
 * @param seconds time spent training, without evaluation
 */
public record EpochReport(
    int epoch,
    int epochs,
    double loss,
    @Nullable MetricReport validation,
    @Nullable MetricReport test,
    WorkCounters work,
    double seconds) {}
