package kronwood.train;

import java.util.Objects;

/**
 * Watches a training, a tuning or a cross-validation.
 *
 * <pre>{@code
 * TrainingListener losses =
 *     event -> {
 *       if (event instanceof TrainingEvent.EpochDone done) {
 *         System.out.println(done.report().epoch() + ": " + done.report().loss());
 *       }
 *     };
 * ModelTraining.fit(data, split, options, losses.andThen(dashboard));
 * }</pre>
 *
 * <p>A listener changes nothing in what is learned. It cannot ask for the end either: that is the
 * task of a {@link StopSignal}. An exception that a listener throws ends the training, and the
 * caller of the training receives it. {@link TrainingEvent} says which events come when, and on
 * which thread.
 */
@FunctionalInterface
public interface TrainingListener {
  /** Watches nothing. */
  TrainingListener NONE = event -> {};

  /** Something happened. The training waits until this method returns. */
  void on(TrainingEvent event);

  /**
   * A listener that hands each event to this one, then to another. If this one throws, the other
   * does not receive the event.
   */
  default TrainingListener andThen(TrainingListener next) {
    Objects.requireNonNull(next, "next");
    return event -> {
      on(event);
      next.on(event);
    };
  }

  /**
   * This listener without {@link TrainingEvent.Finished}, for a training that is part of a larger
   * run.
   */
  default TrainingListener withoutEnd() {
    return event -> {
      if (!(event instanceof TrainingEvent.Finished)) {
        on(event);
      }
    };
  }
}
