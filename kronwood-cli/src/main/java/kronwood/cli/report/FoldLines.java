package kronwood.cli.report;

import java.util.List;
import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Text;
import kronwood.loss.Task;
import kronwood.measure.Metric;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;

/** Says in one line what each fold of a cross-validation found. */
public final class FoldLines implements TrainingListener {
  private final Streams streams;
  private final List<String> keys;
  private int done;

  /** Counts from the folds that were done before. */
  public FoldLines(Streams streams, Task task, int before) {
    this.streams = streams;
    this.done = before;
    this.keys =
        switch (task) {
          case REGRESSION -> List.of(Metric.MSE.key(), Metric.CI.key());
          case BINARY -> List.of(Metric.AUC.key(), Metric.AUPR.key());
          case MULTICLASS -> List.of(Metric.ACCURACY.key());
        };
  }

  @Override
  public void on(TrainingEvent event) {
    if (!(event instanceof TrainingEvent.FoldDone fold)) {
      return;
    }
    StringBuilder metrics = new StringBuilder();
    for (String key : keys) {
      double value = fold.metrics().getOrDefault(key, Double.NaN);
      metrics.append("  ").append(key).append(' ').append(Text.number(value));
    }
    streams
        .err()
        .println(
            "%s:%s  %s  (%d done)"
                .formatted(fold.label(), metrics, Text.seconds(fold.seconds()), ++done));
  }
}
