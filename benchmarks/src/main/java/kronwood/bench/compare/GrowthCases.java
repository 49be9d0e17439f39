package kronwood.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kronwood.bench.contest.Comparison;
import kronwood.bench.contest.Contestant;
import kronwood.data.Dataset;
import kronwood.plan.EngineChoice;

/** What a sample costs the block engine as networks and data grow. */
final class GrowthCases {
  private static final int FEATURES = 100;

  private final CompareOptions options;
  private final Consumer<String> skipped;
  private final Sides sides;

  GrowthCases(CompareOptions options, Consumer<String> skipped) {
    this.options = options;
    this.skipped = skipped;
    this.sides = Sides.fast(options);
  }

  /** Networks of 1,024 to 16,384 neurons. */
  List<Comparison> wide() {
    RandomPairs pairs =
        options.quick()
            ? new RandomPairs(8, 7, 30, 9, options.seed())
            : new RandomPairs(96, 96, 4_000, FEATURES, options.seed());
    List<Comparison> comparisons = new ArrayList<>(List.of(wide("random pairs", pairs.plain())));
    Dataset davis =
        options.quick()
            ? null
            : new DavisCases(options, skipped).read(CompareOptions.Case.WIDE, "random pairs only");
    if (davis != null) {
      comparisons.add(wide("1 training pair of davis in 4", Davis.thin(davis, 4)));
    }
    return comparisons;
  }

  private Comparison wide(String source, Dataset data) {
    List<Contestant> widths = new ArrayList<>();
    for (int m = options.quick() ? 16 : 1_024; m <= (options.quick() ? 64 : 16_384); m *= 2) {
      String label = "m = " + m;
      widths.add(sides.of(label, label, data, sides.exactly(m), EngineChoice.BLOCK));
    }
    return new Comparison(
        "wide, " + source, "what a sample costs as the network grows", widths, Growth::ofWidths);
  }

  /** Complete grids, all of whose cells train. */
  Comparison grid() {
    List<Grid> grids =
        options.quick() ? List.of(new Grid(4, 6), new Grid(8, 9)) : Grid.upTo(options.pairs());
    if (grids.size() < 2) {
      throw new IllegalArgumentException(
          "option --pairs is " + options.pairs() + ", case grid needs at least 10000");
    }
    List<Contestant> contestants = new ArrayList<>();
    for (Grid grid : grids) {
      int features = options.quick() ? 5 : FEATURES;
      RandomPairs pairs =
          new RandomPairs(grid.left(), grid.right(), grid.pairs(), features, options.seed());
      contestants.add(
          sides.of(
              grid.label(), grid.label(), pairs.plain(), sides.network(512), EngineChoice.BLOCK));
    }
    return new Comparison(
        "grid",
        "what a sample costs as complete grids grow",
        contestants,
        measured -> Growth.ofGrids(measured, grids));
  }
}
