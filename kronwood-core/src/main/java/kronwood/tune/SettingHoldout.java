package kronwood.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import kronwood.data.Dataset;
import kronwood.data.EntityTuples;
import kronwood.data.Split;
import kronwood.fit.TrainingInputs;
import kronwood.math.RandomSubset;
import kronwood.model.SettingWeights;
import org.jspecify.annotations.Nullable;

/**
 * Divides the training samples: a part to train on, and the held-out others, grouped by which of
 * their entities do not occur in that part. One training then measures the network in every
 * setting.
 *
 * <p>A fifth of each table's entities is held out, and a tenth of the samples of the remaining
 * entities. For pairs of two tables 58 % of the samples remain.
 *
 * @param train samples to train on
 * @param heldOut the others, by the modes whose entities are new, as {@link
 *     SettingWeights#newModes} has them
 */
record SettingHoldout(int[] train, TreeMap<Integer, int[]> heldOut) {
  private static final double SHARE_OF_ENTITIES = 0.2;
  private static final double SHARE_OF_SAMPLES = 0.1;

  /** A table of fewer entities is not divided. */
  private static final int FEWEST_ENTITIES = 5;

  /**
   * Draws one.
   *
   * @param samples training samples, those whose weight is 0 are left out
   * @return null if nothing would be left to train on, or to hold out
   */
  static @Nullable SettingHoldout of(Dataset data, int[] samples, SplittableRandom random) {
    int[] counted =
        Arrays.stream(samples).filter(sample -> data.samples().weight(sample) > 0).toArray();
    if (counted.length == 0) {
      return null;
    }
    boolean[][] out = new boolean[data.tables().size()][];
    Split all = new Split(counted, new int[0], new int[0]);
    for (int t = 0; t < out.length; t++) {
      out[t] = new boolean[data.tables().get(t).size()];
      int[] entities = TrainingInputs.trainingEntities(data, all, t);
      if (entities.length >= FEWEST_ENTITIES) {
        int count = (int) Math.max(1, Math.round(SHARE_OF_ENTITIES * entities.length));
        for (int entity : RandomSubset.of(entities, count, random)) {
          out[t][entity] = true;
        }
      }
    }
    boolean[] kept = new boolean[counted.length];
    int[] tableOfMode = data.tableOfMode();
    EntityTuples tuples = data.samples().tuples();
    for (int i = 0; i < counted.length; i++) {
      boolean chosen = random.nextDouble() < SHARE_OF_SAMPLES;
      kept[i] = !chosen;
      for (int mode = 0; mode < tableOfMode.length; mode++) {
        kept[i] &= !out[tableOfMode[mode]][tuples.entity(counted[i], mode)];
      }
    }
    int[] train = select(counted, kept, true);
    int[] rest = select(counted, kept, false);
    return train.length == 0 || rest.length == 0
        ? null
        : new SettingHoldout(train, sorted(data, train, rest));
  }

  private static int[] select(int[] samples, boolean[] kept, boolean wanted) {
    return IntStream.range(0, samples.length)
        .filter(i -> kept[i] == wanted)
        .map(i -> samples[i])
        .toArray();
  }

  private static TreeMap<Integer, int[]> sorted(Dataset data, int[] train, int[] rest) {
    int[] tableOfMode = data.tableOfMode();
    EntityTuples tuples = data.samples().tuples();
    boolean[][] seen = new boolean[data.tables().size()][];
    Arrays.setAll(seen, t -> new boolean[data.tables().get(t).size()]);
    for (int sample : train) {
      for (int mode = 0; mode < tableOfMode.length; mode++) {
        seen[tableOfMode[mode]][tuples.entity(sample, mode)] = true;
      }
    }
    TreeMap<Integer, List<Integer>> parts = new TreeMap<>();
    for (int sample : rest) {
      int fresh = 0;
      for (int mode = 0; mode < tableOfMode.length; mode++) {
        fresh |= seen[tableOfMode[mode]][tuples.entity(sample, mode)] ? 0 : 1 << mode;
      }
      parts.computeIfAbsent(fresh, _ -> new ArrayList<>()).add(sample);
    }
    TreeMap<Integer, int[]> heldOut = new TreeMap<>();
    parts.forEach(
        (fresh, list) -> heldOut.put(fresh, list.stream().mapToInt(Integer::intValue).toArray()));
    return heldOut;
  }

  /** All that is held out, setting by setting. */
  int[] all() {
    return heldOut.values().stream().flatMapToInt(Arrays::stream).toArray();
  }
}
