package kronwood.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * In which batches {@link kronwood.train.Trainer} takes the samples, all of which train: it does
 * not tell, so that its shuffle is repeated here. A difference would show at once, as other losses.
 */
final class BatchOrder {
  private BatchOrder() {}

  /**
   * The batches of the first epochs.
   *
   * @param samples number of samples
   * @param batch samples per batch, of which the last of an epoch may have fewer
   * @param seed the network's
   * @return for each epoch its batches, lists of samples
   */
  static List<List<int[]>> of(int samples, int batch, long seed, int epochs) {
    SplittableRandom random = new SplittableRandom(seed ^ 0x6b726f6e776f6f64L);
    // The step size is chosen with this one.
    random.split();
    int[] order = new int[samples];
    Arrays.setAll(order, i -> i);
    List<List<int[]>> all = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      shuffle(order, random.split());
      List<int[]> batches = new ArrayList<>();
      for (int from = 0; from < samples; from += batch) {
        batches.add(Arrays.copyOfRange(order, from, Math.min(samples, from + batch)));
      }
      all.add(batches);
    }
    return all;
  }

  private static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int sample = order[other];
      order[other] = order[i];
      order[i] = sample;
    }
  }

  /**
   * Divides epochs into laps to be timed: the epochs themselves, or as many parts of {@code
   * batches} batches each, one after the other from the start.
   *
   * @param batches batches of a lap; as many as an epoch has, or more, stand for the whole epoch
   */
  static List<List<int[]>> laps(List<List<int[]>> epochs, int batches) {
    if (batches >= epochs.getFirst().size()) {
      return epochs;
    }
    List<int[]> stream = epochs.stream().flatMap(List::stream).toList();
    List<List<int[]>> laps = new ArrayList<>();
    for (int lap = 0; lap < epochs.size(); lap++) {
      laps.add(stream.subList(lap * batches, (lap + 1) * batches));
    }
    return laps;
  }

  static int samples(List<int[]> batches) {
    return batches.stream().mapToInt(batch -> batch.length).sum();
  }
}
