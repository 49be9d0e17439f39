package kronwood.tune;

import java.util.List;
import java.util.Optional;
import kronwood.candidate.InputConfiguration;
import kronwood.candidate.NetworkForm;
import kronwood.data.Setting;
import kronwood.fit.ModelOptions;
import kronwood.loss.Goal;
import kronwood.math.Parallel;
import kronwood.train.TrainingProblem;
import kronwood.trial.Blend;
import kronwood.trial.Budget;
import kronwood.trial.InnerSplit;
import kronwood.trial.LinearTrial;
import kronwood.trial.NetworkTrial;
import kronwood.trial.Validation;
import org.jspecify.annotations.Nullable;

/** Tries network and linear model together, on the same inputs and divisions. */
final class ConfigurationTrials {
  private final ModelOptions options;
  private final @Nullable BestInputs known;
  private final Budget budget;
  private final List<InnerSplit> divisions;
  private final Validation validation;

  /** What the problems and the linear model were made of. */
  private @Nullable InputConfiguration inputs;

  private List<TrainingProblem> problems = List.of();
  private @Nullable LinearTrial linear;

  /**
   * Makes ready.
   *
   * @param known a linear model that was fitted before, null if there shall be none
   * @param goal what trials are judged by
   */
  ConfigurationTrials(
      ModelOptions options,
      @Nullable BestInputs known,
      List<InnerSplit> divisions,
      Setting setting,
      Goal goal,
      Budget budget) {
    this.options = options;
    this.known = known;
    this.divisions = divisions;
    this.validation = Validation.of(divisions, setting, options, goal);
    this.budget = budget;
  }

  /**
   * Tries a configuration.
   *
   * @param reference the trial whose step size that of the configuration is relative to, null if
   *     this is it
   * @param begun the same on the first divisions, or some more; those not tried before are added
   * @param first whether something must come of it: it is not stopped before an epoch is over, and
   *     what it was stopped at counts
   * @return empty if the budget was used up before, or training diverged
   */
  Optional<BlendedTrial> choose(
      Configuration configuration,
      @Nullable NetworkTrial reference,
      NetworkTrial begun,
      boolean first) {
    prepare(configuration.inputs());
    int done = Math.min(begun.parts().size(), problems.size());
    return NetworkTrial.of(
            problems.subList(done, problems.size()),
            divisions.subList(done, divisions.size()),
            options,
            configuration.form(),
            reference,
            first,
            budget)
        .map(more -> begun.first(done).and(more).atBestEpoch(validation))
        .map(network -> chosen(configuration, network));
  }

  /** The linear model of some inputs, and a network that says nothing. */
  BlendedTrial linearAlone(InputConfiguration wanted) {
    prepare(wanted);
    NetworkTrial nothing = NetworkTrial.none(validation.size() * validation.outputs());
    return chosen(new Configuration(wanted, NetworkForm.GIVEN), nothing);
  }

  private void prepare(InputConfiguration wanted) {
    if (wanted.equals(inputs)) {
      return;
    }
    problems =
        divisions.stream().map(division -> division.inputs().problem(wanted, options)).toList();
    linear = known == null ? null : linear(known, wanted);
    inputs = wanted;
  }

  private LinearTrial linear(BestInputs before, InputConfiguration wanted) {
    if (before.inputs().equals(wanted) && divisions.size() <= before.divisions()) {
      return before.linear().on(validation);
    }
    try (Parallel parallel = Parallel.of(options.training().threads())) {
      return LinearTrial.of(problems, divisions, validation, options, parallel);
    }
  }

  private BlendedTrial chosen(Configuration configuration, NetworkTrial network) {
    double[] outputs = network.outputs();
    Blend alone = Blend.ofNetwork(validation, outputs);
    LinearTrial fitted = linear;
    Blend blend =
        fitted == null ? alone : Blend.ofBoth(validation, alone, outputs, fitted.outputs());
    return new BlendedTrial(configuration, fitted, network, blend, alone.score().error());
  }
}
