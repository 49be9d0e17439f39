package kronwood.cli.report;

import kronwood.cli.terminal.Streams;
import kronwood.cli.terminal.Text;
import kronwood.train.EpochReport;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;

/**
 * Shows how a tuning and a training go on. This one shows nothing.
 *
 * <p>Times are those of the clock, so that the time left counts the evaluation after each epoch
 * too.
 */
public class ProgressDisplay implements TrainingListener, AutoCloseable {
  final Streams streams;
  private long started;
  private int resumed;

  ProgressDisplay(Streams streams) {
    this.streams = streams;
  }

  @Override
  public final void on(TrainingEvent event) {
    switch (event) {
      case TrainingEvent.Resumed before -> resumed = before.epochs();
      case TrainingEvent.Started training -> {
        started = System.nanoTime();
        begin(training);
      }
      case TrainingEvent.BatchDone batch -> batch(batch);
      case TrainingEvent.EpochDone epoch -> epoch(epoch.report());
      case TrainingEvent.TrialDone trial -> trial(trial);
      case TrainingEvent.HeldOutBegun part -> heldOut(part);
      case TrainingEvent.NewEntitiesBegun _ -> newEntities();
      case TrainingEvent.Searched _,
          TrainingEvent.Validated _,
          TrainingEvent.CheckpointSaved _,
          TrainingEvent.Finished _,
          TrainingEvent.FoldDone _ -> {}
    }
  }

  /** Training begins. */
  void begin(TrainingEvent.Started training) {}

  /** A batch is over. */
  void batch(TrainingEvent.BatchDone batch) {}

  /** An epoch is over. */
  void epoch(EpochReport report) {}

  /** A trial of a tuning is over. */
  void trial(TrainingEvent.TrialDone trial) {}

  /** A part of the training samples is held out and the others are trained on. */
  void heldOut(TrainingEvent.HeldOutBegun part) {}

  /** A network for pairs with new entities is trained. */
  void newEntities() {}

  /** Says in one line that it is. */
  final void announceNewEntities() {
    streams.err().println("training without interaction profiles, for pairs with new entities");
  }

  /** Says in one line what is held out, as the first part is. */
  final void announce(TrainingEvent.HeldOutBegun part) {
    if (part.number() == 1) {
      streams
          .err()
          .println(
              "weighing network and linear model for known and new entities, on %d held-out %s"
                  .formatted(part.parts(), part.parts() == 1 ? "part" : "parts"));
    }
  }

  /** Ends the display. */
  @Override
  public void close() {}

  /** Says in one line what begins. */
  final void announce(TrainingEvent.Started training) {
    streams.say(
        "%s, about %s; learning rate %s%s"
            .formatted(
                training.plan().summary(),
                Text.bytes(training.plan().bytes()),
                Text.number(training.learningRate()),
                resumed > 0 ? "; going on after epoch " + resumed : ""));
  }

  /** Says in one line what a trial found. */
  final void announce(TrainingEvent.TrialDone trial) {
    streams.err().println(TuningLines.line(trial));
  }

  /** Seconds since training began. */
  final double elapsed() {
    return (System.nanoTime() - started) * 1e-9;
  }

  /** Epochs done by an earlier run. */
  final int resumed() {
    return resumed;
  }

  /** {@code 0:42 left}, after {@code done} of all epochs. */
  final String left(double done, int epochs) {
    return Text.clock(elapsed() * (epochs - done) / (done - resumed)) + " left";
  }
}
