package kronwood.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kronwood.bench.contest.Comparison;
import kronwood.bench.contest.Contestant;
import kronwood.bench.contest.PeerTable;
import kronwood.bench.contest.Remarks;
import kronwood.data.Dataset;
import kronwood.loss.SquaredLoss;
import kronwood.network.NetworkOptions;
import kronwood.plan.EngineChoice;
import org.jspecify.annotations.Nullable;

/** The comparisons on the Davis data, or on made-up pairs of that shape. */
final class DavisCases {
  private static final List<Integer> PEER_BATCHES = List.of(256, 1024, 4096);

  private final CompareOptions options;
  private final Consumer<String> skipped;

  DavisCases(CompareOptions options, Consumer<String> skipped) {
    this.options = options;
    this.skipped = skipped;
  }

  /** The training pairs; null, and a word about it, without the folder. */
  @Nullable Dataset read(CompareOptions.Case which, String consequence) {
    Path folder = options.davis();
    if (folder == null || !Davis.isIn(folder)) {
      String found =
          folder == null
              ? ", --davis DIR names the folder of the data"
              : ", " + folder + " does not hold the three tables";
      skipped.accept(which.key() + ": " + consequence + found);
      return null;
    }
    return Davis.read(folder);
  }

  /** Parts of the training pairs, so that every engine can run. */
  List<Comparison> parts() {
    Dataset all = read(CompareOptions.Case.DAVIS, "skipped");
    if (all == null) {
      return List.of();
    }
    Sides sides = Sides.exact(options);
    NetworkOptions network = sides.exactly(options.neurons().orElse(128));
    List<Contestant> sizes = new ArrayList<>();
    for (int step : new int[] {8, 4, 2}) {
      String label = "1 pair in " + step;
      sizes.add(sides.of(label, label, Davis.thin(all, step), network, EngineChoice.EAGER));
    }
    return List.of(
        Cases.allEngines(
            sides, "davis, 1 training pair in 50", Davis.thin(all, 50), new SquaredLoss(), network),
        new Comparison(
            "davis, more and more training pairs",
            "what a sample costs as they become more",
            sizes,
            Remarks::samples),
        eagerAndBlock("davis, 1 training pair in 2", sides, Davis.thin(all, 2), network));
  }

  /** All training pairs, by the algorithm as published and by blocks. */
  List<Comparison> paper() {
    Dataset all = read(CompareOptions.Case.PAPER, "skipped");
    if (all == null) {
      return List.of();
    }
    Sides sides = Sides.fast(options).withBatch(16);
    return List.of(
        eagerAndBlock("paper, all training pairs of davis", sides, all, sides.network(1024)));
  }

  private static Comparison eagerAndBlock(
      String name, Sides sides, Dataset data, NetworkOptions network) {
    List<Contestant> engines = new ArrayList<>();
    for (EngineChoice engine : List.of(EngineChoice.EAGER, EngineChoice.BLOCK)) {
      engines.add(sides.of(engine.key(), "same", data, network, engine));
    }
    return new Comparison(
        name, "the published algorithm and the block engine", engines, Remarks::sameAnswer);
  }

  /** All training pairs, by the block engine and by PyTorch. */
  Comparison peers() {
    Path pytorch = PyTorch.jar();
    Dataset all = null;
    String source = "all training pairs of davis";
    if (!options.quick()) {
      all = read(CompareOptions.Case.PEERS, "made-up pairs of the shape of davis instead");
    }
    if (all == null) {
      RandomPairs pairs =
          options.quick()
              ? new RandomPairs(9, 8, 60, 10, options.seed())
              : new RandomPairs(68, 442, 25_046, 500, options.seed());
      all = pairs.plain();
      source = "made-up pairs";
    }
    Sides sides = Sides.fast(options);
    NetworkOptions network = sides.network(512);
    KronwoodContestant block = block(sides, all, network);
    List<Contestant> contestants = new ArrayList<>(List.of(block));
    contestants.add(torch("Linear", pytorch, block, "linear"));
    contestants.add(torch("einsum", pytorch, block, "einsum"));
    contestants.add(torch("Bilinear", pytorch, block, "bilinear"));
    for (int batch : options.quick() ? List.of(30) : PEER_BATCHES) {
      if (options.batch().isEmpty()) {
        KronwoodContestant larger = block(sides.withBatch(batch), all, network);
        contestants.add(larger);
        contestants.add(torch("Linear", pytorch, larger, "linear"));
      }
    }
    return new Comparison(
        "peers, " + source,
        "the same training by other programs",
        contestants,
        PeerTable::of,
        PeerTable::remarks);
  }

  private static KronwoodContestant block(Sides sides, Dataset data, NetworkOptions network) {
    int batch = sides.options().batch().orElse(sides.batch());
    return sides.of("block", "batch " + batch, data, network, EngineChoice.BLOCK);
  }

  private TorchContestant torch(String name, Path jar, KronwoodContestant block, String layer) {
    return new TorchContestant("PyTorch " + name, jar, block, layer, options.peerBatches());
  }
}
