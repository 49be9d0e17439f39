package kronwood.gram;

import java.util.Arrays;
import kronwood.data.EntityTable;
import kronwood.data.Features;
import kronwood.data.Similarities;
import kronwood.math.PivotedCholesky;

/**
 * A table's coordinates, fitted on its training entities: the map, the coordinates of all entities,
 * and what was done to get them.
 *
 * <p>Features: at most as many as training entities, they are the coordinates ({@link
 * DirectFeatureMap}); more, the pivoted Cholesky factor of the training entities' Gram matrix is
 * ({@link PivotFeatureMap}). Similarities: clipped, centred, and their Cholesky factor taken
 * ({@link SimilarityMap}). In each case inner products of training entities are those of the full
 * matrix; a gradient step stays in the span of the training data, and a Gaussian initial weight is
 * the same in any orthonormal coordinates, so the training law does not change with the reduction.
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
  private static final double FEATURE_ROUNDING = 1e-20;

  /** Most entities that a Gram matrix in one array can have. */
  private static final int LARGEST_GRAM = 46_340;

  /** Directions of similarities below this are rounding of their single precision. */
  private static final double SIMILARITY_TOLERANCE = 1e-6;

  /** The same for similarities, of which sums are centred and not vectors. */
  private static final double SIMILARITY_ROUNDING = 1e-13;

  /**
   * Bytes that fitting takes at most, besides the table itself: where Gram matrices are needed, two
   * n × n matrices, and the coordinates.
   */
  public static double bytes(EntityTable table, int trainingEntities) {
    double n = trainingEntities;
    double columns = table.attributes().columns();
    boolean needsGram = needsGram(table, trainingEntities);
    double rank = Math.min(n, columns) + 1;
    return 8 * rank * table.size() + (needsGram ? 16 * n * n : 0);
  }

  private static boolean needsGram(EntityTable table, int trainingEntities) {
    return table.attributes() instanceof Similarities
        || table.attributes().columns() > trainingEntities;
  }

  /**
   * Fits coordinates. Cost with n training entities and d features: n · d if d ≤ n, else n² · (d +
   * rank); with similarities n² · rank, or O(n³) where they have to be clipped.
   *
   * @param trainingEntities the entities that occur in training samples, increasing, at least one
   * @throws IllegalArgumentException if similarities are not square, if a Gram matrix of the
   *     training entities is needed and exceeds the range of an array, or if the training entities
   *     are all alike and no constant is added, so that every input would be zero
   */
  public static FactorFit of(EntityTable table, int[] trainingEntities, GramOptions options) {
    if (trainingEntities.length == 0) {
      throw new IllegalArgumentException(
          "no entity of table '" + table.name() + "' occurs in the training samples");
    }
    if (needsGram(table, trainingEntities.length) && trainingEntities.length > LARGEST_GRAM) {
      throw new IllegalArgumentException(
          "table '"
              + table.name()
              + "' has "
              + trainingEntities.length
              + " training entities and "
              + table.attributes().columns()
              + " columns: where there are more columns than entities, or similarities, at most "
              + LARGEST_GRAM
              + " training entities can be used; take fewer of them, or fewer features than"
              + " entities");
    }
    FactorFit fit =
        switch (table.attributes()) {
          case Features features -> ofFeatures(features, trainingEntities, options);
          case Similarities similarities -> ofSimilarities(similarities, trainingEntities, options);
        };
    if (fit.isZero()) {
      throw new IllegalArgumentException(
          "the "
              + trainingEntities.length
              + " training entities of table '"
              + table.name()
              + "' all have the same attributes: every input would be zero;"
              + " give attributes that differ, or a constant > 0");
    }
    return fit;
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
      throw new IllegalArgumentException(
          "similarity matrix is "
              + similarities.entities()
              + " × "
              + similarities.columns()
              + ", expected a square matrix");
    }
    int n = training.length;
    double[] gram = CentredGram.ofSimilarities(similarities, training);
    SpectralClipping clipping = SpectralClipping.of(gram, n);
    clipping.clip(gram);
    double floor = SIMILARITY_ROUNDING * CentredGram.meanDiagonal(gram, n);
    double[] rowMean = new double[n];
    double grandMean = options.centre() ? CentredGram.centre(gram, n, rowMean) : 0;
    double norm = CentredGram.meanDiagonalAbove(floor, gram, n);
    PivotedCholesky cholesky =
        PivotedCholesky.of(gram, n, Math.max(options.tolerance(), SIMILARITY_TOLERANCE));
    FactorMap map =
        similarityMap(cholesky, clipping, rowMean, grandMean, options, options.scale(norm));
    return new FactorFit(
        map,
        map.embedAll(similarities.selectColumns(training)),
        training,
        new FactorReport(map.rank(), clipping.count(), clipping.mostNegative(), clipping.share()));
  }

  /** Composes projection, centring and {@code scale · L⁻¹} into one affine map. */
  private static SimilarityMap similarityMap(
      PivotedCholesky cholesky,
      SpectralClipping clipping,
      double[] rowMean,
      double grandMean,
      GramOptions options,
      double scale) {
    int n = rowMean.length;
    int rank = cholesky.rank();
    double[] lower = pivotRows(cholesky);
    double[] map = new double[Math.multiplyExact(rank, n)];
    double[] offset = new double[rank];
    for (int p = 0; p < rank; p++) {
      int pivot = cholesky.pivots()[p];
      if (options.centre()) {
        Arrays.fill(map, p * n, (p + 1) * n, -1.0 / n);
      }
      map[p * n + pivot] += 1;
      offset[p] = grandMean - rowMean[pivot];
      clipping.project(map, p * n);
      for (int q = 0; q < p; q++) {
        double l = lower[p * rank + q];
        for (int j = 0; j < n; j++) {
          map[p * n + j] -= l * map[q * n + j];
        }
        offset[p] -= l * offset[q];
      }
      double diagonal = lower[p * rank + p];
      for (int j = 0; j < n; j++) {
        map[p * n + j] /= diagonal;
      }
      offset[p] /= diagonal;
    }
    for (int i = 0; i < map.length; i++) {
      map[i] *= scale;
    }
    for (int p = 0; p < rank; p++) {
      offset[p] *= scale;
    }
    return new SimilarityMap(n, map, offset, options.constantCoordinate());
  }

  private static double[] pivotRows(PivotedCholesky cholesky) {
    int rank = cholesky.rank();
    double[] rows = new double[rank * rank];
    for (int p = 0; p < rank; p++) {
      System.arraycopy(cholesky.factor(), cholesky.pivots()[p] * rank, rows, p * rank, p + 1);
    }
    return rows;
  }
}
