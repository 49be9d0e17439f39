package kronwood.report;

import java.util.ArrayList;
import java.util.List;
import kronwood.train.EpochReport;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a report says about a training: its start, epochs and trials. Give it to a training as
 * listener, alone or {@code andThen} another one. Used by the thread that trains.
 */
public final class TrainingRecord implements TrainingListener {
  private final List<EpochReport> epochs = new ArrayList<>();
  private final List<TrainingEvent.TrialDone> trials = new ArrayList<>();
  private TrainingEvent.@Nullable Started started;
  private TrainingEvent.@Nullable Finished finished;
  private int resumed;

  @Override
  public void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Resumed before -> resumed = before.epochs();
      case TrainingEvent.Started start -> {
        started = start;
        epochs.clear();
      }
      case TrainingEvent.EpochDone epoch -> epochs.add(epoch.report());
      case TrainingEvent.TrialDone trial -> trials.add(trial);
      case TrainingEvent.Finished end -> finished = end;
      default -> {}
    }
  }

  /** What was kept so far, for another thread; nothing is added to it. */
  public TrainingRecord copy() {
    TrainingRecord copy = new TrainingRecord();
    copy.epochs.addAll(epochs);
    copy.trials.addAll(trials);
    copy.started = started;
    copy.finished = finished;
    copy.resumed = resumed;
    return copy;
  }

  /** Epochs in order, without those of an earlier run. */
  List<EpochReport> epochs() {
    return epochs;
  }

  List<TrainingEvent.TrialDone> trials() {
    return trials;
  }

  TrainingEvent.@Nullable Started started() {
    return started;
  }

  TrainingEvent.@Nullable Finished finished() {
    return finished;
  }

  /** Epochs that an earlier run did. */
  int resumed() {
    return resumed;
  }
}
