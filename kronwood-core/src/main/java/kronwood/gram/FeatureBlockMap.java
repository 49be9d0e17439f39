package kronwood.gram;

import java.util.Arrays;
import kronwood.data.Block;
import kronwood.data.FeatureKernel;
import kronwood.data.Features;
import kronwood.fault.InputException;

/**
 * Feature vectors compared with those of the training entities by a kernel.
 *
 * <p>Cost of an entity: the stored values of all training entities. Immutable.
 */
public final class FeatureBlockMap implements BlockMap {
  /** Most training entities whose distances the median is taken of. */
  private static final int MEDIAN_ENTITIES = 1000;

  private final String name;
  private final double weight;
  private final double scale;
  private final FeatureKernel kernel;
  private final double bandwidth;
  private final double[] centre;
  private final Features references;

  /** Of each reference: the norm (cosine), the sum (Tanimoto), the squared norm (Gaussian). */
  private final double[] sizes;

  private FeatureBlockMap(
      String name,
      double weight,
      double scale,
      FeatureKernel kernel,
      double bandwidth,
      double[] centre,
      Features references,
      double[] sizes) {
    this.name = name;
    this.weight = weight;
    this.scale = scale;
    this.kernel = kernel;
    this.bandwidth = bandwidth;
    this.centre = centre;
    this.references = references;
    this.sizes = sizes;
  }

  /**
   * A map from its parts; the array is not copied.
   *
   * @param bandwidth h of a Gaussian, not used by others
   * @param centre what is subtracted from each vector, one value per feature
   * @param references features of the training entities
   * @throws InputException if the parts do not fit together
   */
  public static FeatureBlockMap of(
      String name,
      double weight,
      double scale,
      FeatureKernel kernel,
      double bandwidth,
      double[] centre,
      Features references) {
    if (centre.length != references.columns()) {
      throw new InputException(
          "block '"
              + name
              + "' has a centre of "
              + centre.length
              + " values and references of "
              + references.columns());
    }
    double[] sizes = new double[references.entities()];
    double[] row = new double[centre.length];
    for (int j = 0; j < sizes.length; j++) {
      sizes[j] = size(kernel, vector(references, j, centre, row));
    }
    return new FeatureBlockMap(name, weight, scale, kernel, bandwidth, centre, references, sizes);
  }

  /** Fits a block with a scale of 1. */
  static FeatureBlockMap fit(Block.OfFeatures block, int[] training, boolean centred) {
    Features references = block.features().select(training);
    double[] centre = new double[references.columns()];
    FeatureKernel kernel = block.kernel();
    if (kernel.isGaussian() || (kernel.equals(FeatureKernel.LINEAR) && centred)) {
      for (int j = 0; j < training.length; j++) {
        references.addTo(j, 1.0 / training.length, centre);
      }
    }
    FeatureBlockMap map = of(block.name(), block.weight(), 1, kernel, 1, centre, references);
    if (!kernel.isGaussian()) {
      return map;
    }
    double bandwidth = kernel.width() * map.median();
    return of(block.name(), block.weight(), 1, kernel, bandwidth, centre, references);
  }

  private double median() {
    int n = Math.min(MEDIAN_ENTITIES, references.entities());
    double[] distances = new double[n * (n - 1) / 2];
    double[] row = new double[centre.length];
    int count = 0;
    for (int a = 0; a < n; a++) {
      int i = (int) ((long) a * references.entities() / n);
      vector(references, i, centre, row);
      double against = product(row, centre);
      for (int b = 0; b < a; b++) {
        int j = (int) ((long) b * references.entities() / n);
        double distance = sizes[i] + sizes[j] - 2 * (references.dot(j, row) - against);
        // What is below is rounding of the same vector's.
        if (distance > 1e-12 * (sizes[i] + sizes[j])) {
          distances[count++] = distance;
        }
      }
    }
    Arrays.sort(distances, 0, count);
    return count == 0 ? 1 : Math.sqrt((distances[(count - 1) / 2] + distances[count / 2]) / 2);
  }

  /**
   * Mean diagonals up to this are rounding, in the units of the kernel: for the linear kernel what
   * centring leaves of features that are all the same. The other kernels do not depend on the scale
   * of the features, and their diagonals are 1 or 0.
   */
  double rounding() {
    if (kernel.kind() != FeatureKernel.Kind.LINEAR) {
      return 0;
    }
    double sum = 0;
    for (int j = 0; j < references.entities(); j++) {
      sum += references.squaredNorm(j) / references.entities();
    }
    return FactorFit.FEATURE_ROUNDING * sum;
  }

  private static double[] vector(Features features, int entity, double[] centre, double[] row) {
    for (int c = 0; c < row.length; c++) {
      row[c] = -centre[c];
    }
    features.addTo(entity, 1, row);
    return row;
  }

  private static double size(FeatureKernel kernel, double[] row) {
    return switch (kernel.kind()) {
      case LINEAR -> 0;
      case COSINE -> Math.sqrt(product(row, row));
      case GAUSSIAN -> product(row, row);
      case TANIMOTO -> {
        double sum = 0;
        for (double value : row) {
          sum += value;
        }
        yield sum;
      }
    };
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += a[c] * b[c];
    }
    return sum;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double weight() {
    return weight;
  }

  @Override
  public double scale() {
    return scale;
  }

  @Override
  public int columns() {
    return centre.length;
  }

  /** How vectors are compared. */
  public FeatureKernel kernel() {
    return kernel;
  }

  /** h of a Gaussian, not used by others. */
  public double bandwidth() {
    return bandwidth;
  }

  /** What is subtracted from each vector; not to be changed. */
  public double[] centre() {
    return centre;
  }

  /** Features of the training entities. */
  public Features references() {
    return references;
  }

  @Override
  public FeatureBlockMap withScale(double newScale) {
    return new FeatureBlockMap(
        name, weight, newScale, kernel, bandwidth, centre, references, sizes);
  }

  /** The same map with these of its references only, in their order. */
  FeatureBlockMap among(int[] chosen) {
    double[] chosenSizes = new double[chosen.length];
    for (int j = 0; j < chosen.length; j++) {
      chosenSizes[j] = sizes[chosen[j]];
    }
    return new FeatureBlockMap(
        name, weight, scale, kernel, bandwidth, centre, references.select(chosen), chosenSizes);
  }

  /** {@code scale · k(e, e)} of a prepared block's entity. */
  double self(Block prepared, int entity) {
    double[] row =
        vector(((Block.OfFeatures) prepared).features(), entity, centre, new double[centre.length]);
    return scale
        * switch (kernel.kind()) {
          case LINEAR -> product(row, row);
          case COSINE -> size(kernel, row) > 0 ? 1 : 0;
          case GAUSSIAN, TANIMOTO -> 1;
        };
  }

  @Override
  public Block prepare(Block block) {
    if (block instanceof Block.OfFeatures given && block.columns() == columns()) {
      if (kernel.equals(FeatureKernel.TANIMOTO)) {
        checkNotNegative(given.features());
      }
      return block;
    }
    throw BlockMap.mismatch(this, block);
  }

  private void checkNotNegative(Features features) {
    double[] row = new double[columns()];
    for (int e = 0; e < features.entities(); e++) {
      vector(features, e, centre, row);
      for (int c = 0; c < row.length; c++) {
        if (row[c] < 0) {
          throw new InputException(
              "the kernel tanimoto of '"
                  + name
                  + "' needs features >= 0, found "
                  + row[c]
                  + " in column "
                  + (c + 1)
                  + " of entity "
                  + (e + 1)
                  + "; take another kernel");
        }
      }
    }
  }

  @Override
  public void add(Block prepared, int entity, int from, int to, double[] out, int offset) {
    Features features = ((Block.OfFeatures) prepared).features();
    double[] row = vector(features, entity, centre, new double[centre.length]);
    double size = size(kernel, row);
    double against = product(row, centre);
    for (int j = from; j < to; j++) {
      out[offset + j] +=
          scale
              * switch (kernel.kind()) {
                case LINEAR -> references.dot(j, row) - against;
                case COSINE ->
                    size > 0 && sizes[j] > 0 ? references.dot(j, row) / (size * sizes[j]) : 0;
                case GAUSSIAN -> {
                  double product = references.dot(j, row) - against;
                  double distance = Math.max(0, size + sizes[j] - 2 * product);
                  yield Math.exp(-distance / (2 * bandwidth * bandwidth));
                }
                case TANIMOTO -> {
                  double shared = references.minimum(j, row);
                  double all = size + sizes[j] - shared;
                  yield all > 0 ? shared / all : 1;
                }
              };
    }
  }
}
