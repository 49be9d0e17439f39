package kronwood.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import kronwood.candidate.CoordinateSearch;
import kronwood.candidate.InputConfiguration;
import kronwood.candidate.NetworkForm;
import kronwood.candidate.Score;
import kronwood.candidate.TableFits;
import kronwood.data.Dataset;
import kronwood.data.Split;
import kronwood.fault.InputException;
import kronwood.fit.ModelOptions;
import kronwood.network.Ensemble;
import kronwood.train.StopSignal;
import kronwood.train.TrainingEvent;
import kronwood.train.TrainingListener;
import kronwood.train.TrainingProblem;
import kronwood.trial.Budget;
import kronwood.trial.InnerSplit;
import kronwood.trial.LinearTrial;
import kronwood.trial.NetworkTrial;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the best inputs, training and blend within a budget: steps 0 to 3 of {@link Tuning}.
 * Every choice is made on predictions for samples that the predicting model did not see.
 */
final class TuningSearch {
  /** Share of the time after which inputs are no longer tried. */
  private static final double SHARE_OF_INPUTS = 0.4;

  /** Share of the trials after which inputs are no longer tried. */
  private static final double TRIALS_OF_INPUTS = 0.7;

  /** Share of the budget that one fit of the linear model may take. */
  private static final double MOST_FOR_LINEAR = 0.7;

  /** About how many trials of the network shall fit into the rest. */
  private static final double WANTED_NETWORKS = 4;

  /** On no division yet. */
  static final NetworkTrial NONE = new NetworkTrial(List.of(), 0);

  private final Dataset data;
  private final Split split;

  /** Those of trials, which are of a single network. */
  private final ModelOptions options;

  private final TuningOptions tuning;
  private final Screening.Limits limits;
  private final TrainingListener listener;
  private final Budget budget;
  private final List<InnerSplit> divisions;
  private final List<TuningTrial> trials = new ArrayList<>();
  private final InputConfiguration given;

  /** The best linear model, once one was fitted. */
  private @Nullable BestInputs linear;

  TuningSearch(
      Dataset data,
      Split split,
      ModelOptions options,
      TuningOptions tuning,
      Screening.Limits limits,
      TableFits fits,
      TrainingListener listener,
      StopSignal stop) {
    this.data = data;
    this.split = split;
    this.options = options.withNetwork(options.network().withEnsemble(Ensemble.SINGLE));
    this.tuning = tuning;
    this.limits = limits;
    this.listener = listener;
    this.given = InputConfiguration.of(data, options.gram());
    this.divisions = InnerSplits.of(data, split, options, tuning, fits);
    this.budget = new Budget(tuning.seconds(), tuning.trials(), stop);
  }

  /** Whether a linear model was fitted. */
  boolean hasLinear() {
    return linear != null;
  }

  /**
   * The best linear model so far without a network.
   *
   * @throws InputException if there is none
   */
  TunedSettings linearAlone() {
    BestInputs best = linear;
    if (best == null) {
      throw new InputException(
          "the network's training was stopped before its first epoch was over");
    }
    int count = best.divisions();
    return finish(together(best, count).linearAlone(best.inputs()), count);
  }

  /** Null if it was stopped before there was anything to choose from. */
  @Nullable TunedSettings choose() {
    if (tuning.parts() == TunedParts.LINEAR) {
      BestInputs linear = searchInputs(given);
      int count = linear.divisions();
      return finish(together(linear, count).linearAlone(linear.inputs()), count);
    }
    Screening.Found screened =
        Screening.of(data, split, options, tuning, limits, budget, this::addScreened).orElse(null);
    InputConfiguration base = screened == null ? given : screened.configuration().inputs();
    NetworkForm form = screened == null ? NetworkForm.GIVEN : screened.configuration().form();
    NetworkTrial reference = screened == null ? null : screened.reference();
    BestInputs linear =
        tuning.parts() == TunedParts.BOTH && isLinearAffordable(base) ? searchInputs(base) : null;
    if (linear != null && budget.isStopped()) {
      return null;
    }
    Configuration start = new Configuration(linear == null ? base : linear.inputs(), form);
    int count = budget.isTimeless() ? enough(DivisionCount.BLEND) : 1;
    ConfigurationTrials together = together(linear, count);
    BlendedTrial chosen = first(together, start, NONE, reference);
    if (chosen == null) {
      return null;
    }
    double seconds = trials.getLast().seconds();
    int affordable =
        budget.isTimeless()
            ? count
            : budget.fitting(seconds, WANTED_NETWORKS, 1 - budget.share(), divisions.size());
    if (affordable > count) {
      count = affordable;
      together = together(linear, count);
      BlendedTrial more = first(together, chosen.configuration(), chosen.network(), reference);
      if (more == null) {
        return null;
      }
      chosen = more;
      seconds += trials.getLast().seconds();
    }
    // A network that adds nothing as it was given rarely does otherwise.
    if (chosen.blend().network() > 0) {
      chosen = search(together, chosen, linear, count, seconds);
    }
    return finish(chosen, count);
  }

  /** Divisions that a choice is to be made on where time does not matter. */
  private int enough(DivisionCount evidence) {
    if (tuning.folds() != TuningOptions.AUTO_FOLDS || split.validation().length > 0) {
      return divisions.size();
    }
    List<Split> splits = divisions.stream().map(InnerSplit::split).toList();
    return evidence.count(splits, data.samples(), tuning.setting());
  }

  /**
   * Looks for the best way to train the network on some of the divisions. What is found there must
   * be better on all of them.
   */
  private BlendedTrial search(
      ConfigurationTrials all,
      BlendedTrial given,
      @Nullable BestInputs linear,
      int count,
      double seconds) {
    int some = budget.isTimeless() ? Math.min(count, enough(DivisionCount.TRAINING)) : count;
    if (some == count) {
      return search(all, given, seconds);
    }
    budget.keep(1);
    ConfigurationTrials few = together(linear, some);
    BlendedTrial start =
        few.choose(given.configuration(), null, given.network(), true)
            .orElseThrow(IllegalStateException::new);
    BlendedTrial found = search(few, start, seconds);
    if (found.configuration().equals(given.configuration())) {
      return given;
    }
    double began = budget.spent();
    Optional<BlendedTrial> complete =
        all.choose(found.configuration(), given.network(), found.network(), false);
    if (complete.isEmpty()) {
      return given;
    }
    Score score = complete.get().blend().score();
    boolean better = score.isBetterThan(given.blend().score());
    add(
        "network",
        describe(complete.get()) + "; on all " + count + " divisions",
        score.error(),
        better,
        budget.spent() - began);
    return better ? complete.get() : given;
  }

  private ConfigurationTrials together(@Nullable BestInputs linear, int count) {
    return new ConfigurationTrials(
        options, linear, divisions.subList(0, count), tuning.setting(), tuning.goal(), budget);
  }

  private TunedSettings finish(BlendedTrial chosen, int count) {
    return TunedSettings.of(chosen, report(chosen, count));
  }

  private boolean isLinearAffordable(InputConfiguration inputs) {
    InnerSplit first = divisions.getFirst();
    TrainingProblem problem = first.inputs().problem(inputs, options);
    double expected = LinearTrial.expectedSeconds(problem, first, options.memory());
    return budget.isTimeless() || budget.allows(expected, MOST_FOR_LINEAR, 1);
  }

  private BestInputs searchInputs(InputConfiguration base) {
    boolean alone = tuning.parts() == TunedParts.LINEAR;
    List<CoordinateSearch.Coordinate<InputConfiguration>> coordinates =
        InputConfiguration.coordinates(data, split, tuning.setting(), options);
    if (alone) {
      // Where there is a network, the constant that suits it may be another: it is tried with both.
      coordinates.add(InputConfiguration::withConstant);
    }
    BestInputs best =
        new InputSearch(
                options,
                divisions,
                tuning.setting(),
                tuning.goal(),
                budget,
                alone ? 1 : SHARE_OF_INPUTS,
                alone ? 1 : TRIALS_OF_INPUTS,
                (inputs, error, better, seconds) ->
                    add(TuningTrial.LINEAR, describe(inputs), error, better, seconds))
            .best(base, coordinates, enough(DivisionCount.INPUTS));
    linear = best;
    return best;
  }

  /**
   * The network trained as given, or as was found on a sample; where that diverges, with smaller
   * steps. Null if it was stopped before.
   */
  private @Nullable BlendedTrial first(
      ConfigurationTrials together,
      Configuration configuration,
      NetworkTrial begun,
      @Nullable NetworkTrial reference) {
    double began = budget.spent();
    Optional<BlendedTrial> chosen = together.choose(configuration, reference, begun, true);
    NetworkForm form = configuration.form();
    while (chosen.isEmpty() && form.rate() > 1 && !budget.isStopped()) {
      form = form.withRate(form.rate() / 2);
      chosen = together.choose(configuration.withForm(form), reference, NONE, true);
    }
    if (chosen.isEmpty() && budget.isStopped()) {
      return null;
    }
    BlendedTrial found =
        chosen.orElseThrow(
            () ->
                new InputException(
                    "the network's training diverged: give a smaller learning rate"));
    add("network", describe(found), found.blend().score().error(), true, budget.spent() - began);
    return found;
  }

  private void addScreened(
      Configuration configuration, double error, boolean better, double seconds) {
    add("network on a sample", describe(configuration), error, better, seconds);
  }

  private BlendedTrial search(ConfigurationTrials together, BlendedTrial start, double seconds) {
    double[] longest = {seconds};
    BlendedTrial[] best = {start};
    CoordinateSearch.best(
        Configuration.coordinates(),
        (configuration, before) -> {
          if (!budget.allows(longest[0], 1, 1)) {
            return Optional.empty();
          }
          double began = budget.spent();
          Optional<BlendedTrial> tried =
              together.choose(configuration, start.network(), NONE, false);
          double took = budget.spent() - began;
          longest[0] = Math.max(longest[0], took);
          if (tried.isEmpty()) {
            return budget.isOver() ? Optional.empty() : Optional.of(before);
          }
          Score found = tried.get().blend().score();
          boolean better = found.isBetterThan(before);
          if (better) {
            best[0] = tried.get();
          }
          add("network", describe(tried.get()), found.error(), better, took);
          return Optional.of(found);
        },
        start.configuration(),
        start.blend().score());
    return best[0];
  }

  private void add(String what, String choice, double error, boolean better, double seconds) {
    budget.took();
    trials.add(new TuningTrial(what, choice, error, better, seconds));
    listener.on(new TrainingEvent.TrialDone(trials.size(), what, choice, error, better, seconds));
  }

  private String describe(InputConfiguration inputs) {
    return inputs.describe(data, options.gram());
  }

  private String describe(BlendedTrial chosen) {
    return describe(chosen.configuration());
  }

  private String describe(Configuration configuration) {
    String training = configuration.form().describe(options);
    return configuration.inputs().equals(given)
        ? training
        : training + "; inputs: " + describe(configuration.inputs());
  }

  private TuningReport report(BlendedTrial chosen, int count) {
    LinearTrial linear = chosen.linear();
    return new TuningReport(
        tuning.setting().name(),
        tuning.goal().key(),
        count,
        trials,
        describe(chosen.configuration().inputs()),
        chosen.configuration().form().describe(options),
        chosen.network().epochs(),
        linear == null ? List.of() : Arrays.stream(linear.lambda()).boxed().toList(),
        chosen.blend().network(),
        chosen.blend().linear(),
        chosen.blend().offset(),
        linear == null ? Double.NaN : linear.score().error(),
        chosen.networkError(),
        chosen.blend().score().error(),
        budget.spent());
  }
}
