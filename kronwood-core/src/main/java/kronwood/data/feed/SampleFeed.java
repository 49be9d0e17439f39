package kronwood.data.feed;

import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;

/**
 * The samples of one training, as it goes through them. A sample is named by its index, under which
 * inputs, targets and weights are found. Where samples are read from a file, an index is a slot: it
 * stands for a sample only as long as the method that gave it says.
 *
 * <p>Not thread-safe.
 */
public sealed interface SampleFeed permits ResidentFeed, StoredFeed {
  /** Number of samples of a part. */
  int size(SplitPart part);

  /**
   * The order of an epoch, as one or several arrays of indices that follow each other. An array is
   * good until the second one after it is asked for, in this epoch or the next. To be called once
   * for each epoch, also for those that are left out.
   */
  Iterator<int[]> epoch(SplittableRandom random);

  /** Whether a part is evaluated in stretches, of which each is predicted by itself. */
  boolean isInStretches();

  /** The samples of a part in their order. An array is good until the next one, or a draw. */
  Iterator<int[]> stretches(SplitPart part);

  /** Different training samples, in random order. They are good until the next stretch. */
  int[] draw(int count, RandomGenerator random);

  /** Visits the samples of a part. An index is good during the visit. */
  default SampleWalk walk(SplitPart part) {
    SampleFeed feed = this;
    return new SampleWalk() {
      @Override
      public int size() {
        return feed.size(part);
      }

      @Override
      public void forEach(IntConsumer visit) {
        feed.stretches(part)
            .forEachRemaining(
                stretch -> {
                  for (int sample : stretch) {
                    visit.accept(sample);
                  }
                });
      }
    };
  }
}
