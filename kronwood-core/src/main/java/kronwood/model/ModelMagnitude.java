package kronwood.model;

import kronwood.gram.IdentityMap;
import kronwood.input.PairComparison;
import kronwood.input.PairStructure;
import kronwood.math.NormalNumbers;
import kronwood.measure.SpreadCalibration;
import kronwood.network.EntryWeights;

/**
 * Whether a model's numbers are small enough for all of its predictions to be finite, by an upper
 * bound:
 *
 * <pre>
 *   |x_i| ≤ X = s · Π_k max |u_k|        s the scale of the input form, one term more of a sum
 *   |f|   ≤ m · max |A| · (D · max |W| · X + |b|) + D · max |L| · X
 * </pre>
 *
 * <p>with D weights a neuron, and {@code |prediction| ≤ |offset| + |scale| · |f|}. Any model that
 * training can make is far below: its weights are in single precision, the bound in double.
 */
public final class ModelMagnitude {
  /** What is left for sums of rounded numbers, and terms of a sum of products. */
  private static final double MARGIN = 1e6;

  private ModelMagnitude() {}

  /**
   * Checks the numbers of a model that was read. Cost: all of them once.
   *
   * @throws IllegalArgumentException if predictions for the entities it knows might not be finite
   */
  public static void check(Model model) {
    if (!isFinite(model, 0)) {
      throw new IllegalArgumentException(
          "its weights or coordinates are so large that predictions might not be finite");
    }
  }

  /**
   * Whether all predictions for entities are finite that it knows, or whose coordinates are no
   * larger than some number, which may be NaN.
   */
  static boolean isFinite(Model model, double others) {
    ModelNetwork network = model.network();
    double x = inputs(model, others);
    EntryWeights entries = network.entries();
    double dimension = entries == null ? network.weights()[0].length : 1 << model.ranks().length;
    double weight =
        entries == null
            ? largest(network.weights())
            : Math.max(NormalNumbers.LARGEST, entries.largest());
    double z = dimension * weight * x + Math.abs(network.shift());
    double f = network.neurons() * largest(network.output()) * z;
    if (network.hasLinear()) {
      f += dimension * largest(network.linear()) * x;
    }
    for (SettingWeights setting : model.settings()) {
      double linear = dimension * largest(setting.linear()) * x + largest(setting.offset());
      f = Math.max(f, Math.abs(setting.network()) * f + linear);
    }
    double prediction = largest(model.target().offset()) + largest(model.target().scale()) * f;
    double bound = MARGIN * prediction;
    if (network.members() > 1) {
      // Deviations are roots of squares.
      double factor = 1;
      for (SpreadCalibration calibration : model.target().calibration()) {
        factor = Math.max(factor, calibration.factor());
      }
      for (SettingWeights setting : model.settings()) {
        for (SpreadCalibration calibration : setting.spread()) {
          factor = Math.max(factor, calibration.factor());
        }
      }
      bound *= prediction * factor;
    }
    return Double.isFinite(bound);
  }

  /** Bound of the elements of an input. */
  private static double inputs(Model model, double others) {
    double product = 1;
    double most = 1;
    for (int table : model.tableOfMode()) {
      double known = largest(model.tables().get(table));
      double largest = Math.max(Math.max(1, known), others);
      product *= largest;
      most = Math.max(most, largest);
    }
    PairComparison comparison = model.form().comparison();
    if (model.form().structure() == PairStructure.COMPARISON && comparison != null) {
      double compared = 2 * most * most + largest(comparison.mean());
      return product * Math.max(1, compared * largest(comparison.scale()));
    }
    return product * Math.max(1, model.form().scale());
  }

  private static double largest(ModelTable table) {
    return table.map() instanceof IdentityMap map
        ? Math.max(map.own(), Math.max(map.shared(), map.unknown()))
        : largest(table.coordinates());
  }

  private static double largest(float[][] rows) {
    double largest = 0;
    for (float[] row : rows) {
      largest = Math.max(largest, largest(row));
    }
    return largest;
  }

  private static double largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
