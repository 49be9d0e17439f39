package kronwood.tune;

import java.util.List;
import java.util.Optional;
import kronwood.data.Setting;
import kronwood.math.Parallel;
import kronwood.model.ModelOptions;
import kronwood.train.TrainingProblem;
import org.jspecify.annotations.Nullable;

/** Tries network and linear model together, on the same inputs and divisions. */
final class Together {
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
      ModelOptions options,
      boolean hasLinear,
      List<Division> divisions,
      Setting setting,
      Budget budget) {
    this.options = options;
    this.hasLinear = hasLinear;
    this.divisions = divisions;
    this.validation = Validation.of(divisions, setting);
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

  /** The linear model of some inputs, and a network that says nothing. */
  Chosen linearAlone(InputChoice wanted) {
    prepare(wanted);
    NetworkTrial nothing = NetworkTrial.none(validation.size() * validation.outputs());
    return chosen(new Proposal(wanted, NetworkForm.GIVEN), nothing);
  }

  private void prepare(InputChoice wanted) {
    if (wanted.equals(inputs)) {
      return;
    }
    problems =
        divisions.stream().map(division -> division.inputs().problem(wanted, options)).toList();
    if (hasLinear) {
      try (Parallel parallel = Parallel.of(options.training().threads())) {
        linear = LinearTrial.of(problems, divisions, validation, options, parallel);
      }
    }
    inputs = wanted;
  }

  private Chosen chosen(Proposal proposal, NetworkTrial network) {
    Blend alone = Blend.ofNetwork(options.loss(), validation, network.outputs());
    LinearTrial fitted = linear;
    Blend blend =
        fitted == null
            ? alone
            : Blend.ofBoth(options.loss(), validation, network.outputs(), fitted.outputs());
    return new Chosen(proposal, fitted, network, blend, alone.score().error());
  }
}
