package kronwood.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import kronwood.fault.InputException;
import kronwood.loss.Task;
import kronwood.network.Ensemble;
import kronwood.network.NetworkOptions;

/**
 * The training samples that are hidden from some members of an ensemble, so that these members'
 * predictions for them are like those for new samples.
 *
 * <p>Each hidden sample is hidden from half of the members, and at least from two, because the
 * spread between members that have not seen a sample can only be measured with several of them.
 * Groups of samples with the same entities are dealt at random to E parts; with h members that a
 * sample is hidden from, those of part p are p, p + 1, …, p + h − 1, modulo E. So many groups are
 * dealt that each member misses a tenth of them, and at least one for each part.
 *
 * <p>Nothing is hidden in three cases: there is a single network; there are validation samples,
 * which no member trains on; or the targets are classes, whose spread is not calibrated.
 */
public final class HiddenSamples {
  /** Share of the groups that each member misses. */
  private static final double SHARE = 0.1;

  private static final int SHOWN = -1;

  private final int members;
  private final int[] part;
  private final int[] hidden;

  private HiddenSamples(int members, int[] part, int[] train) {
    this.members = members;
    this.part = part;
    this.hidden = select(train, true, -1);
  }

  /**
   * Chooses what to hide.
   *
   * @throws InputException if there are too few groups of samples for so many members, or the
   *     samples do not have one of the modes
   */
  public static HiddenSamples of(TrainingProblem problem, NetworkOptions network) {
    Ensemble ensemble = network.ensemble();
    // Stored samples train a single network, which nothing is hidden from.
    int[] train = problem.isStored() ? new int[0] : problem.split().train();
    int[] part = new int[problem.samples().size()];
    Arrays.fill(part, SHOWN);
    List<List<Integer>> groups = groups(problem, train, ensemble);
    if (ensemble.isSeveral() && groups.size() < 2 * ensemble.members()) {
      throw new InputException(
          "an ensemble of %d members needs at least %d different %s to train on, found %d: take a smaller ensemble"
              .formatted(
                  ensemble.members(),
                  2 * ensemble.members(),
                  ensemble.hiddenModes().isEmpty() ? "tuples of entities" : "entities",
                  groups.size()));
    }
    if (ensemble.isSeveral()
        && problem.loss().task() == Task.REGRESSION
        && problem.split().validation().length == 0) {
      deal(groups, ensemble.members(), part, new SplittableRandom(network.seed() ^ 0x68696464L));
    }
    return new HiddenSamples(ensemble.members(), part, train);
  }

  /** Samples with the same entities, in the order of their first ones. */
  private static List<List<Integer>> groups(
      TrainingProblem problem, int[] train, Ensemble ensemble) {
    int[] tables = problem.inputs().tableOfEntity();
    for (int mode : ensemble.hiddenModes()) {
      if (mode < 0 || mode >= tables.length) {
        throw new InputException(
            "mode " + mode + " to hide samples by, but there are " + tables.length + " modes");
      }
      for (int other = 0; other < tables.length; other++) {
        if (other != mode && tables[other] == tables[mode]) {
          throw new InputException(
              "entities of mode %d to hide occur in mode %d too, and would be seen there; hide pairs"
                  .formatted(mode + 1, other + 1));
        }
      }
    }
    Map<List<Integer>, List<Integer>> groups = new LinkedHashMap<>();
    if (ensemble.isSeveral()) {
      for (int i : train) {
        groups.computeIfAbsent(key(problem, i, ensemble), key -> new ArrayList<>()).add(i);
      }
    }
    return new ArrayList<>(groups.values());
  }

  /**
   * The entities of a sample; those of one table are sorted, because the target of (u, v) is close
   * to that of (v, u).
   */
  private static List<Integer> key(TrainingProblem problem, int sample, Ensemble ensemble) {
    int[] tables = problem.inputs().tableOfEntity();
    List<Integer> key = new ArrayList<>();
    for (int mode = 0; mode < tables.length; mode++) {
      boolean counts = ensemble.hiddenModes().isEmpty() || ensemble.hiddenModes().contains(mode);
      key.add(counts ? problem.samples().tuples().entity(sample, mode) : -1);
      for (int before = 0; counts && before < mode; before++) {
        if (tables[before] == tables[mode] && key.get(before) > key.get(mode)) {
          Collections.swap(key, before, mode);
        }
      }
    }
    return key;
  }

  private static void deal(
      List<List<Integer>> groups, int members, int[] part, SplittableRandom random) {
    double share = Math.min(1, SHARE * members / unseen(members));
    int wanted = Math.max(members, (int) Math.round(share * groups.size()));
    for (int g = 0; g < wanted; g++) {
      int other = random.nextInt(g, groups.size());
      List<Integer> dealt = groups.set(other, groups.get(g));
      groups.set(g, dealt);
      for (int i : dealt) {
        part[i] = g % members;
      }
    }
  }

  /** Number of members that each hidden sample is hidden from. */
  static int unseen(int members) {
    return Math.max(2, members / 2);
  }

  /** Whether a sample is hidden from a member. */
  boolean isHidden(int sample, int member) {
    return part[sample] != SHOWN && (member - part[sample] + members) % members < unseen(members);
  }

  /** Training samples that are hidden from {@link #unseen} members each, in their order. */
  public int[] hidden() {
    return hidden;
  }

  /** The given samples without those that are hidden from a member, in their order. */
  public int[] shownTo(int member, int[] train) {
    return select(train, false, member);
  }

  /** The given samples without those that are hidden from any member, in their order. */
  public int[] shownToAll(int[] train) {
    return select(train, false, -1);
  }

  private int[] select(int[] train, boolean wanted, int member) {
    int[] selected = new int[train.length];
    int count = 0;
    for (int i : train) {
      boolean is = member < 0 ? part[i] != SHOWN : isHidden(i, member);
      if (is == wanted) {
        selected[count++] = i;
      }
    }
    return Arrays.copyOf(selected, count);
  }
}
