package kronwood.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import kronwood.data.Dataset;
import kronwood.data.DenseFeatures;
import kronwood.data.EntityIds;
import kronwood.data.EntityTable;
import kronwood.data.EntityTuples;
import kronwood.data.Mode;
import kronwood.data.RealTargets;
import kronwood.data.Samples;

/**
 * Made-up pairs: some cells of a left × right grid of entities with Gaussian features, and a target
 * that the product of the first three features of each side explains but for some noise.
 *
 * @param left entities on the left
 * @param right entities on the right
 * @param pairs cells drawn, without repetition
 * @param features features per side
 * @param seed of all random numbers
 */
record RandomPairs(int left, int right, int pairs, int features, long seed) {
  private static final int EXPLAINING_FEATURES = 3;
  private static final double NOISE = 0.1;

  RandomPairs {
    if (pairs > left * right || features < EXPLAINING_FEATURES) {
      throw new IllegalArgumentException(
          pairs + " pairs of " + left + " × " + right + " entities with " + features + " features");
    }
  }

  /** The pairs with their features as they are. */
  Dataset plain() {
    return spread(features);
  }

  /**
   * The same pairs, the features spread over more columns by a multiple of an isometry: each column
   * is one of the features with a random sign. No number is rounded, so that after normalisation
   * the Gram matrices, and with them the training, are those of {@link #plain()}.
   *
   * @param columns a multiple of the number of features
   */
  Dataset spread(int columns) {
    if (columns % features != 0) {
      throw new IllegalArgumentException(columns + " columns for " + features + " features");
    }
    SplittableRandom random = new SplittableRandom(seed ^ columns);
    return dataset(
        spread(features(left, seed + 1), left, columns, random),
        spread(features(right, seed + 2), right, columns, random),
        columns);
  }

  /**
   * The same pairs and targets, with as many independent features: another problem of that shape.
   */
  Dataset independent(int columns) {
    SplittableRandom random = new SplittableRandom(seed ^ ~columns);
    return dataset(gaussian(left * columns, random), gaussian(right * columns, random), columns);
  }

  private float[] features(int entities, long tableSeed) {
    return gaussian(entities * features, new SplittableRandom(tableSeed));
  }

  private static float[] gaussian(int length, SplittableRandom random) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private float[] spread(float[] narrow, int entities, int columns, SplittableRandom random) {
    if (columns == features) {
      return narrow;
    }
    float[] wide = new float[entities * columns];
    for (int c = 0; c < columns; c++) {
      float sign = random.nextBoolean() ? 1 : -1;
      for (int e = 0; e < entities; e++) {
        wide[e * columns + c] = sign * narrow[e * features + c % features];
      }
    }
    return wide;
  }

  private Dataset dataset(float[] leftFeatures, float[] rightFeatures, int columns) {
    List<Mode> modes =
        List.of(
            mode("left", left, columns, leftFeatures),
            mode("right", right, columns, rightFeatures));
    int[] cells = cells();
    int[] tuples = new int[2 * pairs];
    float[] targets = new float[pairs];
    float[] leftSource = features(left, seed + 1);
    float[] rightSource = features(right, seed + 2);
    SplittableRandom noise = new SplittableRandom(seed + 3);
    for (int i = 0; i < pairs; i++) {
      int a = cells[i] / right;
      int b = cells[i] % right;
      tuples[2 * i] = a;
      tuples[2 * i + 1] = b;
      double y = NOISE * noise.nextGaussian();
      for (int c = 0; c < EXPLAINING_FEATURES; c++) {
        y += leftSource[a * features + c] * rightSource[b * features + c];
      }
      targets[i] = (float) y;
    }
    return Dataset.of(
        modes, Samples.of(EntityTuples.of(2, tuples), RealTargets.of(List.of("y"), targets)));
  }

  private static Mode mode(String name, int entities, int columns, float[] features) {
    List<String> ids = new ArrayList<>(entities);
    for (int e = 1; e <= entities; e++) {
      ids.add(name + e);
    }
    return new Mode(
        name,
        EntityTable.of(name, EntityIds.of(ids), DenseFeatures.of(entities, columns, features)));
  }

  /** The first cells of a shuffled grid. */
  private int[] cells() {
    int[] cells = new int[left * right];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = i;
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < pairs; i++) {
      int other = random.nextInt(i, cells.length);
      int cell = cells[other];
      cells[other] = cells[i];
      cells[i] = cell;
    }
    return cells;
  }
}
