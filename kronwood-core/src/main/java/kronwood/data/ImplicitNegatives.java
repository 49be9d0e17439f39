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
   * A data set and its parts.
   *
   * @param data the listed samples, then negatives of each part
   * @param split the parts
   */
  public record Divided(Dataset data, Split split) {}

  /**
   * Negatives for parts that are given, as by time: each part has its own, and a pair may be a
   * negative of several.
   *
   * <pre>
   *   training     all pairs that no training row lists, also those that are tested or validated
   *   validation   all pairs that neither a training nor a validation row lists
   *   test         all pairs that no row lists
   * </pre>
   *
   * <p>When a model is trained, the positives of tomorrow are pairs like all others that are not
   * known yet. If they alone were spared as negatives, a model would learn which they are from what
   * it is not shown, and every measure of its ranking would be too good.
   *
   * @param complete what {@link #complete} made
   * @param listed number of listed samples, which come first
   * @param split parts of the listed samples; what it says of others is not read
   */
  public static Divided ofParts(Dataset complete, int listed, Split split) {
    Samples samples = complete.samples();
    int modes = complete.modes().size();
    int[] keys = TupleKeys.of(samples.tuples(), complete.tableOfMode());
    int[] unlisted = new int[samples.size() - listed];
    Arrays.setAll(unlisted, i -> listed + i);
    int[] train = listedIn(split.train(), listed);
    int[] more = split.validation();
    int[] test = split.test();
    // Each of these becomes a sample of class 0.
    int[] spared = without(test, joined(train, more), keys);
    int[] forTraining = ordered(joined(joined(unlisted, without(more, train, keys)), spared), keys);
    int[] forValidation = more.length == 0 ? more : ordered(joined(unlisted, spared), keys);
    int[] forTest = test.length == 0 ? test : unlisted;
    int[] added = joined(joined(forTraining, forValidation), forTest);
    int size = Math.addExact(listed, added.length);
    int[] entities = new int[Math.multiplyExact(size, modes)];
    int[] labels = new int[size];
    float[] weights = new float[size];
    Arrays.fill(weights, 1);
    ClassTargets classes = (ClassTargets) samples.targets();
    for (int i = 0; i < size; i++) {
      int from = i < listed ? i : added[i - listed];
      for (int mode = 0; mode < modes; mode++) {
        entities[i * modes + mode] = samples.tuples().entity(from, mode);
      }
      if (i < listed) {
        labels[i] = classes.label(i);
        weights[i] = samples.weight(i);
      }
    }
    int second = listed + forTraining.length;
    int third = second + forValidation.length;
    return new Divided(
        Dataset.of(
            complete.modes(),
            Samples.weighted(
                EntityTuples.of(modes, entities),
                ClassTargets.of(classes.names().getFirst(), classes.classes(), labels),
                weights)),
        new Split(
            joined(train, range(listed, second)),
            joined(more, range(second, third)),
            joined(test, range(third, size))));
  }

  private static int[] listedIn(int[] part, int listed) {
    return Arrays.stream(part).filter(sample -> sample < listed).toArray();
  }

  /** Those of some samples whose tuples others do not have, each tuple once. */
  private static int[] without(int[] samples, int[] others, int[] keys) {
    boolean[] taken = new boolean[keys.length];
    for (int other : others) {
      taken[keys[other]] = true;
    }
    int[] kept = new int[samples.length];
    int count = 0;
    for (int sample : samples) {
      if (!taken[keys[sample]]) {
        taken[keys[sample]] = true;
        kept[count++] = sample;
      }
    }
    return Arrays.copyOf(kept, count);
  }

  /** In an order that does not say which of them other parts list. */
  private static int[] ordered(int[] samples, int[] keys) {
    long[] sorted = new long[samples.length];
    Arrays.setAll(sorted, i -> (long) keys[samples[i]] << 32 | samples[i]);
    Arrays.sort(sorted);
    return Arrays.stream(sorted).mapToInt(key -> (int) key).toArray();
  }

  private static int[] joined(int[] first, int[] second) {
    int[] joined = Arrays.copyOf(first, Math.addExact(first.length, second.length));
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static int[] range(int from, int to) {
    int[] range = new int[to - from];
    Arrays.setAll(range, i -> from + i);
    return range;
  }

  /**
   * The split with fewer negatives to train on: of the training samples that are not listed, as
   * many are kept as {@code perPositive} times the listed ones of class 1, drawn without
   * replacement. The other parts keep all of theirs, so that evaluation is against every unknown
   * tuple.
   *
   * <p>By popularity a tuple is drawn in proportion to the product, over its modes, of 1 + the
   * number of positive training samples that its entity has in this mode: what is popular and was
   * not chosen says more than what nobody knows. Cost: O(n log n) for n tuples.
   *
   * @param data what {@link #complete} or {@link #ofParts} made
   * @param listed number of listed samples, which come first
   */
  public static Split thin(Dataset data, int listed, Split split, Negatives negatives, long seed) {
    ClassTargets classes = (ClassTargets) data.samples().targets();
    long positives = 0;
    long unlisted = 0;
    for (int sample : split.train()) {
      unlisted += sample >= listed ? 1 : 0;
      positives += sample < listed && classes.label(sample) == 1 ? 1 : 0;
    }
    int wanted = (int) Math.min(unlisted, negatives.perPositive() * positives);
    boolean[] kept =
        negatives.byPopularity()
            ? popular(data, listed, split.train(), wanted, seed)
            : uniform(listed, split.train(), unlisted, wanted, seed);
    int[] train = new int[split.train().length];
    int count = 0;
    for (int i = 0; i < train.length; i++) {
      if (split.train()[i] < listed || kept[i]) {
        train[count++] = split.train()[i];
      }
    }
    return new Split(Arrays.copyOf(train, count), split.validation(), split.test());
  }

  /** Which to keep, each subset equally likely. */
  private static boolean[] uniform(int listed, int[] train, long unlisted, long wanted, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] kept = new boolean[train.length];
    long left = unlisted;
    long missing = wanted;
    for (int i = 0; i < train.length; i++) {
      if (train[i] >= listed) {
        // Selection sampling: exactly as many as wanted, each subset equally likely, in order.
        kept[i] = random.nextLong(left) < missing;
        missing -= kept[i] ? 1 : 0;
        left--;
      }
    }
    return kept;
  }

  /**
   * Which to keep, drawn one after another in proportion to the popularity of those left: those of
   * the smallest times until a first event whose rate is the popularity (P. S. Efraimidis, P. G.
   * Spirakis, "Weighted random sampling with a reservoir", Information Processing Letters 97,
   * 2006).
   */
  private static boolean[] popular(Dataset data, int listed, int[] train, int wanted, long seed) {
    EntityTuples tuples = data.samples().tuples();
    ClassTargets classes = (ClassTargets) data.samples().targets();
    List<int[]> counts = new ArrayList<>();
    for (Mode mode : data.modes()) {
      counts.add(new int[mode.table().size()]);
    }
    for (int sample : train) {
      if (sample < listed && classes.label(sample) == 1) {
        for (int mode = 0; mode < counts.size(); mode++) {
          counts.get(mode)[tuples.entity(sample, mode)]++;
        }
      }
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] times = new double[train.length];
    Arrays.fill(times, Double.POSITIVE_INFINITY);
    for (int i = 0; i < train.length; i++) {
      if (train[i] >= listed) {
        double rate = 1;
        for (int mode = 0; mode < counts.size(); mode++) {
          rate *= 1.0 + counts.get(mode)[tuples.entity(train[i], mode)];
        }
        times[i] = -Math.log(1 - random.nextDouble()) / rate;
      }
    }
    boolean[] kept = new boolean[train.length];
    if (wanted > 0) {
      double[] sorted = times.clone();
      Arrays.sort(sorted);
      double last = sorted[wanted - 1];
      int count = 0;
      for (int i = 0; i < kept.length; i++) {
        kept[i] = times[i] <= last && count < wanted;
        count += kept[i] ? 1 : 0;
      }
    }
    return kept;
  }
}
