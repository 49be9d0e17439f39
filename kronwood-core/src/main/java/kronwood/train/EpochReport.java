package kronwood.train;

import kronwood.engine.WorkCounters;
import kronwood.measure.MetricReport;
import org.jspecify.annotations.Nullable;

/**
 * What an epoch brought.
 *
 * @param epoch epoch just finished, from 1
 * @param epochs epochs planned
 * @param loss weighted mean of the loss over the training samples, each at the moment its batch was
 *     drawn; real targets are standardised
 * @param validation metrics of the validation samples, null if there are none
 * @param test metrics of the test samples, null if there are none
 * @param work what was counted while training this epoch
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
