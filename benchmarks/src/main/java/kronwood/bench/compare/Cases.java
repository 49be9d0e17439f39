package kronwood.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kronwood.bench.contest.Comparison;
import kronwood.bench.contest.Contestant;
import kronwood.bench.contest.Remarks;
import kronwood.data.Dataset;
import kronwood.gram.GramOptions;
import kronwood.loss.Loss;
import kronwood.loss.SoftmaxLoss;
import kronwood.loss.SquaredLoss;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;

/** The comparisons of each case. */
final class Cases {
  /**
   * Centred vectors add up to zero, so that the last two candidates for a pivot always tie, and
   * rounding decides the sign of the last coordinate: trainings on equal Gram matrices would begin
   * at different weights.
   */
  private static final GramOptions UNCENTRED =
      new GramOptions(false, GramOptions.DEFAULT.constant(), GramOptions.DEFAULT.tolerance());

  private final CompareOptions options;
  private final Sides sides;
  private final Consumer<String> skipped;

  /**
   * The cases under the given options.
   *
   * @param skipped told what was left out or replaced, and why
   */
  Cases(CompareOptions options, Consumer<String> skipped) {
    this.options = options;
    this.sides = Sides.exact(options);
    this.skipped = skipped;
  }

  List<Comparison> of(CompareOptions.Case which) {
    return switch (which) {
      case DIMENSION -> List.of(dimension(EngineChoice.EAGER), dimension(EngineChoice.BLOCK));
      case ENGINES -> List.of(digits(), pairs());
      case WIDTH -> List.of(width());
      case DAVIS -> new DavisCases(options, skipped).parts();
      case PAPER -> new DavisCases(options, skipped).paper();
      case WIDE -> new GrowthCases(options, skipped).wide();
      case GRID -> List.of(new GrowthCases(options, skipped).grid());
      case PLANNER -> List.of(); // Not sides of one training: see PlannerCase.
      case PEERS -> List.of(new DavisCases(options, skipped).peers());
    };
  }

  /** Entities are fewer than features, so that equal Gram matrices make equal coordinates. */
  private Comparison dimension(EngineChoice engine) {
    RandomPairs pairs =
        options.quick()
            ? new RandomPairs(9, 8, 40, 10, options.seed())
            : new RandomPairs(96, 96, 4_000, 100, options.seed());
    int narrow = pairs.features();
    int wide = 100 * narrow;
    Sides uncentred = sides.withGram(UNCENTRED);
    NetworkOptions network = sides.network(256);
    return new Comparison(
        "dimension, " + engine.key(),
        "the same pairs, " + narrow + " and " + wide + " features per side",
        List.of(
            uncentred.of(narrow + " features", "same", pairs.plain(), network, engine),
            uncentred.of(wide + " features", "same", pairs.spread(wide), network, engine),
            uncentred.of(wide + " independent", "other", pairs.independent(wide), network, engine)),
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
    return allEngines(sides, "engines, " + source, digits, new SoftmaxLoss(), sides.network(256));
  }

  private Comparison pairs() {
    RandomPairs pairs =
        options.quick()
            ? new RandomPairs(8, 7, 30, 9, options.seed())
            : new RandomPairs(96, 96, 1_000, 120, options.seed());
    return allEngines(
        sides, "engines, random pairs", pairs.plain(), new SquaredLoss(), sides.network(128));
  }

  static Comparison allEngines(
      Sides sides, String name, Dataset data, Loss loss, NetworkOptions network) {
    List<Contestant> engines = new ArrayList<>();
    for (EngineChoice engine :
        List.of(EngineChoice.DENSE, EngineChoice.EAGER, EngineChoice.BLOCK)) {
      engines.add(sides.of(engine.key(), "same", data, loss, network, engine));
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
      String label = "m = " + m;
      widths.add(sides.of(label, label, data, sides.exactly(m), EngineChoice.EAGER));
    }
    return new Comparison(
        "width", "what a query costs as the network grows", widths, Remarks::width);
  }
}
