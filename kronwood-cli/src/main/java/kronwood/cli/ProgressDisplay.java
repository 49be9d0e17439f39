package kronwood.cli;

import kronwood.train.EnginePlan;
import kronwood.train.TrainingListener;

/**
 * Shows how a training goes on, and ends it when it was interrupted. This one shows nothing.
 *
 * <p>Times are those of the clock, so that the time left counts the evaluation after each epoch
 * too.
 */
class ProgressDisplay implements TrainingListener, AutoCloseable {
  final Streams streams;
  private final Interruption interruption;
  private long started;

  ProgressDisplay(Streams streams, Interruption interruption) {
    this.streams = streams;
    this.interruption = interruption;
  }

  @Override
  public void onStart(EnginePlan plan, double learningRate) {
    started = System.nanoTime();
    interruption.watch();
  }

  @Override
  public final boolean isStopRequested() {
    return interruption.requested();
  }

  /** Ends the display. */
  @Override
  public void close() {}

  /** Says in one line what begins. */
  final void announce(EnginePlan plan, double learningRate) {
    streams.say(
        "%s, about %s; learning rate %s"
            .formatted(plan.summary(), Text.bytes(plan.bytes()), Text.number(learningRate)));
  }

  /** Seconds since training began. */
  final double elapsed() {
    return (System.nanoTime() - started) * 1e-9;
  }

  /** {@code 0:42 left}, after the share {@code done} of all batches. */
  final String left(double done) {
    return Text.clock(elapsed() * (1 - done) / done) + " left";
  }
}
