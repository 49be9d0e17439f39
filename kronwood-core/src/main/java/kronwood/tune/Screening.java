package kronwood.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import kronwood.candidate.CoordinateSearch;
import kronwood.candidate.InputConfiguration;
import kronwood.candidate.NetworkForm;
import kronwood.candidate.Score;
import kronwood.candidate.TableFits;
import kronwood.data.Dataset;
import kronwood.data.EntityTable;
import kronwood.data.Split;
import kronwood.fit.ModelOptions;
import kronwood.loss.Goal;
import kronwood.trial.Budget;
import kronwood.trial.InnerSplit;
import kronwood.trial.NetworkTrial;
import org.jspecify.annotations.Nullable;

/**
 * Short trials on a sample of the training rows, for tables with too many coordinates to train on
 * directly. They choose the number of principal components of each table, then momentum and larger
 * step sizes. A step size above the limit of the initial network may be stable later in training.
 */
final class Screening {
  /**
   * From which size on data are sampled, and how large a sample is.
   *
   * @param entities tables of no more entities keep all their coordinates
   * @param rows samples that short trials are made on, at most
   */
  record Limits(int entities, int rows) {
    static final Limits DEFAULT = new Limits(5000, 8000);
  }

  /** Tables of fewer columns keep all their coordinates, too. */
  private static final int LEAST_COLUMNS = 100;

  /** Components that are tried first, then twice and half as many, and so on. */
  private static final int FIRST = 48;

  private static final int FEWEST = 12;
  private static final int MOST = 384;
  private static final double MOMENTUM = 0.9;

  /** Share of the time, and of the trials, after which nothing more is tried here. */
  private static final double SHARE_OF_TIME = 0.3;

  private static final double SHARE_OF_TRIALS = 0.5;

  /** What was tried, for the report. */
  interface Told {
    void add(Configuration configuration, double error, boolean better, double seconds);
  }

  /**
   * What was found.
   *
   * @param configuration components and training
   * @param reference what the step size is relative to
   */
  record Found(Configuration configuration, NetworkTrial reference) {}

  private final ConfigurationTrials together;
  private final ModelOptions options;
  private final Budget budget;
  private final Told told;
  private double longest;

  private Screening(ConfigurationTrials together, ModelOptions options, Budget budget, Told told) {
    this.together = together;
    this.options = options;
    this.budget = budget;
    this.told = told;
  }

  /**
   * The tables whose components are a choice: large ones for which no number was given, and that
   * have none by their structure.
   */
  static List<EntityTable> open(Dataset data, ModelOptions options, Limits limits) {
    return data.tables().stream()
        .filter(table -> table.size() > limits.entities())
        .filter(table -> table.attributes().columns() >= LEAST_COLUMNS)
        .filter(SampledData::canSelect)
        .filter(table -> !options.gram().components().containsKey(table.name()))
        .filter(
            table ->
                !options.structure().compares(data.tableOfMode(), data.tables().indexOf(table)))
        .toList();
  }

  /** Looks for the best; empty if no table is open, or the first trial fails. */
  static Optional<Found> of(
      Dataset data,
      Split split,
      ModelOptions options,
      TuningOptions tuning,
      Limits limits,
      Budget budget,
      Told told) {
    List<EntityTable> open = open(data, options, limits);
    if (open.isEmpty()) {
      return Optional.empty();
    }
    SampledData sample = SampledData.of(data, split, tuning, limits.rows());
    List<InnerSplit> divisions =
        InnerSplits.of(
            sample.data(), sample.split(), options, tuning, new TableFits(sample.data()));
    // Of an entity's list a sample of the rows shows too little.
    Goal goal = tuning.goal().isRanking() ? Goal.LOSS : tuning.goal();
    ConfigurationTrials together =
        new ConfigurationTrials(options, null, divisions, tuning.setting(), goal, budget);
    TreeMap<String, Integer> components = new TreeMap<>();
    open.forEach(table -> components.put(table.name(), FIRST));
    InputConfiguration inputs =
        InputConfiguration.of(sample.data(), options.gram()).withComponents(components);
    return new Screening(together, options, budget, told)
        .run(new Configuration(inputs, NetworkForm.GIVEN), List.copyOf(components.keySet()));
  }

  private Optional<Found> run(Configuration start, List<String> tables) {
    BlendedTrial first = attempt(start, null, null).orElse(null);
    if (first == null) {
      return Optional.empty();
    }
    List<CoordinateSearch.Coordinate<Configuration>> coordinates = new ArrayList<>();
    for (String table : tables) {
      coordinates.add((from, direction) -> components(from, table, direction));
    }
    BlendedTrial best = search(coordinates, first, null);
    if (options.training().momentum() == 0) {
      Configuration moving =
          best.configuration().withForm(best.configuration().form().withMomentum(MOMENTUM));
      Score before = best.blend().score();
      best =
          attempt(moving, null, before)
              .filter(tried -> tried.blend().score().isBetterThan(before))
              .orElse(best);
    }
    NetworkTrial reference = best.network();
    BlendedTrial last = search(List.of(Screening::faster), best, reference);
    return Optional.of(new Found(last.configuration(), reference));
  }

  private BlendedTrial search(
      List<CoordinateSearch.Coordinate<Configuration>> coordinates,
      BlendedTrial start,
      @Nullable NetworkTrial reference) {
    BlendedTrial[] best = {start};
    CoordinateSearch.best(
        coordinates,
        (configuration, before) -> {
          Optional<BlendedTrial> tried = attempt(configuration, reference, before);
          if (tried.isEmpty()) {
            return allowed() ? Optional.of(before) : Optional.empty();
          }
          Score score = tried.get().blend().score();
          if (score.isBetterThan(before)) {
            best[0] = tried.get();
          }
          return Optional.of(score);
        },
        start.configuration(),
        start.blend().score());
    return best[0];
  }

  private boolean allowed() {
    return budget.allows(longest, SHARE_OF_TIME, SHARE_OF_TRIALS);
  }

  private Optional<BlendedTrial> attempt(
      Configuration configuration, @Nullable NetworkTrial reference, @Nullable Score before) {
    if (before != null && !allowed()) {
      return Optional.empty();
    }
    double began = budget.spent();
    Optional<BlendedTrial> tried =
        together.choose(configuration, reference, TuningSearch.NONE, before == null);
    double seconds = budget.spent() - began;
    longest = Math.max(longest, seconds);
    tried.ifPresent(
        chosen -> {
          Score score = chosen.blend().score();
          told.add(
              configuration, score.error(), before == null || score.isBetterThan(before), seconds);
        });
    return tried;
  }

  private static Optional<Configuration> components(
      Configuration from, String table, int direction) {
    int now = from.inputs().components().getOrDefault(table, FIRST);
    int next = direction > 0 ? 2 * now : now / 2;
    if (next < FEWEST || next > MOST) {
      return Optional.empty();
    }
    TreeMap<String, Integer> changed = new TreeMap<>(from.inputs().components());
    changed.put(table, next);
    return Optional.of(new Configuration(from.inputs().withComponents(changed), from.form()));
  }

  /** Steps of twice the size, up to eight times. */
  private static Optional<Configuration> faster(Configuration from, int direction) {
    return direction < 0 || from.form().rate() >= 8
        ? Optional.empty()
        : Optional.of(from.withForm(from.form().withRate(2 * from.form().rate())));
  }
}
