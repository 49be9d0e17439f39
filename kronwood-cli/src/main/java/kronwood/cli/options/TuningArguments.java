package kronwood.cli.options;

import java.util.List;
import kronwood.data.Setting;
import kronwood.data.fold.Grouping;
import kronwood.fault.InputException;
import kronwood.loss.Goal;
import kronwood.loss.Task;
import kronwood.network.NetworkOptions;
import kronwood.tune.TunedParts;
import kronwood.tune.TuningOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Choices that are made on validation samples. */
public final class TuningArguments {
  @Option(
      names = "--tune",
      paramLabel = "BUDGET",
      converter = TuningBudget.Converter.class,
      description = {
        "Choose similarities' weights, kernels, identities, regularisation, step size, weight"
            + " decay, shift and epochs, and components of large tables, on validation rows (those"
            + " given, else folds of the training rows), then train a network and a linear model"
            + " and predict with both. BUDGET is a time, such as 60s, 5m or 1h, or a number of"
            + " trials, with which the choice is the same on every machine. The time of the"
            + " training itself comes on top."
      })
  private @Nullable TuningBudget budget;

  @Option(
      names = "--tune-folds",
      paramLabel = "N",
      converter = OptionTypes.Count.class,
      description = {
        "With --tune: most folds that a choice is made on; fewer are used where time is short"
            + " (default: as many, repeated if need be, as it takes to tell better from worse by"
            + " the rows, and the rows of the rarest class, that they hold)."
      })
  private @Nullable Integer folds;

  @Option(
      names = "--tune-parts",
      defaultValue = "both",
      paramLabel = "PARTS",
      converter = OptionTypes.TunedPartsName.class,
      completionCandidates = OptionTypes.TunedPartsName.class,
      description = {
        "With --tune: what the model is made of: ${COMPLETION-CANDIDATES} (default:"
            + " ${DEFAULT-VALUE})."
      })
  private TunedParts parts = TunedParts.BOTH;

  @Option(
      names = "--tune-setting",
      paramLabel = "SETTING",
      description = {
        "With --tune: what is new about the pairs to be predicted, A, B, C or D, as folds for"
            + " choices are then made (default: that of --setting or --new, else A)."
      })
  private @Nullable String setting;

  @Option(
      names = "--tune-for",
      paramLabel = "METRIC",
      description = {
        "With --tune: judge choices by this metric on the validation rows, such as aupr, ci, or"
            + " ndcg@20, by which the validation rows of each entity of the first mode are ranked"
            + " (default: loss). How much of network and linear model is taken always goes by the"
            + " loss."
      })
  private @Nullable String metric;

  private Goal goal = Goal.LOSS;

  @Option(
      names = "--plain",
      description = {
        "Train the network alone, on all training rows, and predict with it. Without --plain, parts"
            + " of the training rows are held out in every setting that they allow, to find out how"
            + " much the network and a linear model count for pairs of known and of new entities;"
            + " the network is the same."
      })
  private boolean plain;

  /** Whether the network alone is wanted. */
  public boolean isPlain() {
    return plain;
  }

  /** Whether choices are to be made. */
  public boolean given() {
    return budget != null;
  }

  /**
   * Checks that nothing else was asked for that does not go with it.
   *
   * @param task what is predicted
   * @param modes number of modes
   * @param relevant least relevant target, NaN if that was not said
   * @throws InputException if there was
   */
  public void check(NetworkOptions network, Task task, int modes, double relevant) {
    if (budget == null) {
      if (metric != null) {
        throw new InputException("--tune-for: is for --tune BUDGET, which is missing");
      }
      if (setting != null) {
        throw new InputException("--tune-setting: is for --tune BUDGET, which is missing");
      }
      return;
    }
    if (metric != null) {
      try {
        goal = Goal.of(metric, task, modes, relevant);
      } catch (InputException e) {
        String problem = String.valueOf(e.getMessage());
        throw new InputException(
            "--tune-for: "
                + problem
                + (problem.endsWith("is relevant") ? ": say --relevant X" : ""),
            e);
      }
    }
    if (plain) {
      throw new InputException("--plain: cannot be given with --tune");
    }
    if (network.hasSkip()) {
      throw new InputException(
          "--skip: cannot be given with --tune, which adds a linear model by itself");
    }
  }

  /**
   * The options, for predictions in a setting.
   *
   * @param asked the setting that samples are divided in anyway
   * @param modes names of the modes
   */
  public TuningOptions options(
      Setting asked, List<String> modes, List<Grouping> groupings, long seed) {
    Setting chosen =
        setting == null ? asked : DivisionOptions.ofLetter("--tune-setting", setting, modes);
    TuningBudget spent = budget;
    if (spent == null) {
      throw new IllegalStateException("nothing is to be tuned");
    }
    return new TuningOptions(
        spent.seconds(), spent.trials(), parts, chosen, groupings, folds(), seed, goal);
  }

  private int folds() {
    return folds == null ? TuningOptions.AUTO_FOLDS : folds;
  }

  /** For the facts that a fold's result depends on. */
  public String fact() {
    return budget == null
        ? plain ? "no" : "parts"
        : budget
            + ", "
            + parts.key()
            + (folds == null ? "" : ", at most " + folds + " folds")
            + (setting == null ? "" : ", " + setting)
            + (goal.isLoss() ? "" : ", for " + goal);
  }
}
