package kronwood.cli;

import java.util.function.Consumer;
import kronwood.fit.ModelListener;
import kronwood.model.Model;
import kronwood.plan.EnginePlan;

/**
 * Shows how a training goes on, and ends it when it was interrupted. This one shows nothing.
 *
 * <p>Times are those of the clock, so that the time left counts the evaluation after each epoch
 * too.
 */
class ProgressDisplay implements ModelListener, AutoCloseable {
  final Streams streams;
  private final Interruption interruption;
  private Consumer<Model> saving = model -> {};
  private long started;
  private int resumed;

  ProgressDisplay(Streams streams, Interruption interruption) {
    this.streams = streams;
    this.interruption = interruption;
  }

  @Override
  public void onResume(int epochs) {
    resumed = epochs;
  }

  @Override
  public void onStart(EnginePlan plan, double learningRate) {
    started = System.nanoTime();
    interruption.reached(Interruption.Phase.LEARNING);
  }

  /** Has a model saved as soon as there is one. */
  final void saveBy(Consumer<Model> how) {
    saving = how;
  }

  @Override
  public final void onUnmeasured(Model model) {
    saving.accept(model);
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
        "%s, about %s; learning rate %s%s"
            .formatted(
                plan.summary(),
                Text.bytes(plan.bytes()),
                Text.number(learningRate),
                resumed > 0 ? "; going on after epoch " + resumed : ""));
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
