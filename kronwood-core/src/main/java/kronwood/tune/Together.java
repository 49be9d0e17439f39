package kronwood.tune;

import java.util.List;
import java.util.Optional;
import kronwood.data.Dataset;
import kronwood.math.Parallel;
import kronwood.model.ModelOptions;
import kronwood.model.ModelTraining;
import kronwood.train.TrainingProblem;
import org.jspecify.annotations.Nullable;

/** Tries network and linear model together, on the same inputs and divisions. */
final class Together {
  private final Dataset data;
  private final ModelOptions options;
  private final boolean hasLinear;
  private final Budget budget;
  private final List<Division> divisions;
  private final Validation validation;

  /** What the problems and the linear model were made of. */
  private @Nullable InputChoice inputs;

  private List<TrainingProblem> problems = List.of();
  private @Nullable LinearTrial linear;

  Together(
      Dataset data,
      ModelOptions options,
      boolean hasLinear,
      List<Division> divisions,
      Budget budget) {
    this.data = data;
    this.options = options;
    this.hasLinear = hasLinear;
    this.divisions = divisions;
    this.validation = Validation.of(divisions);
    this.budget = budget;
  }

  List<Division> divisions() {
    return divisions;
  }

  /**
   * Tries a proposal.
   *
   * @param rate the step size that the proposal is relative to, NaN to take what it would be by
   *     itself
   * @return empty if the budget was used up before, or training diverged
   */
  Optional<Chosen> choose(Proposal proposal, double rate) {
    prepare(proposal.inputs());
    return NetworkTrial.of(problems, divisions, options, proposal.form(), rate, budget)
        .map(network -> chosen(proposal, network));
  }

  private void prepare(InputChoice wanted) {
    if (wanted.equals(inputs)) {
      return;
    }
    Dataset formed = wanted.apply(data);
    ModelOptions with = wanted.apply(options);
    problems =
        divisions.stream()
            .map(division -> ModelTraining.problem(formed, division.split(), with))
            .toList();
    if (hasLinear) {
      try (Parallel parallel = Parallel.of(options.training().threads())) {
        linear = LinearTrial.of(problems, divisions, options, parallel);
      }
    }
    inputs = wanted;
  }

  private Chosen chosen(Proposal proposal, NetworkTrial network) {
    double[] none = new double[network.outputs().length];
    Blend blend =
        Blend.fit(
            options.loss(),
            validation,
            network.outputs(),
            linear == null ? none : linear.outputs());
    double alone = Blend.fit(options.loss(), validation, network.outputs(), none).error();
    return new Chosen(proposal, linear, network, blend, alone);
  }
}
