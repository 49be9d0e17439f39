package kronwood.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kronwood.data.Dataset;
import kronwood.gram.GramOptions;
import kronwood.train.EngineChoice;
import kronwood.train.Loss;
import kronwood.train.NetworkOptions;
import kronwood.train.SoftmaxLoss;
import kronwood.train.SquaredLoss;

/** The comparisons of each case. */
final class Cases {
  private static final int BATCH = 64;

  /**
   * Centred vectors add up to zero, so that the last two candidates for a pivot always tie, and
   * rounding decides the sign of the last coordinate: trainings on equal Gram matrices would begin
   * at different weights.
   */
  private static final GramOptions UNCENTRED =
      new GramOptions(false, GramOptions.DEFAULT.constant(), GramOptions.DEFAULT.tolerance());

  private final CompareOptions options;
  private final Consumer<String> skipped;

  /**
   * The cases under the given options.
   *
   * @param skipped told what was left out or replaced, and why
   */
  Cases(CompareOptions options, Consumer<String> skipped) {
    this.options = options;
    this.skipped = skipped;
  }

  List<Comparison> of(CompareOptions.Case which) {
    return switch (which) {
      case DIMENSION -> List.of(dimension());
      case ENGINES -> List.of(digits(), pairs());
      case WIDTH -> List.of(width());
      case DAVIS -> davis();
    };
  }

  /** Entities are fewer than features, so that equal Gram matrices make equal coordinates. */
  private Comparison dimension() {
    RandomPairs pairs =
        options.quick()
            ? new RandomPairs(9, 8, 40, 10, options.seed())
            : new RandomPairs(96, 96, 4_000, 100, options.seed());
    int narrow = pairs.features();
    int wide = 100 * narrow;
    NetworkOptions network = NetworkOptions.of(options.quick() ? 16 : 256, options.seed());
    return new Comparison(
        "dimension",
        "the same pairs, " + narrow + " and " + wide + " features per side",
        List.of(
            eager(narrow + " features", "same", pairs.plain(), UNCENTRED, network),
            eager(wide + " features", "same", pairs.spread(wide), UNCENTRED, network),
            eager(wide + " independent", "other", pairs.independent(wide), UNCENTRED, network)),
        options.quick() ? Remarks::sameAnswer : Remarks::dimension);
  }

  private Comparison digits() {
    Dataset digits = options.quick() ? null : Digits.read(options.digits());
    String source = "the digits example";
    if (digits == null) {
      source = "made-up images";
      digits = Digits.makeUp(options.quick() ? 40 : 1_800, options.seed());
      skipped.accept(
          options.quick()
              ? "digits example: not used with --quick, made-up images instead"
              : "digits example: no tables in "
                  + options.digits()
                  + ", made-up images instead (--digits DIR names another folder)");
    }
    return allEngines("engines, " + source, digits, new SoftmaxLoss(), options.quick() ? 16 : 256);
  }

  private Comparison pairs() {
    RandomPairs pairs =
        options.quick()
            ? new RandomPairs(8, 7, 30, 9, options.seed())
            : new RandomPairs(96, 96, 1_000, 120, options.seed());
    return allEngines(
        "engines, random pairs", pairs.plain(), new SquaredLoss(), options.quick() ? 16 : 128);
  }

  private Comparison allEngines(String name, Dataset data, Loss loss, int neurons) {
    NetworkOptions network = NetworkOptions.of(neurons, options.seed());
    List<Contestant> engines = new ArrayList<>();
    for (EngineChoice engine :
        List.of(EngineChoice.DENSE, EngineChoice.EAGER, EngineChoice.BLOCK)) {
      engines.add(
          new KronwoodContestant(
              engine.key(), "same", data, GramOptions.DEFAULT, loss, network, engine, BATCH));
    }
    return new Comparison(name, "the same training by each engine", engines, Remarks::sameAnswer);
  }

  private Comparison width() {
    RandomPairs pairs =
        options.quick()
            ? new RandomPairs(8, 7, 30, 9, options.seed())
            : new RandomPairs(64, 64, 1_000, 80, options.seed());
    Dataset data = pairs.plain();
    List<Contestant> widths = new ArrayList<>();
    for (int m = options.quick() ? 16 : 256; m <= (options.quick() ? 64 : 4_096); m *= 2) {
      NetworkOptions network = NetworkOptions.of(m, options.seed());
      widths.add(eager("m = " + m, "m = " + m, data, GramOptions.DEFAULT, network));
    }
    return new Comparison(
        "width", "what a query costs as the network grows", widths, Remarks::width);
  }

  private List<Comparison> davis() {
    Path folder = options.davis();
    if (folder == null || !Davis.isIn(folder)) {
      skipped.accept(
          folder == null
              ? "davis: skipped, --davis DIR names the folder of the data"
              : "davis: skipped, " + folder + " does not hold the three tables");
      return List.of();
    }
    Dataset all = Davis.read(folder);
    NetworkOptions network = NetworkOptions.of(128, options.seed());
    List<Contestant> sizes = new ArrayList<>();
    for (int step : new int[] {8, 4, 2}) {
      String label = "1 pair in " + step;
      sizes.add(eager(label, label, Davis.thin(all, step), GramOptions.DEFAULT, network));
    }
    return List.of(
        allEngines(
            "davis, 1 training pair in 50",
            Davis.thin(all, 50),
            new SquaredLoss(),
            network.neurons()),
        new Comparison(
            "davis, more and more training pairs",
            "what a sample costs as they become more",
            sizes,
            Remarks::samples),
        eagerAndBlock(Davis.thin(all, 2), network));
  }

  private static Comparison eagerAndBlock(Dataset data, NetworkOptions network) {
    List<Contestant> engines = new ArrayList<>();
    for (EngineChoice engine : List.of(EngineChoice.EAGER, EngineChoice.BLOCK)) {
      engines.add(
          new KronwoodContestant(
              engine.key(),
              "same",
              data,
              GramOptions.DEFAULT,
              new SquaredLoss(),
              network,
              engine,
              BATCH));
    }
    return new Comparison(
        "davis, 1 training pair in 2",
        "the published algorithm and the block engine",
        engines,
        Remarks::sameAnswer);
  }

  private static Contestant eager(
      String label, String training, Dataset data, GramOptions gram, NetworkOptions network) {
    return new KronwoodContestant(
        label, training, data, gram, new SquaredLoss(), network, EngineChoice.EAGER, BATCH);
  }
}
