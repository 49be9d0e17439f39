package kronwood.bench.contest;

import java.util.List;
import kronwood.engine.WorkCounters;

/**
 * What one training took.
 *
 * @param prepare from attributes to coordinates
 * @param start from coordinates to the first batch: the engine and the step size
 * @param epochs the epochs, in order
 * @param memory bytes that the training takes, as the contestant measures them; 0 if not weighed
 */
public record Run(Seconds prepare, Seconds start, List<Epoch> epochs, long memory) {

  /**
   * One epoch.
   *
   * @param loss mean training loss
   * @param seconds time of the epoch without evaluation
   * @param work what the engine counted
   * @param share part of the epoch that ran and was scaled up to a whole one: 1 if all of it
   */
  public record Epoch(double loss, Seconds seconds, WorkCounters work, double share) {

    /** An epoch that ran to its end. */
    public Epoch(double loss, Seconds seconds, WorkCounters work) {
      this(loss, seconds, work, 1);
    }
  }

  /** Whether each epoch ran to its end, so that losses are those of epochs. */
  public boolean isWhole() {
    return epochs.stream().allMatch(epoch -> epoch.share() == 1);
  }

  /** Everything before the first batch, in processor seconds. */
  double startCpu() {
    return prepare.cpu() + start.cpu();
  }
}
