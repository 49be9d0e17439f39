package kronwood.cli.report;

import java.io.PrintStream;
import java.util.List;
import kronwood.cli.terminal.Text;
import kronwood.loss.Task;
import kronwood.measure.Metric;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;

/** A line for each fold that is done, with its main metrics. */
public final class FoldProgress implements TrainingListener {
  private final List<Metric> metrics;
  private final PrintStream err;
  private int done;

  /**
   * Begins.
   *
   * @param done folds that were done before
   */
  public FoldProgress(Task task, int done, PrintStream err) {
    this.metrics =
        switch (task) {
          case REGRESSION -> List.of(Metric.MSE, Metric.CI);
          case BINARY -> List.of(Metric.AUC, Metric.AUPR);
          case MULTICLASS -> List.of(Metric.ACCURACY);
        };
    this.done = done;
    this.err = err;
  }

  @Override
  public void on(TrainingEvent event) {
    if (!(event instanceof TrainingEvent.FoldDone fold)) {
      return;
    }
    done++;
    StringBuilder values = new StringBuilder();
    for (Metric metric : metrics) {
      double value = fold.metrics().getOrDefault(metric.key(), Double.NaN);
      values.append("  ").append(metric.key()).append(' ').append(Text.number(value));
    }
    err.println(
        "%s:%s  %s  (%d done)".formatted(fold.label(), values, Text.seconds(fold.seconds()), done));
  }
}
