package kronwood.tune;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kronwood.data.Setting;
import kronwood.data.fold.Grouping;
import kronwood.fault.InputException;
import kronwood.loss.Goal;

/**
 * The budget of a tuning, and the samples that it chooses on.
 *
 * @param seconds time after which nothing new is tried, or infinite
 * @param trials number of trials after which nothing new is tried, with which the choice is the
 *     same on every machine; {@link Integer#MAX_VALUE} for any number
 * @param parts network, linear model or both
 * @param setting what is new about the entities of the samples that will be predicted: validation
 *     samples are held out in the same way
 * @param groupings groups of samples that are never divided between training and validation
 * @param folds most divisions of the training samples that each choice is made on, or {@link
 *     #AUTO_FOLDS} for as many as it takes to tell better from worse; fewer are used where time is
 *     short
 * @param seed seed of the divisions
 * @param goal what choices are judged by
 */
public record TuningOptions(
    double seconds,
    int trials,
    TunedParts parts,
    Setting setting,
    List<Grouping> groupings,
    int folds,
    long seed,
    Goal goal) {
  /** Choices are judged by the loss. */
  public TuningOptions(
      double seconds,
      int trials,
      TunedParts parts,
      Setting setting,
      List<Grouping> groupings,
      int folds,
      long seed) {
    this(seconds, trials, parts, setting, groupings, folds, seed, Goal.LOSS);
  }

  /** The same, judged by another goal. */
  public TuningOptions withGoal(Goal other) {
    return new TuningOptions(seconds, trials, parts, setting, groupings, folds, seed, other);
  }

  /** Stands for as many divisions as give enough validation samples. */
  public static final int AUTO_FOLDS = 0;

  /** Parts that the training samples are divided into, if no more folds are asked for. */
  static final int PARTS = 5;

  /**
   * Checks the ranges.
   *
   * @throws InputException naming the value out of range
   */
  public TuningOptions {
    groupings = List.copyOf(groupings);
    if (!(seconds > 0)) {
      throw new InputException("seconds is " + seconds + ", expected a number > 0");
    }
    if (trials < 1) {
      throw new InputException("trials is " + trials + ", expected at least 1");
    }
    if (folds < 0) {
      throw new InputException("folds is " + folds + ", expected at least 1");
    }
  }

  /** By name what the choices depend on, besides the data and the options they start from. */
  Map<String, String> facts(int epochs) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("budget of choices", budget());
    facts.put("parts", parts.key());
    facts.put("setting", setting.name());
    facts.put("folds of choices", folds == AUTO_FOLDS ? "auto" : Integer.toString(folds));
    facts.put("epochs", Integer.toString(epochs));
    StringBuilder groups = new StringBuilder();
    for (Grouping grouping : groupings) {
      groups.append(grouping.mode()).append(':').append(Arrays.hashCode(grouping.groups()));
      groups.append(' ');
    }
    facts.put("groups", groups.toString());
    if (!goal.isLoss()) {
      facts.put("judged by", goal.toString());
    }
    return facts;
  }

  /** For people and provenance. */
  public String budget() {
    return trials < Integer.MAX_VALUE
        ? trials + " trials"
        : String.format(Locale.ROOT, "%.3g s", seconds);
  }
}
