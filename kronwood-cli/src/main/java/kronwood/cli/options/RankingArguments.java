package kronwood.cli.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kronwood.cli.report.RankingLines;
import kronwood.data.Dataset;
import kronwood.data.Mode;
import kronwood.fault.InputException;
import kronwood.fit.HeldOutPredictions;
import kronwood.io.pairs.ModeSpec;
import kronwood.io.pairs.TrainingPairs;
import kronwood.io.prediction.PairRankings;
import kronwood.io.prediction.RankCandidates;
import kronwood.loss.Task;
import kronwood.model.Model;
import kronwood.model.RankingEvaluation;
import kronwood.model.RankingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how rankings are measured. */
public final class RankingArguments {
  private static final String METRICS = "--rank-metrics";

  @Option(
      names = METRICS,
      split = ",",
      paramLabel = "K",
      converter = OptionTypes.Count.class,
      description = {
        "Rank all candidates for each entity, and measure the first K of each list: precision,"
            + " recall, hit rate, NDCG, MAP, MRR, and coverage of the candidates; several K, such"
            + " as 5,20. Pairs of other parts (in evaluate: of the table's other rows) are no"
            + " candidates. For pairs, with two classes or one number."
      })
  private List<Integer> cuts = new ArrayList<>();

  @Option(
      names = "--rank-given",
      paramLabel = "MODE",
      description = {
        "With --rank-metrics: the mode whose entities are given, each of which the other mode is"
            + " ranked for (default: the first)."
      })
  private @Nullable String given;

  @Option(
      names = "--rank-candidates",
      defaultValue = PairRankings.ALL,
      paramLabel = "WHICH",
      description = {
        "With --rank-metrics: what is ranked: all entities, a table with a column of ids named like"
            + " the mode, or a number N: the relevant ones and N others, drawn for each entity"
            + " (default: ${DEFAULT-VALUE})."
      })
  private String candidates = PairRankings.ALL;

  @Option(
      names = "--rank-seed",
      defaultValue = "1",
      paramLabel = "N",
      converter = OptionTypes.Seed.class,
      description = "With --rank-candidates N: seed of the drawing (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--relevant",
      paramLabel = "X",
      converter = OptionTypes.Real.class,
      description = {
        "With --rank-metrics or --tune-for, where targets are numbers: pairs of this target or more"
            + " are relevant (of two classes the positive one is)."
      })
  private @Nullable Double relevant;

  /** Whether rankings are to be measured. */
  public boolean asked() {
    return !cuts.isEmpty();
  }

  /**
   * Checks that the options go together, and with the task.
   *
   * @param tuning whether a tuning may need to know what is relevant
   * @throws InputException if not
   */
  public void check(Task task, List<String> modes, boolean tuning) {
    if (!asked()) {
      String other =
          given != null
              ? "--rank-given"
              : relevant != null && !tuning
                  ? "--relevant"
                  : candidates.equals(PairRankings.ALL) ? null : "--rank-candidates";
      if (other != null) {
        throw new InputException(other + ": is for --rank-metrics K, which is missing");
      }
      return;
    }
    if (modes.size() != 2 || modes.getFirst().equals(modes.getLast())) {
      throw new InputException(
          METRICS + ": is for pairs of two modes, found " + String.join(", ", modes));
    }
    if (given != null && !modes.contains(given)) {
      throw new InputException(
          "--rank-given: found '%s', expected %s".formatted(given, String.join(" or ", modes)));
    }
    switch (task) {
      case REGRESSION -> {
        if (relevant == null) {
          throw new InputException(
              METRICS
                  + ": targets are numbers, say with --relevant X from which number on a pair is"
                  + " relevant");
        }
      }
      case BINARY -> {
        if (relevant != null) {
          throw new InputException(
              "--relevant: is for targets that are numbers; of two classes the positive one is"
                  + " relevant");
        }
      }
      case MULTICLASS -> throw new InputException(METRICS + ": is for two classes or one number");
    }
  }

  /** The least relevant target, NaN if that was not said. */
  public double relevant() {
    return relevant == null ? Double.NaN : relevant;
  }

  /** The options; {@link #check} comes first. */
  public RankingOptions options(List<String> modes) {
    int mode = given == null ? 0 : modes.indexOf(given);
    return new RankingOptions(cuts, mode, relevant(), drawn(), seed);
  }

  /** Number of candidates to draw, 0 if none are drawn. */
  private int drawn() {
    if (candidates.isEmpty() || !candidates.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    try {
      int count = Integer.parseInt(candidates);
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      throw new InputException("--rank-candidates: " + candidates + " are too many", e);
    }
    throw new InputException("--rank-candidates: found 0, expected a number >= 1");
  }

  /** The table of candidates, null for all. */
  public @Nullable String candidateTable() {
    return drawn() > 0 || candidates.equals(PairRankings.ALL) ? null : candidates;
  }

  /**
   * What is ranked once a training is over.
   *
   * @param options how it is measured
   * @param candidates entities of the ranked mode, null for all
   */
  @SuppressWarnings("ArrayRecordComponent") // not changed
  public record Prepared(RankingOptions options, int @Nullable [] candidates) {
    /**
     * Measures how a model ranks the test samples.
     *
     * @param byRows whether the rows were divided by predicates, a column or times. Pairs that are
     *     tested may then have been negatives in training, like those of all other candidates; in a
     *     setting they were not, and what was is no candidate
     */
    public RankingLines measure(TrainingPairs pairs, boolean byRows, Model model, int threads) {
      int[] known =
          Arrays.stream(HeldOutPredictions.known(pairs.split()))
              .filter(sample -> !byRows || pairs.rows()[sample] > 0)
              .toArray();
      return new RankingLines(
          RankingEvaluation.of(
              model, pairs.dataset(), pairs.split().test(), known, candidates, options, threads),
          options,
          model.modeNames());
    }
  }

  /**
   * Makes ready, before a long training; {@link #check} comes first.
   *
   * @return null if rankings are not asked for
   * @throws InputException if the table of candidates cannot be read or names an unknown entity, or
   *     there are fewer candidates than K
   */
  public @Nullable Prepared prepare(Dataset data) {
    if (!asked()) {
      return null;
    }
    List<String> names = data.modes().stream().map(Mode::name).toList();
    RankingOptions options = options(names);
    Mode ranked = data.modes().get(options.ranked());
    @Nullable String table = candidateTable();
    int[] candidates =
        table == null
            ? null
            : RankCandidates.listed(
                "rank-candidates",
                table,
                new ModeSpec(ranked.name(), ranked.table().name()),
                Map.of(ranked.table().name(), ranked.table().ids()));
    int count = candidates == null ? ranked.table().size() : candidates.length;
    RankingEvaluation.checkCuts(options, count, ranked.name());
    return new Prepared(options, candidates);
  }

  /** For the facts that a fold's result depends on. */
  public String fact() {
    return cuts + ", given " + given + ", " + candidates + ", " + relevant + ", seed " + seed;
  }
}
