package kronwood.bench.compare;

import java.util.List;
import kronwood.train.WorkCounters;

/**
 * What one training took.
 *
 * @param prepare from attributes to coordinates
 * @param start from coordinates to the first batch: the engine and the step size
 * @param epochs the epochs, in order
 * @param liveHeap largest number of bytes in use after a full collection, at the first batch and
 *     after each epoch, less what was in use before; 0 if not weighed
 */
record Run(Seconds prepare, Seconds start, List<Epoch> epochs, long liveHeap) {

  /**
   * One epoch.
   *
   * @param loss mean training loss
   * @param seconds time of the epoch without evaluation
   * @param work what the engine counted
   */
  record Epoch(double loss, Seconds seconds, WorkCounters work) {}

  /** Everything before the first batch, in processor seconds. */
  double startCpu() {
    return prepare.cpu() + start.cpu();
  }
}
