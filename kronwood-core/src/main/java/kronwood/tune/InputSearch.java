package kronwood.tune;

import java.util.List;
import java.util.Optional;
import kronwood.candidate.CoordinateSearch;
import kronwood.candidate.InputConfiguration;
import kronwood.data.Setting;
import kronwood.fit.ModelOptions;
import kronwood.loss.Goal;
import kronwood.math.Parallel;
import kronwood.train.TrainingProblem;
import kronwood.trial.Budget;
import kronwood.trial.InnerSplit;
import kronwood.trial.LinearTrial;
import kronwood.trial.Validation;

/** Looks for the form of the inputs on which the linear model does best. */
final class InputSearch {
  /** About how many trials shall fit into their share of the time. */
  private static final double WANTED = 15;

  private final ModelOptions options;
  private final List<InnerSplit> divisions;
  private final Setting setting;
  private final Goal goal;
  private final Budget budget;
  private final double shareOfTime;
  private final double shareOfTrials;
  private final Told told;

  /** What was tried, for the report. */
  interface Told {
    void add(InputConfiguration inputs, double error, boolean better, double seconds);
  }

  /**
   * Makes ready.
   *
   * @param goal what forms are judged by
   * @param shareOfTime after which nothing more is tried
   * @param shareOfTrials likewise
   */
  InputSearch(
      ModelOptions options,
      List<InnerSplit> divisions,
      Setting setting,
      Goal goal,
      Budget budget,
      double shareOfTime,
      double shareOfTrials,
      Told told) {
    this.options = options;
    this.divisions = divisions;
    this.setting = setting;
    this.goal = goal;
    this.budget = budget;
    this.shareOfTime = shareOfTime;
    this.shareOfTrials = shareOfTrials;
    this.told = told;
  }

  /**
   * The best form.
   *
   * @param enough divisions that trials are made on where time does not matter; else as many as fit
   */
  BestInputs best(
      InputConfiguration base,
      List<CoordinateSearch.Coordinate<InputConfiguration>> coordinates,
      int enough) {
    double before = budget.spent();
    LinearTrial start = linear(base, budget.isTimeless() ? enough : 1);
    double[] longest = {budget.spent() - before};
    int count =
        budget.isTimeless()
            ? enough
            : budget.fitting(longest[0], WANTED, shareOfTime, divisions.size());
    if (count > 1 && !budget.isTimeless()) {
      before = budget.spent();
      start = linear(base, count);
      longest[0] = budget.spent() - before;
    }
    told.add(base, start.score().error(), true, longest[0]);
    BestInputs[] best = {new BestInputs(base, start, count)};
    CoordinateSearch.best(
        coordinates,
        (form, score) -> {
          if (!budget.allows(longest[0], shareOfTime, shareOfTrials)) {
            return Optional.empty();
          }
          double began = budget.spent();
          LinearTrial tried = linear(form, count);
          boolean better = tried.score().isBetterThan(score);
          if (better) {
            best[0] = new BestInputs(form, tried, count);
          }
          double seconds = budget.spent() - began;
          longest[0] = Math.max(longest[0], seconds);
          told.add(form, tried.score().error(), better, seconds);
          return Optional.of(tried.score());
        },
        base,
        start.score());
    return best[0];
  }

  private LinearTrial linear(InputConfiguration inputs, int count) {
    List<InnerSplit> some = divisions.subList(0, count);
    try (Parallel parallel = Parallel.of(options.training().threads())) {
      List<TrainingProblem> problems =
          some.stream().map(division -> division.inputs().problem(inputs, options)).toList();
      return LinearTrial.of(
          problems, some, Validation.of(some, setting, options, goal), options, parallel);
    }
  }
}
