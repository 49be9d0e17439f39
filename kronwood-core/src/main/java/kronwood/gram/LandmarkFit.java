package kronwood.gram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.math.Parallel;
import kronwood.math.PivotedCholesky;
import kronwood.math.kernel.Kernels;

/**
 * Coordinates from several blocks where training entities are too many for a Gram matrix: relative
 * to some of them, the landmarks, which a pivoted Cholesky factorisation takes one after the other,
 * each the entity that the ones before describe worst.
 *
 * <p>If the factorisation comes to an end before it has as many as are allowed, inner products are
 * those of {@link BlocksFit}; otherwise they are the Nyström approximation of them (Williams and
 * Seeger, 2001), which is why it is used only where principal components are asked for. The map
 * holds the landmarks alone. Blocks have to be features or cells.
 */
final class LandmarkFit {
  /** Training entities up to which Gram matrices are formed. */
  private static final int FEW_ENTITIES = 8_000;

  private static final int MOST_LANDMARKS = 1_024;

  /** Most numbers in the factor of all training entities. */
  private static final int LARGEST_FACTOR = 1 << 27;

  private static final int ENTITIES_PER_TASK = 256;

  private final Blocks blocks;
  private final int[] training;
  private final int most;
  private final GramOptions options;
  private final List<BlockMap> maps = new ArrayList<>();
  private final List<Block> prepared = new ArrayList<>();

  private LandmarkFit(Blocks blocks, int[] training, int most, GramOptions options) {
    this.blocks = blocks;
    this.training = training;
    this.most = most;
    this.options = options;
  }

  /** Whether blocks of so many training entities, of which components are wanted, are fitted so. */
  static boolean suits(Blocks blocks, int trainingEntities) {
    return trainingEntities > FEW_ENTITIES && blocks.areFeatures();
  }

  /** Landmarks that are taken at most where that many components are wanted. */
  static int most(int trainingEntities, int components) {
    return Math.max(components, Math.min(MOST_LANDMARKS, LARGEST_FACTOR / trainingEntities));
  }

  /**
   * Fits. Cost with R landmarks and n training entities: n · R² and R times the stored values of
   * all training entities. Memory: 16 · n · R bytes.
   *
   * @param most landmarks that are taken at most
   */
  static FactorFit of(Blocks blocks, int[] training, int most, GramOptions options) {
    return new LandmarkFit(blocks, training, most, options).fit();
  }

  private FactorFit fit() {
    double[] diagonal = fitBlocks();
    PivotedCholesky cholesky;
    try (Parallel parallel = Parallel.of(Runtime.getRuntime().availableProcessors())) {
      cholesky =
          PivotedCholesky.of(
              diagonal, (i, row) -> row(parallel, i, row), options.tolerance(), most);
    }
    int rank = cholesky.rank();
    double[] mean = mean(cholesky);
    double scale = options.scale(meanSquare(cholesky, mean));
    BlocksMap map = map(cholesky, mean, scale);
    double[] coordinates = new double[Math.multiplyExact(blocks.entities(), map.rank())];
    boolean[] known = new boolean[blocks.entities()];
    for (int i = 0; i < training.length; i++) {
      int to = training[i] * map.rank();
      for (int p = 0; p < rank; p++) {
        coordinates[to + p] = scale * (cholesky.factor()[i * rank + p] - mean[p]);
      }
      FactorInputs.writeConstant(map.projection().constant(), coordinates, to + rank);
      known[training[i]] = true;
    }
    map.embedPrepared(prepared, entity -> !known[entity], coordinates);
    return new FactorFit(
        map,
        FactorTable.of(blocks.entities(), map.rank(), coordinates),
        training,
        new FactorReport(map.rank(), 0, 0, 0));
  }

  /** Fits and scales the blocks; returns the diagonal of their sum. */
  private double[] fitBlocks() {
    double[] sum = new double[training.length];
    for (Block block : blocks.blocks()) {
      BlocksFit.Fitted fitted = BlocksFit.fit(block, training, options);
      FeatureBlockMap features = BlocksFit.features(fitted.map());
      double[] diagonal = new double[training.length];
      double mean = 0;
      for (int i = 0; i < training.length; i++) {
        diagonal[i] = features.self(fitted.prepared(), training[i]);
        mean += diagonal[i] / training.length;
      }
      double scale = mean > features.rounding() ? block.weight() / mean : 0;
      for (int i = 0; i < training.length; i++) {
        sum[i] += scale * diagonal[i];
      }
      maps.add(fitted.map().withScale(scale));
      prepared.add(fitted.prepared());
    }
    return sum;
  }

  private void row(Parallel parallel, int landmark, double[] row) {
    Arrays.fill(row, 0);
    parallel.forRange(
        training.length,
        ENTITIES_PER_TASK,
        (from, to, worker) -> {
          for (int b = 0; b < maps.size(); b++) {
            maps.get(b).add(prepared.get(b), training[landmark], from, to, row, 0);
          }
        });
  }

  private double[] mean(PivotedCholesky cholesky) {
    int rank = cholesky.rank();
    double[] mean = new double[rank];
    if (options.centre()) {
      for (int i = 0; i < training.length; i++) {
        for (int p = 0; p < rank; p++) {
          mean[p] += cholesky.factor()[i * rank + p] / training.length;
        }
      }
    }
    return mean;
  }

  private double meanSquare(PivotedCholesky cholesky, double[] mean) {
    int rank = cholesky.rank();
    double sum = 0;
    for (int i = 0; i < training.length; i++) {
      for (int p = 0; p < rank; p++) {
        double centred = cholesky.factor()[i * rank + p] - mean[p];
        sum += centred * centred / training.length;
      }
    }
    return sum;
  }

  /** {@code u = scale · (L⁻¹ g − mean)} with g the similarities to the landmarks. */
  private BlocksMap map(PivotedCholesky cholesky, double[] mean, double scale) {
    Kernels kernels = Kernels.active();
    int rank = cholesky.rank();
    double[] lower = FactorFit.pivotRows(cholesky);
    double[] inverse = new double[rank * rank];
    for (int p = 0; p < rank; p++) {
      inverse[p * rank + p] = 1;
      for (int q = 0; q < p; q++) {
        kernels.axpy(-lower[p * rank + q], inverse, q * rank, inverse, p * rank, q + 1);
      }
      for (int q = 0; q <= p; q++) {
        inverse[p * rank + q] /= lower[p * rank + p];
      }
    }
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] *= scale;
    }
    double[] offset = new double[rank];
    for (int p = 0; p < rank; p++) {
      offset[p] = -scale * mean[p];
    }
    List<BlockMap> among =
        maps.stream().map(block -> BlocksFit.among(block, cholesky.pivots())).toList();
    return new BlocksMap(
        among, new SimilarityMap(rank, inverse, offset, options.constantCoordinate()));
  }
}
