package kronwood.data.fold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import kronwood.data.ClassTargets;
import kronwood.data.Dataset;
import kronwood.data.Setting;
import kronwood.data.Split;
import kronwood.data.TupleKeys;
import kronwood.fault.InputException;

/**
 * Splits of a data set for cross-validation in a {@link Setting}: seeded, balanced, and such that
 * what is new in the test samples of a fold occurs nowhere in its training samples.
 *
 * <p>Where pairs are divided at random, each is in the test part of exactly one fold; samples of
 * the same entities stay together, as do (u, v) and (v, u) where both modes share a table. Whether
 * the entities of a test pair occur in other training pairs is left to chance, as a rule they do.
 *
 * <p>Where entities are new, the entities of each table that fills a new mode are divided among the
 * folds, and those of fold f are held out:
 *
 * <pre>
 *   test      every entity in a new mode is held out, every other is not
 *   training  no entity is held out, in whichever mode
 * </pre>
 *
 * All other samples have no part in the fold. An entity of a table shared by several modes hence
 * counts as seen wherever it occurs. With two new modes of different tables (setting D) fold f
 * tests its left against its right entities: with K folds about 1/K² of the pairs are tested and (1
 * − 1/K)² trained on; other repeats meet other blocks.
 *
 * <p>Folds are balanced by {@link Apportionment}: by samples, and by samples of every class.
 */
public final class Folds {
  private final Dataset data;
  private final int[] tableOfMode;
  private final Setting setting;
  private final int[] samples;
  private final List<Grouping> groupings;
  private final double[] shares;
  private final SplittableRandom random;

  /** Part of each listed sample, where pairs are divided at random, else empty. */
  private final int[] partOfSample;

  /** For each table the part of its entities, −1 of those not listed; empty if none is new. */
  private final List<int[]> partOfEntity = new ArrayList<>();

  private Folds(
      Dataset data,
      Setting setting,
      int[] samples,
      List<Grouping> groupings,
      double[] shares,
      SplittableRandom random) {
    this.data = data;
    this.tableOfMode = data.tableOfMode();
    this.setting = setting;
    this.samples = samples;
    this.groupings = groupings;
    this.shares = shares;
    this.random = random;
    if (setting.isRandom()) {
      partOfSample = dividePairs();
    } else {
      partOfSample = new int[0];
      for (int table = 0; table < data.tables().size(); table++) {
        boolean divided = false;
        for (int mode : setting.newModes()) {
          divided |= tableOfMode[mode] == table;
        }
        partOfEntity.add(divided ? divideEntities(table) : new int[0]);
      }
    }
  }

  /**
   * Divides samples into folds.
   *
   * @param samples the samples to divide, distinct
   * @param count number of folds, at least 2
   * @param repeat which of the repeated divisions, from 0: each is drawn anew
   * @param seed with the same seed and data a division is the same
   * @throws InputException if the setting does not fit the modes, or there is not enough to divide
   */
  public static Folds of(
      Dataset data,
      Setting setting,
      int[] samples,
      List<Grouping> groupings,
      int count,
      int repeat,
      long seed) {
    if (count < 2) {
      throw new InputException("folds is " + count + ", expected at least 2");
    }
    if (repeat < 0) {
      throw new InputException("repeat is " + repeat + ", expected 0 or more");
    }
    double[] shares = new double[count];
    Arrays.fill(shares, 1.0 / count);
    SplittableRandom random = new SplittableRandom(seed);
    SplittableRandom own = random.split();
    for (int r = 0; r < repeat; r++) {
      own = random.split();
    }
    return checked(data, setting, samples, groupings, shares, own);
  }

  /**
   * One split: holds out about {@code share} of the samples, or of the entities of each table that
   * fills a new mode.
   *
   * @param share above 0, below 1
   * @throws InputException as {@link #of} does
   */
  public static Split holdOut(
      Dataset data,
      Setting setting,
      int[] samples,
      List<Grouping> groupings,
      double share,
      long seed) {
    if (!(share > 0 && share < 1)) {
      throw new InputException("share is " + share + ", expected a number above 0 and below 1");
    }
    double[] shares = {1 - share, share};
    return checked(data, setting, samples, groupings, shares, new SplittableRandom(seed)).split(1);
  }

  private static Folds checked(
      Dataset data,
      Setting setting,
      int[] samples,
      List<Grouping> groupings,
      double[] shares,
      SplittableRandom random) {
    for (int mode : setting.newModes()) {
      if (mode >= data.modes().size()) {
        throw new InputException(
            "setting "
                + setting.name()
                + " is about mode "
                + (mode + 1)
                + ", the data have "
                + data.modes().size());
      }
    }
    for (Grouping grouping : groupings) {
      if (grouping.groups().length != data.samples().size()
          || grouping.mode() >= data.modes().size()) {
        throw new InputException(
            grouping.groups().length
                + " groups of mode "
                + grouping.mode()
                + " do not fit "
                + data.samples().size()
                + " samples of "
                + data.modes().size()
                + " modes");
      }
    }
    return new Folds(data, setting, samples.clone(), List.copyOf(groupings), shares, random);
  }

  /** Number of folds. */
  public int count() {
    return shares.length;
  }

  /**
   * The split whose test samples are those of fold {@code fold}, from 0; parts keep the order of
   * the samples.
   *
   * @throws InputException if it has no test or no training samples
   */
  public Split split(int fold) {
    int[] test = new int[samples.length];
    int[] train = new int[samples.length];
    int tests = 0;
    int trains = 0;
    for (int i = 0; i < samples.length; i++) {
      if (isTest(i, fold)) {
        test[tests++] = samples[i];
      } else if (isTraining(i, fold)) {
        train[trains++] = samples[i];
      }
    }
    if (tests == 0 || trains == 0) {
      throw new InputException(
          "setting "
              + setting.name()
              + ", fold "
              + (fold + 1)
              + " of "
              + count()
              + " has "
              + tests
              + " test and "
              + trains
              + " training samples: the samples are too few or too connected, take fewer folds"
              + " or another setting");
    }
    return new Split(Arrays.copyOf(train, trains), new int[0], Arrays.copyOf(test, tests));
  }

  /**
   * The same with a validation part, drawn from the training samples in the same setting: what is
   * new in it is new to the training samples that are left. The test samples stay the same.
   *
   * @param share share of the training samples, or of the entities of each table that fills a new
   *     mode, above 0 and below 1
   * @throws InputException if there is not enough to divide
   */
  public Split splitWithValidation(int fold, double share, long seed) {
    Split outer = split(fold);
    Split inner = holdOut(data, setting, outer.train(), groupings, share, seed);
    return new Split(inner.train(), inner.test(), outer.test());
  }

  private boolean isTest(int position, int fold) {
    if (setting.isRandom()) {
      return partOfSample[position] == fold;
    }
    for (int mode = 0; mode < tableOfMode.length; mode++) {
      if (isHeldOut(position, mode, fold) != setting.isNew(mode)) {
        return false;
      }
    }
    return true;
  }

  private boolean isTraining(int position, int fold) {
    if (setting.isRandom()) {
      return true;
    }
    for (int mode = 0; mode < tableOfMode.length; mode++) {
      if (isHeldOut(position, mode, fold)) {
        return false;
      }
    }
    return true;
  }

  private boolean isHeldOut(int position, int mode, int fold) {
    int[] part = partOfEntity.get(tableOfMode[mode]);
    return part.length > 0 && part[entity(position, mode)] == fold;
  }

  private int entity(int position, int mode) {
    return data.samples().tuples().entity(samples[position], mode);
  }

  private int[] dividePairs() {
    int n = samples.length;
    int[] positions = new int[n];
    Arrays.setAll(positions, i -> i);
    DisjointSets sets = new DisjointSets(n);
    sets.joinEqual(positions, TupleKeys.of(data.samples().tuples().select(samples), tableOfMode));
    for (Grouping grouping : groupings) {
      int[] keys = selected(grouping);
      if (grouping.mode() != Grouping.SAMPLES) {
        // Samples of the group's entities may be in no group themselves.
        keys = groupOfEntity(grouping, keys, tableOfMode[grouping.mode()]);
      }
      sets.joinEqual(positions, keys);
    }
    int[] unit = units(sets, positions);
    int units = 1 + Arrays.stream(unit).max().orElse(-1);
    requireUnits(units, units == 1 ? "1 group of samples" : units + " groups of samples");
    int[] part = new Apportionment(units, unit, strata(), strataCount()).divide(shares, random);
    int[] result = new int[n];
    Arrays.setAll(result, i -> part[unit[i]]);
    return result;
  }

  private int[] selected(Grouping grouping) {
    int[] keys = new int[samples.length];
    Arrays.setAll(keys, i -> grouping.groups()[samples[i]]);
    return keys;
  }

  /** For each sample the group of its entity in the grouping's mode, by any sample that says so. */
  private int[] groupOfEntity(Grouping grouping, int[] keys, int table) {
    int[] entities = new int[samples.length];
    Arrays.setAll(entities, i -> entity(i, grouping.mode()));
    DisjointSets sets = new DisjointSets(data.tables().get(table).size());
    sets.joinEqual(entities, keys);
    boolean[] grouped = new boolean[data.tables().get(table).size()];
    for (int i = 0; i < keys.length; i++) {
      grouped[sets.find(entities[i])] |= keys[i] >= 0;
    }
    int[] groups = new int[samples.length];
    Arrays.setAll(
        groups, i -> grouped[sets.find(entities[i])] ? sets.find(entities[i]) : Grouping.NONE);
    return groups;
  }

  private int[] divideEntities(int table) {
    int entities = data.tables().get(table).size();
    DisjointSets sets = new DisjointSets(entities);
    int occurrences = 0;
    int[] entityOf = new int[Math.multiplyExact(samples.length, tableOfMode.length)];
    int[] stratumOf = new int[entityOf.length];
    int[] strata = strata();
    for (int mode = 0; mode < tableOfMode.length; mode++) {
      if (tableOfMode[mode] != table) {
        continue;
      }
      for (int i = 0; i < samples.length; i++) {
        entityOf[occurrences] = entity(i, mode);
        stratumOf[occurrences++] = strata[i];
      }
      for (Grouping grouping : groupings) {
        boolean about =
            grouping.mode() == mode || (grouping.mode() == Grouping.SAMPLES && setting.isNew(mode));
        if (about) {
          int[] ofMode = Arrays.copyOfRange(entityOf, occurrences - samples.length, occurrences);
          sets.joinEqual(ofMode, selected(grouping));
        }
      }
    }
    entityOf = Arrays.copyOf(entityOf, occurrences);
    int[] unit = units(sets, entityOf);
    int units = 1 + Arrays.stream(unit).max().orElse(-1);
    requireUnits(
        units,
        "%d %s of table '%s'"
            .formatted(
                units,
                (groupings.isEmpty() ? "" : units == 1 ? "group of " : "groups of ")
                    + (units == 1 && groupings.isEmpty() ? "entity" : "entities"),
                data.tables().get(table).name()));
    int[] part =
        new Apportionment(units, unit, Arrays.copyOf(stratumOf, occurrences), strataCount())
            .divide(shares, random.split());
    int[] partOfEntity = new int[entities];
    Arrays.fill(partOfEntity, -1);
    for (int i = 0; i < occurrences; i++) {
      partOfEntity[entityOf[i]] = part[unit[i]];
    }
    return partOfEntity;
  }

  private void requireUnits(int units, String found) {
    if (units < shares.length) {
      throw new InputException(
          "setting "
              + setting.name()
              + ": the samples have "
              + found
              + ", which cannot be divided into "
              + shares.length
              + " parts; "
              + (units < 2 ? "at least 2 are needed" : "take at most " + units));
    }
  }

  /** Numbers the sets of the listed elements {@code 0, 1, …} in order of first occurrence. */
  private static int[] units(DisjointSets sets, int[] elements) {
    int largest = -1;
    for (int element : elements) {
      largest = Math.max(largest, element);
    }
    int[] number = new int[largest + 1];
    Arrays.fill(number, -1);
    int[] unit = new int[elements.length];
    int next = 0;
    for (int i = 0; i < elements.length; i++) {
      int set = sets.find(elements[i]);
      if (number[set] < 0) {
        number[set] = next++;
      }
      unit[i] = number[set];
    }
    return unit;
  }

  private int[] strata() {
    int[] strata = new int[samples.length];
    if (data.samples().targets() instanceof ClassTargets classes) {
      Arrays.setAll(strata, i -> classes.label(samples[i]));
    }
    return strata;
  }

  private int strataCount() {
    return data.samples().targets() instanceof ClassTargets classes ? classes.classes().size() : 1;
  }
}
