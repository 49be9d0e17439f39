package kronwood.dashboard;

import java.util.ArrayList;
import java.util.List;
import kronwood.report.TrainingRecord;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * What happened so far. The thread that trains adds to it, for some 100 nanoseconds a batch; others
 * take snapshots.
 */
final class Watched implements TrainingListener {
  /** Losses of so many batches are kept. */
  private static final int BATCHES = 200;

  private final TrainingRecord record = new TrainingRecord();
  private final List<TrainingEvent.FoldDone> folds = new ArrayList<>();
  private final double[] at = new double[BATCHES];
  private final double[] losses = new double[BATCHES];
  private TrainingEvent.@Nullable BatchDone batch;
  private String phase = "";
  private String saved = "";
  private TrainingEvent.@Nullable Started started;
  private long batches;
  private long changes;
  private int starts;
  private int epochs;
  private int trials;
  private int ends;

  /**
   * What happened up to a moment.
   *
   * @param changes a number that grows with each event
   * @param record starts, epochs and trials
   * @param folds folds that are finished
   * @param at where in which epoch the last batches ended: 2.25 after a quarter of the third
   * @param losses mean loss over the samples of each of these
   * @param batch the last batch, null before the first
   * @param started the training that was started last, null before the first
   * @param starts trainings that were started
   * @param epochs epochs that were finished, of all of them
   * @param trials trials that were made
   * @param ends trainings that ended
   * @param phase what is being done, for people
   * @param saved the last checkpoint, empty if there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // not shared
  record Snapshot(
      long changes,
      TrainingRecord record,
      List<TrainingEvent.FoldDone> folds,
      double[] at,
      double[] losses,
      TrainingEvent.@Nullable BatchDone batch,
      TrainingEvent.@Nullable Started started,
      int starts,
      int epochs,
      int trials,
      int ends,
      String phase,
      String saved) {}

  @Override
  public synchronized void on(TrainingEvent event) {
    changes++;
    record.on(event);
    switch (event) {
      case TrainingEvent.BatchDone done -> {
        batch = done;
        int place = (int) (batches++ % BATCHES);
        at[place] = done.epoch() - 1 + (double) done.samplesDone() / done.samplesTotal();
        losses[place] = done.loss();
      }
      case TrainingEvent.Started start -> {
        started = start;
        starts++;
        phase = "the network learns";
        batches = 0;
        batch = null;
      }
      case TrainingEvent.TrialDone _ -> {
        trials++;
        phase = "choices are made";
      }
      case TrainingEvent.HeldOutBegun part ->
          phase =
              "network and linear model are weighed on held-out part %d of %d"
                  .formatted(part.number(), part.parts());
      case TrainingEvent.NewEntitiesBegun _ -> phase = "a network for new entities is trained";
      case TrainingEvent.CheckpointSaved checkpoint ->
          saved = "after epoch " + checkpoint.epoch() + " in " + checkpoint.file();
      case TrainingEvent.FoldDone fold -> folds.add(fold);
      case TrainingEvent.Finished _ -> {
        ends++;
        phase = "the model is finished";
      }
      case TrainingEvent.EpochDone _ -> epochs++;
      case TrainingEvent.Resumed _, TrainingEvent.Validated _, TrainingEvent.Searched _ -> {}
    }
  }

  synchronized Snapshot snapshot() {
    int count = (int) Math.min(batches, BATCHES);
    double[] positions = new double[count];
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      int place = (int) ((batches - count + i) % BATCHES);
      positions[i] = at[place];
      values[i] = losses[place];
    }
    return new Snapshot(
        changes,
        record.copy(),
        List.copyOf(folds),
        positions,
        values,
        batch,
        started,
        starts,
        epochs,
        trials,
        ends,
        phase,
        saved);
  }

  /**
   * How far it is.
   *
   * @param at epochs done, with a part of one
   * @param epochs epochs planned, 0 before the start
   * @param folds folds finished
   */
  record Progress(double at, int epochs, int folds) {}

  synchronized Progress progress() {
    TrainingEvent.BatchDone last = batch;
    double done =
        last == null ? 0 : last.epoch() - 1 + (double) last.samplesDone() / last.samplesTotal();
    return new Progress(done, started == null ? 0 : started.epochs(), folds.size());
  }
}
