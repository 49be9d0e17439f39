package kronwood.gram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.encode.Encoder;
import kronwood.encode.Encoders;
import kronwood.fault.InputException;
import kronwood.math.Parallel;

/**
 * Coordinates fitted on the weighted sum of several blocks' similarities among training entities,
 * each scaled to a mean diagonal of 1 before it is weighted.
 *
 * @param map the fitted blocks and what takes their sum to coordinates
 * @param prepared the blocks of all entities, as a new one's would be given and as the map's blocks
 *     want them
 * @param report rank and clipping of the sum
 */
record BlocksFit(BlocksMap map, List<Block> prepared, FactorReport report) {
  private static final int ENTITIES_PER_TASK = 16;

  /**
   * Fits all blocks. Cost: n² for each entry of the blocks, then as {@link SimilarityFit}.
   *
   * @param components how many principal components coordinates are to be, the largest integer for
   *     coordinates of any kind; where similarities are among the blocks they are that all the same
   */
  static BlocksFit of(Blocks blocks, int[] training, int components, GramOptions options) {
    int n = training.length;
    double[] sum = new double[Math.multiplyExact(n, n)];
    double[] gram = new double[sum.length];
    double tolerance = options.tolerance();
    List<BlockMap> maps = new ArrayList<>();
    List<Block> allPrepared = new ArrayList<>();
    for (Block block : blocks.blocks()) {
      if (block instanceof Block.OfSimilarities) {
        tolerance = Math.max(tolerance, SimilarityFit.TOLERANCE);
      }
      Fitted fitted = fit(block, training, options);
      BlockMap map = fitted.map();
      allPrepared.add(fitted.prepared());
      Arrays.fill(gram, 0);
      double mean = gram(map, fitted.prepared(), training, gram);
      double floor =
          switch (map) {
            case FeatureBlockMap features -> features.rounding();
            case EncodedBlockMap encoded -> encoded.features().rounding();
            case ProfileBlockMap profiles -> profiles.features().rounding();
            case SimilarityBlockMap _, IdentityBlockMap _ -> 0;
          };
      double scale = mean > floor ? block.weight() / mean : 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          double value = scale * gram[i * n + j];
          sum[i * n + j] += value;
          sum[j * n + i] = sum[i * n + j];
        }
      }
      maps.add(map.withScale(scale));
    }
    SimilarityFit fit =
        components < Integer.MAX_VALUE && findsComponents(blocks)
            ? SimilarityFit.ofComponents(sum, n, Math.min(components, n), tolerance, options)
            : SimilarityFit.of(sum, n, tolerance, options);
    return new BlocksFit(new BlocksMap(maps, fit.map()), allPrepared, fit.report());
  }

  /**
   * Whether principal components, where they are wanted, are all that is found: kernels are
   * positive semi-definite, so that there is nothing to clip, as there may be of similarities that
   * are given.
   */
  static boolean findsComponents(Blocks blocks) {
    return blocks.blocks().stream().noneMatch(Block.OfSimilarities.class::isInstance);
  }

  /** A fitted block, and what it wants to know of all entities. */
  record Fitted(BlockMap map, Block prepared) {
    static Fitted of(BlockMap map, Block block) {
      return new Fitted(map, map.prepare(block));
    }
  }

  static Fitted fit(Block block, int[] training, GramOptions options) {
    Block among = among(block, training);
    return switch (block) {
      case Block.OfFeatures features ->
          Fitted.of(FeatureBlockMap.fit(features, training, options.centre()), among);
      case Block.OfCells cells -> fitEncoded(cells, training, options);
      case Block.OfSimilarities given ->
          Fitted.of(
              new SimilarityBlockMap(given.name(), given.weight(), 1, training.length), among);
      case Block.OfIdentity given ->
          Fitted.of(new IdentityBlockMap(given.weight(), 1, training.length), among);
      case Block.OfProfile given -> fitProfiles(given, training, options);
    };
  }

  /** What compares the vectors of a block of features or of cells. */
  static FeatureBlockMap features(BlockMap map) {
    return switch (map) {
      case FeatureBlockMap features -> features;
      case EncodedBlockMap encoded -> encoded.features();
      case ProfileBlockMap profiles -> profiles.features();
      case SimilarityBlockMap _, IdentityBlockMap _ ->
          throw new InputException("'" + map.name() + "' has no features");
    };
  }

  private static Fitted fitProfiles(Block.OfProfile block, int[] training, GramOptions options) {
    if (block.profiles() == null) {
      throw new IllegalStateException("profiles whose training samples are not known");
    }
    Block.OfFeatures vectors =
        new Block.OfFeatures(block.name(), block.weight(), block.kernel(), block.profiles());
    return Fitted.of(
        new ProfileBlockMap(FeatureBlockMap.fit(vectors, training, options.centre())), block);
  }

  private static Fitted fitEncoded(Block.OfCells block, int[] training, GramOptions options) {
    try {
      Encoder encoder = Encoders.fit(block.encoding(), block.cells(), training);
      // Vectors are made once: of molecules that takes longer than comparing them.
      Block.OfFeatures vectors =
          new Block.OfFeatures(
              block.name(), block.weight(), block.kernel(), encoder.encode(block.cells()));
      FeatureBlockMap map = FeatureBlockMap.fit(vectors, training, options.centre());
      return new Fitted(new EncodedBlockMap(encoder, map), map.prepare(vectors));
    } catch (IllegalArgumentException e) {
      throw new InputException("'" + block.name() + "', " + e.getMessage(), e);
    }
  }

  /** Fills the lower triangle of the block's similarities; returns the mean of their diagonal. */
  private static double gram(BlockMap map, Block prepared, int[] training, double[] gram) {
    int n = training.length;
    try (Parallel parallel = Parallel.of(Runtime.getRuntime().availableProcessors())) {
      parallel.forRange(
          n,
          ENTITIES_PER_TASK,
          (from, to, worker) -> {
            for (int i = from; i < to; i++) {
              map.add(prepared, training[i], 0, i + 1, gram, i * n);
            }
          });
    }
    return CentredGram.meanDiagonal(gram, n);
  }

  /** The same comparison, with some of the training entities only. */
  static BlockMap among(BlockMap map, int[] chosen) {
    FeatureBlockMap fewer = features(map).among(chosen);
    return switch (map) {
      case EncodedBlockMap encoded -> new EncodedBlockMap(encoded.encoder(), fewer);
      case ProfileBlockMap _ -> new ProfileBlockMap(fewer);
      default -> fewer;
    };
  }

  private static Block among(Block block, int[] training) {
    return switch (block) {
      case Block.OfFeatures _, Block.OfCells _, Block.OfProfile _ -> block;
      case Block.OfSimilarities given -> {
        if (given.columns() != given.entities()) {
          throw new InputException(
              "similarity matrix '"
                  + given.name()
                  + "' is "
                  + given.entities()
                  + " × "
                  + given.columns()
                  + ", expected a square matrix");
        }
        yield new Block.OfSimilarities(
            given.name(), given.weight(), given.similarities().selectColumns(training));
      }
      case Block.OfIdentity given -> among(given, training);
    };
  }

  /** The same entities, of which the training entities alone are references. */
  static Block.OfIdentity among(Block.OfIdentity given, int[] training) {
    int[] position = new int[given.columns()];
    Arrays.fill(position, -1);
    for (int j = 0; j < training.length; j++) {
      position[training[j]] = j;
    }
    int[] reference = new int[given.entities()];
    for (int e = 0; e < reference.length; e++) {
      int self = given.reference()[e];
      reference[e] = self < 0 ? -1 : position[self];
    }
    return new Block.OfIdentity(given.weight(), training.length, reference);
  }
}
