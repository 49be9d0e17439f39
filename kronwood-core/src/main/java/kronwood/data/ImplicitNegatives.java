package kronwood.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import kronwood.fault.InputException;

/**
 * Negatives for data that list positives only: every tuple of entities that is not listed counts as
 * one of class 0.
 *
 * <p>Modes of one table are taken as exchangeable: of (u, v) and (v, u) at most one becomes a
 * negative, in a random order of its entities, and none if either is listed; nor does (u, u).
 */
public final class ImplicitNegatives {
  /** Most tuples that all entities together may make. */
  public static final long MOST_TUPLES = 50_000_000;

  private ImplicitNegatives() {}

  /**
   * The listed samples, followed by every tuple of the tables' entities that is not among them, of
   * class 0 and weight 1. Cost: O(tuples · log tuples), some 40 bytes a tuple.
   *
   * @param listed samples of two classes, 1 the positive one
   * @param seed for the order of entities that come from one table
   * @throws InputException if the targets are not two classes, if there are more than {@link
   *     #MOST_TUPLES} tuples, or if none is left to be a negative
   */
  public static Dataset complete(Dataset listed, long seed) {
    if (!(listed.samples().targets() instanceof ClassTargets classes)
        || classes.classes().size() != 2) {
      throw new InputException("pairs that are not listed can be negatives of two classes only");
    }
    double tuples = 1;
    StringBuilder sizes = new StringBuilder();
    for (Mode mode : listed.modes()) {
      tuples *= mode.table().size();
      sizes.append(sizes.isEmpty() ? "" : " × ").append(mode.table().size());
    }
    if (tuples > MOST_TUPLES) {
      throw new InputException(
          "the entities make "
              + sizes
              + " tuples, more than the "
              + MOST_TUPLES
              + " that can be taken as negatives");
    }
    int count = listed.samples().size();
    EntityTuples all = appended(listed, (int) tuples, new SplittableRandom(seed));
    if (all.size() == count) {
      throw new InputException(
          "all " + sizes + " tuples of entities are listed: none is left to be a negative");
    }
    int[] labels = new int[all.size()];
    float[] weights = new float[all.size()];
    Arrays.fill(weights, 1);
    for (int i = 0; i < count; i++) {
      labels[i] = classes.label(i);
      weights[i] = listed.samples().weight(i);
    }
    return Dataset.of(
        listed.modes(),
        Samples.weighted(
            all, ClassTargets.of(classes.names().getFirst(), classes.classes(), labels), weights));
  }

  /** The listed tuples, then all others. */
  private static EntityTuples appended(Dataset listed, int tuples, SplittableRandom random) {
    int modes = listed.modes().size();
    int count = listed.samples().size();
    int[] tableOfMode = listed.tableOfMode();
    int[] entities = new int[Math.multiplyExact(Math.addExact(tuples, count), modes)];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < modes; k++) {
        entities[i * modes + k] = listed.samples().tuples().entity(i, k);
      }
    }
    int[] tuple = new int[modes];
    int size = count;
    for (int t = 0; t < tuples; t++) {
      int rest = t;
      for (int k = modes - 1; k >= 0; k--) {
        tuple[k] = rest % listed.modes().get(k).table().size();
        rest /= listed.modes().get(k).table().size();
      }
      if (increases(tuple, tableOfMode)) {
        System.arraycopy(tuple, 0, entities, size++ * modes, modes);
      }
    }
    EntityTuples all = EntityTuples.of(modes, Arrays.copyOf(entities, size * modes));
    int[] keys = TupleKeys.of(all, tableOfMode);
    boolean[] known = new boolean[size];
    for (int i = 0; i < count; i++) {
      known[keys[i]] = true;
    }
    int kept = count;
    for (int i = count; i < size; i++) {
      if (!known[keys[i]]) {
        System.arraycopy(entities, i * modes, entities, kept * modes, modes);
        shuffle(entities, kept++ * modes, tableOfMode, random);
      }
    }
    return EntityTuples.of(modes, Arrays.copyOf(entities, kept * modes));
  }

  /** Whether entities of one table stand in increasing order. */
  private static boolean increases(int[] tuple, int[] tableOfMode) {
    for (int k = 0; k < tuple.length; k++) {
      for (int earlier = 0; earlier < k; earlier++) {
        if (tableOfMode[earlier] == tableOfMode[k] && tuple[earlier] >= tuple[k]) {
          return false;
        }
      }
    }
    return true;
  }

  /** Puts entities of one table in a random order. */
  private static void shuffle(
      int[] entities, int from, int[] tableOfMode, SplittableRandom random) {
    for (int k = 1; k < tableOfMode.length; k++) {
      List<Integer> same = new ArrayList<>();
      for (int other = 0; other <= k; other++) {
        if (tableOfMode[other] == tableOfMode[k]) {
          same.add(other);
        }
      }
      if (same.size() > 1) {
        int other = same.get(random.nextInt(same.size()));
        int entity = entities[from + other];
        entities[from + other] = entities[from + k];
        entities[from + k] = entity;
      }
    }
  }

  /**
   * The split with fewer negatives to train on: of the training samples that are not listed, as
   * many are kept as {@code perPositive} times the listed ones of class 1, drawn without
   * replacement. The other parts keep all of theirs, so that evaluation is against every unknown
   * tuple.
   *
   * @param data what {@link #complete} made
   * @param listed number of listed samples, which come first
   */
  public static Split thin(Dataset data, int listed, Split split, int perPositive, long seed) {
    ClassTargets classes = (ClassTargets) data.samples().targets();
    long positives = 0;
    long unlisted = 0;
    for (int sample : split.train()) {
      unlisted += sample >= listed ? 1 : 0;
      positives += sample < listed && classes.label(sample) == 1 ? 1 : 0;
    }
    long wanted = Math.min(unlisted, perPositive * positives);
    SplittableRandom random = new SplittableRandom(seed);
    int[] train = new int[split.train().length];
    int kept = 0;
    for (int sample : split.train()) {
      if (sample < listed) {
        train[kept++] = sample;
      } else {
        // Selection sampling: exactly as many as wanted, each subset equally likely, in order.
        if (random.nextLong(unlisted) < wanted) {
          train[kept++] = sample;
          wanted--;
        }
        unlisted--;
      }
    }
    return new Split(Arrays.copyOf(train, kept), split.validation(), split.test());
  }
}
