package kronwood.train;

import kronwood.engine.Engine;
import kronwood.engine.weights.WeightRecord;
import kronwood.measure.Metric;
import kronwood.measure.MetricReport;
import kronwood.network.OutputLayer;
import kronwood.state.StateVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the weights that were best on the validation samples, and says when to stop. The error
 * is the mean squared error of real targets and the log loss of classes.
 *
 * <p>Memory: one {@link WeightRecord}.
 */
final class EarlyStopping {
  private final int patience;
  private final WeightRecord weights;
  private OutputLayer output;
  private double best = Double.POSITIVE_INFINITY;
  private int bestEpoch;

  EarlyStopping(int patience, Engine engine, OutputLayer output) {
    this.patience = patience;
    this.weights = engine.newRecord();
    this.output = output.copy();
  }

  /**
   * An epoch has ended.
   *
   * @param averaging the average that was validated, null if it was the trained weights
   */
  void add(int epoch, MetricReport validation, OutputLayer present, @Nullable Averaging averaging) {
    double error = validation.get(validation.contains(Metric.MSE) ? Metric.MSE : Metric.LOGLOSS);
    if (error < best) {
      best = error;
      bestEpoch = epoch;
      if (averaging == null) {
        weights.blend(1);
        output = present.copy();
      } else {
        weights.assign(averaging.weights());
        output = averaging.output().copy();
      }
    }
  }

  /** Whether to stop after an epoch, the last that was added. */
  boolean isOver(int epoch) {
    return epoch - bestEpoch >= patience;
  }

  /** The epoch whose weights were best, 0 if none has ended. */
  int bestEpoch() {
    return bestEpoch;
  }

  WeightRecord weights() {
    return weights;
  }

  OutputLayer output() {
    return output;
  }

  void visit(StateVisitor visitor) {
    double[] error = {best};
    long[] epoch = {bestEpoch};
    visitor.visit("best.error", error);
    visitor.visit("best.epoch", epoch);
    best = error[0];
    bestEpoch = (int) epoch[0];
    weights.visit("best", visitor);
    output.visit("best.output", visitor);
  }
}
