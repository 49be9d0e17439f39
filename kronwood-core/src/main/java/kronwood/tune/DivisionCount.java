package kronwood.tune;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kronwood.data.ClassTargets;
import kronwood.data.Samples;
import kronwood.data.Setting;
import kronwood.data.Split;

/**
 * How many divisions a choice is made on if no number of folds is given: as many as give enough
 * validation samples to compare candidates. If interactions are rare, the validation part of one
 * division holds very few of them.
 *
 * @param rarest wanted samples of the rarest class
 * @param samples wanted samples, where targets are numbers
 * @param clusters wanted different entities of the first new mode; errors of one entity's samples
 *     are correlated
 * @param least least number of divisions, unless a single one holds {@value #PLENTY} times what is
 *     wanted
 * @param most most
 */
record DivisionCount(int rarest, int samples, int clusters, int least, int most) {
  /** For the form of the inputs and λ: the linear model is fitted in no time. */
  static final DivisionCount INPUTS = new DivisionCount(300, 2000, 30, 5, 50);

  /** For how much the network counts. */
  static final DivisionCount BLEND = new DivisionCount(150, 1000, 50, 3, 20);

  /** For how the network is trained, each way of which is a trial. */
  static final DivisionCount TRAINING = new DivisionCount(40, 400, 20, 2, 10);

  private static final int PLENTY = 2;

  /**
   * How many of the splits, from the first, are enough; all of them if none are.
   *
   * @param setting in which they divide the samples
   */
  int count(List<Split> splits, Samples data, Setting setting) {
    int rare = data.targets() instanceof ClassTargets classes ? rarest(splits, classes) : -1;
    int found = 0;
    Set<Integer> different = new HashSet<>();
    for (int d = 0; d < Math.min(splits.size(), most); d++) {
      for (int sample : splits.get(d).validation()) {
        boolean counts = rare < 0 || ((ClassTargets) data.targets()).label(sample) == rare;
        found += counts ? 1 : 0;
        different.add(
            setting.isRandom()
                ? sample
                : data.tuples().entity(sample, setting.newModes().getFirst()));
      }
      int factor = d + 1 < least ? PLENTY : 1;
      if (found >= factor * (rare < 0 ? samples : rarest)
          && different.size() >= factor * clusters) {
        return d + 1;
      }
    }
    return Math.min(splits.size(), most);
  }

  /** The class of which the splits have the fewest samples, but some. */
  private static int rarest(List<Split> splits, ClassTargets classes) {
    List<Integer> counts = new ArrayList<>();
    classes.classes().forEach(_ -> counts.add(0));
    for (Split split : splits) {
      for (int sample : split.validation()) {
        int label = classes.label(sample);
        counts.set(label, counts.get(label) + 1);
      }
    }
    int rarest = 0;
    for (int c = 1; c < counts.size(); c++) {
      if (counts.get(c) > 0 && (counts.get(rarest) == 0 || counts.get(c) < counts.get(rarest))) {
        rarest = c;
      }
    }
    return rarest;
  }
}
