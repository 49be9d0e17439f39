package kronwood.data.feed;

import java.util.function.IntConsumer;

/** Visits some samples in their order, as often as it is asked to. */
public interface SampleWalk {
  /** Number of samples. */
  int size();

  /** Hands the index of each sample on; what is known of that sample may be read meanwhile. */
  void forEach(IntConsumer visit);

  /** Visits the listed samples. */
  static SampleWalk of(int[] listed) {
    return new SampleWalk() {
      @Override
      public int size() {
        return listed.length;
      }

      @Override
      public void forEach(IntConsumer visit) {
        for (int sample : listed) {
          visit.accept(sample);
        }
      }
    };
  }
}
