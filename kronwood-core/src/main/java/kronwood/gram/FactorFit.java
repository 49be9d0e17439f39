package kronwood.gram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.data.EntityTable;
import kronwood.data.Features;
import kronwood.data.Similarities;
import kronwood.encode.Encoder;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.fault.Remedy;
import kronwood.math.PivotedCholesky;
import org.jspecify.annotations.Nullable;

/**
 * A table's coordinates, fitted on its training entities: the map, the coordinates of all entities,
 * and what was done to get them.
 *
 * <p>Features: at most as many as training entities, they are the coordinates ({@link
 * DirectFeatureMap}); more, the pivoted Cholesky factor of the training entities' Gram matrix is
 * ({@link PivotFeatureMap}). Similarities: clipped, centred, and their Cholesky factor taken
 * ({@link SimilarityMap}); several blocks, their weighted sum is treated like similarities ({@link
 * BlocksMap}; {@link LandmarkFit} where they are many); identities may have sparse ones ({@link
 * IdentityMap}). In each case inner products of training entities are those of the full matrix; a
 * gradient step stays in the span of the training data, and a Gaussian initial weight is the same
 * in any orthonormal coordinates, so the training law does not change with the reduction. It does
 * where only principal components are asked for ({@link ComponentMap}).
 *
 * @param map from attributes to coordinates
 * @param table coordinates of the table's entities
 * @param trainingEntities the entities the fit saw, increasing; similarities of new entities are
 *     given to these
 * @param report rank and clipping
 */
public record FactorFit(
    FactorMap map, FactorTable table, int[] trainingEntities, FactorReport report) {
  /** Squared lengths below this share of the uncentred ones are rounding of features' centring. */
  static final double FEATURE_ROUNDING = 1e-20;

  /** Most entities that a Gram matrix in one array can have. */
  private static final int LARGEST_GRAM = 46_340;

  /**
   * Bytes that fitting takes at most, besides the table itself: where Gram matrices are needed, two
   * n × n matrices, three if there are several blocks, and the coordinates. Blocks of features of
   * which components are wanted need no Gram matrix.
   */
  public static double bytes(EntityTable table, int trainingEntities, GramOptions options) {
    if (isSparse(table, trainingEntities, options)) {
      return 4.0 * table.size();
    }
    double n = trainingEntities;
    double columns = table.attributes().columns();
    int landmarks = landmarks(table, trainingEntities, options);
    if (landmarks > 0) {
      return 8.0 * landmarks * (table.size() + 2 * n);
    }
    boolean needsGram = needsGram(table, trainingEntities);
    double rank = Math.min(n, columns) + 1;
    double matrices = table.attributes() instanceof Blocks ? 3 : 2;
    return 8 * rank * table.size() + (needsGram ? 8 * matrices * n * n : 0);
  }

  /** Landmarks that a table's coordinates are taken relative to, 0 for a Gram matrix. */
  private static int landmarks(EntityTable table, int trainingEntities, GramOptions options) {
    Integer components = options.components().get(table.name());
    return components != null
            && table.attributes() instanceof Blocks blocks
            && LandmarkFit.suits(blocks, trainingEntities)
        ? LandmarkFit.most(trainingEntities, components)
        : 0;
  }

  /** Whether a table's entities are told apart by their identity alone. */
  public static boolean isOfIdentities(EntityTable table) {
    return table.attributes() instanceof Blocks blocks
        && blocks.blocks().size() == 1
        && blocks.blocks().getFirst() instanceof Block.OfIdentity;
  }

  /**
   * Whether a table can have {@link IdentityCoordinates#SPARSE} coordinates: its entities are told
   * apart by their identity alone, all directions are kept, there are at least two training
   * entities, and the constant is above 1 / (n − 1), or without centring above 0.
   */
  public static boolean canBeSparse(EntityTable table, int trainingEntities, GramOptions options) {
    return isOfIdentities(table)
        && !options.components().containsKey(table.name())
        && IdentityMap.suits(trainingEntities, options);
  }

  private static boolean isSparse(EntityTable table, int trainingEntities, GramOptions options) {
    return options.identities() == IdentityCoordinates.SPARSE
        && canBeSparse(table, trainingEntities, options);
  }

  private static boolean needsGram(EntityTable table, int trainingEntities) {
    return !(table.attributes() instanceof Features)
        || table.attributes().columns() > trainingEntities;
  }

  /**
   * Fits coordinates. Cost with n training entities and d features: n · d if d ≤ n, else n² · (d +
   * rank); with similarities n² · rank, or O(n³) where they have to be clipped; with blocks the
   * same, and n² times the stored values of an entity for each block of features. Components of d
   * coordinates cost n · d² / 2 more, and some 10 · d² for each.
   *
   * @param trainingEntities the entities that occur in training samples, increasing, at least one
   * @throws InputException if similarities are not square, if a Gram matrix of the training
   *     entities is needed and exceeds the range of an array, or if the training entities are all
   *     alike and no constant is added, so that every input would be zero
   */
  public static FactorFit of(EntityTable table, int[] trainingEntities, GramOptions options) {
    if (trainingEntities.length == 0) {
      throw new InputException(
          "no entity of table '" + table.name() + "' occurs in the training samples");
    }
    if (isSparse(table, trainingEntities.length, options)) {
      return ofIdentities((Blocks) table.attributes(), trainingEntities, options);
    }
    int landmarks = landmarks(table, trainingEntities.length, options);
    if (landmarks == 0
        && needsGram(table, trainingEntities.length)
        && trainingEntities.length > LARGEST_GRAM) {
      throw new InputException(
          "table '"
              + table.name()
              + "' has "
              + trainingEntities.length
              + " training entities and "
              + table.attributes().columns()
              + " columns: where there are more columns than entities, or similarities, at most "
              + LARGEST_GRAM
              + " training entities can be used; take fewer of them, or fewer features than"
              + " entities, or the leading principal components, which blocks of features have"
              + " without a Gram matrix",
          Facts.ofTable(table.name()).with(Remedy.COMPONENTS));
    }
    int components = options.components().getOrDefault(table.name(), Integer.MAX_VALUE);
    FactorFit fit =
        switch (table.attributes()) {
          case Features features -> ofFeatures(features, trainingEntities, options);
          case Similarities similarities -> ofSimilarities(similarities, trainingEntities, options);
          case Blocks blocks when landmarks > 0 ->
              LandmarkFit.of(blocks, trainingEntities, landmarks, options);
          case Blocks blocks -> ofBlocks(blocks, trainingEntities, components, options);
        };
    if (fit.isZero()) {
      throw new InputException(
          "the "
              + trainingEntities.length
              + " training entities of table '"
              + table.name()
              + "' all have the same attributes: every input would be zero;"
              + " give attributes that differ, or a constant > 0");
    }
    boolean asked = options.components().containsKey(table.name());
    return asked && (landmarks > 0 || !found(table)) ? fit.reducedTo(components, options) : fit;
  }

  private static boolean found(EntityTable table) {
    return table.attributes() instanceof Blocks blocks && BlocksFit.findsComponents(blocks);
  }

  /** Principal components, so many or all. */
  private FactorFit reducedTo(int most, GramOptions options) {
    double constant = options.constantCoordinate();
    int components = Math.min(most, map.rank() - (constant > 0 ? 1 : 0));
    if (components == 0) {
      // All training entities are alike: there is only the constant.
      return this;
    }
    ComponentMap reduced = ComponentMap.fit(map, table, trainingEntities, components, constant);
    return new FactorFit(
        reduced,
        reduced.project(table),
        trainingEntities,
        new FactorReport(
            reduced.rank(), report.clipped(), report.mostNegative(), report.clippedShare()));
  }

  /**
   * The same coordinates with a map that takes cells, where they were fitted on the vectors that
   * encoders had made of them.
   *
   * @param encoders for each block of the table what encodes its cells, null if it has none; fewer
   *     where the others have none
   */
  public FactorFit withEncoders(List<@Nullable Encoder> encoders) {
    return new FactorFit(withEncoders(map, encoders), table, trainingEntities, report);
  }

  private static FactorMap withEncoders(FactorMap map, List<@Nullable Encoder> encoders) {
    return switch (map) {
      case ComponentMap reduced ->
          new ComponentMap(
              withEncoders(reduced.base(), encoders),
              reduced.components(),
              reduced.matrix(),
              reduced.constant());
      case BlocksMap several -> {
        List<BlockMap> blocks = new ArrayList<>(several.blocks());
        for (int b = 0; b < encoders.size(); b++) {
          Encoder encoder = encoders.get(b);
          if (encoder != null && blocks.get(b) instanceof FeatureBlockMap features) {
            blocks.set(b, new EncodedBlockMap(encoder, features));
          }
        }
        yield new BlocksMap(blocks, several.projection());
      }
      case DirectFeatureMap _, PivotFeatureMap _, SimilarityMap _, IdentityMap _ -> map;
    };
  }

  private boolean isZero() {
    for (double coordinate : table.values()) {
      if (coordinate != 0) {
        return false;
      }
    }
    return true;
  }

  private static FactorFit ofFeatures(Features features, int[] training, GramOptions options) {
    double[] mean = new double[features.columns()];
    if (options.centre()) {
      for (int entity : training) {
        features.addTo(entity, 1.0 / training.length, mean);
      }
    }
    return features.columns() <= training.length
        ? direct(features, training, mean, options)
        : reduced(features, training, mean, options);
  }

  private static FactorFit direct(
      Features features, int[] training, double[] mean, GramOptions options) {
    int columns = features.columns();
    double[] squares = new double[columns];
    double[] row = new double[columns];
    for (int entity : training) {
      Arrays.fill(row, 0);
      features.addTo(entity, 1, row);
      for (int c = 0; c < columns; c++) {
        double centred = row[c] - mean[c];
        squares[c] += centred * centred / training.length;
      }
    }
    double norm = 0;
    int keptCount = 0;
    int[] kept = new int[columns];
    for (int c = 0; c < columns; c++) {
      // A column of equal values leaves rounding behind once its mean is taken off.
      if (squares[c] > FEATURE_ROUNDING * mean[c] * mean[c]) {
        norm += squares[c];
        kept[keptCount++] = c;
      }
    }
    FactorMap map =
        new DirectFeatureMap(
            mean,
            Arrays.copyOf(kept, keptCount),
            options.scale(norm),
            options.constantCoordinate());
    return new FactorFit(
        map, map.embedAll(features), training, new FactorReport(map.rank(), 0, 0, 0));
  }

  private static FactorFit reduced(
      Features features, int[] training, double[] mean, GramOptions options) {
    int n = training.length;
    double[] gram = CentredGram.ofFeatures(features, training, mean);
    double floor = 0;
    for (int entity : training) {
      floor += FEATURE_ROUNDING * features.squaredNorm(entity) / n;
    }
    double norm = CentredGram.meanDiagonalAbove(floor, gram, n);
    PivotedCholesky cholesky = PivotedCholesky.of(gram, n, options.tolerance());
    int[] pivots = new int[cholesky.rank()];
    for (int p = 0; p < pivots.length; p++) {
      pivots[p] = training[cholesky.pivots()[p]];
    }
    FactorMap map =
        new PivotFeatureMap(
            features.select(pivots),
            mean,
            pivotRows(cholesky),
            options.scale(norm),
            options.constantCoordinate());
    return new FactorFit(
        map, map.embedAll(features), training, new FactorReport(map.rank(), 0, 0, 0));
  }

  private static FactorFit ofSimilarities(
      Similarities similarities, int[] training, GramOptions options) {
    if (similarities.columns() != similarities.entities()) {
      throw new InputException(
          "similarity matrix is "
              + similarities.entities()
              + " × "
              + similarities.columns()
              + ", expected a square matrix");
    }
    SimilarityFit fit =
        SimilarityFit.of(
            CentredGram.ofSimilarities(similarities, training),
            training.length,
            Math.max(options.tolerance(), SimilarityFit.TOLERANCE),
            options);
    return new FactorFit(
        fit.map(),
        fit.map().embedAll(similarities.selectColumns(training)),
        training,
        fit.report());
  }

  private static FactorFit ofIdentities(Blocks blocks, int[] training, GramOptions options) {
    Block.OfIdentity all = (Block.OfIdentity) blocks.blocks().getFirst();
    Block.OfIdentity among = BlocksFit.among(all, training);
    IdentityMap map = IdentityMap.fit(training.length, all.weight(), options);
    return new FactorFit(
        map, map.table(among.reference()), training, new FactorReport(map.rank(), 0, 0, 0));
  }

  private static FactorFit ofBlocks(
      Blocks blocks, int[] training, int components, GramOptions options) {
    BlocksFit fit = BlocksFit.of(blocks, training, components, options);
    return new FactorFit(
        fit.map(), fit.map().embedPrepared(fit.prepared()), training, fit.report());
  }

  static double[] pivotRows(PivotedCholesky cholesky) {
    int rank = cholesky.rank();
    double[] rows = new double[rank * rank];
    for (int p = 0; p < rank; p++) {
      System.arraycopy(cholesky.factor(), cholesky.pivots()[p] * rank, rows, p * rank, p + 1);
    }
    return rows;
  }
}
