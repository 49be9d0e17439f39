package kronwood.model;

import java.util.List;
import kronwood.fault.InputException;
import kronwood.measure.SpreadCalibration;

/**
 * How predictions are made of a model's parts where certain entities are new: {@code f = network ·
 * f_network + ⟨linear, x⟩ + offset}, before scale and link of the target.
 *
 * <p>An entity is new if it occurs in no training sample. A network that was trained for long
 * predicts best for pairs of entities that it has seen; the less of a pair was seen, the more a
 * regularised linear model counts, and the mean. What is best is found out on samples that were
 * held out in the same way; see {@code kronwood.tune.SettingTraining}. Arrays are not copied.
 *
 * @param newModes the modes whose entities are new: of mode k the bit {@code 1 << k}
 * @param network factor on the network's outputs
 * @param linear weights of the linear model for each output, of the shape of a neuron's; none if it
 *     does not count
 * @param offset added to each output, length C
 * @param spread of an ensemble, for each output, what the spread between members says about the
 *     error in this setting; empty if that is what {@link ModelTarget#calibration} says
 */
@SuppressWarnings("ArrayRecordComponent") // as documented
public record SettingWeights(
    int newModes,
    double network,
    float[][] linear,
    double[] offset,
    List<SpreadCalibration> spread) {

  /** The largest number of modes that can be told apart. */
  public static final int MOST_MODES = 4;

  /**
   * Checks what can be checked without the model.
   *
   * @throws InputException if a number is not finite, or modes are out of range
   */
  public SettingWeights {
    spread = List.copyOf(spread);
    if (!spread.isEmpty() && spread.size() != offset.length) {
      throw new InputException(
          spread.size() + " calibrations of a setting for " + offset.length + " outputs");
    }
    if (newModes < 0 || newModes >= 1 << MOST_MODES) {
      throw new InputException("new modes of a setting are the bits of " + newModes);
    }
    boolean finite = Double.isFinite(network);
    for (double each : offset) {
      finite &= Double.isFinite(each);
    }
    if (!finite) {
      throw new InputException("weights of the parts of a setting are not finite numbers");
    }
    if (linear.length > 0 && linear.length != offset.length) {
      throw new InputException(
          linear.length + " linear outputs of a setting, but " + offset.length + " outputs");
    }
  }

  /** With the model's calibration. */
  public SettingWeights(int newModes, double network, float[][] linear, double[] offset) {
    this(newModes, network, linear, offset, List.of());
  }

  /** The same with a calibration of its own. */
  public SettingWeights withSpread(List<SpreadCalibration> own) {
    return new SettingWeights(newModes, network, linear, offset, own);
  }

  /** The network as it is, for new entities in the given modes. */
  public static SettingWeights ofNetwork(int newModes, int outputs) {
    return new SettingWeights(newModes, 1, new float[0][], new double[outputs]);
  }

  /**
   * Weighs the parts of an output.
   *
   * @param f outputs of the network, replaced: those of output c at {@code from}, {@code from +
   *     step}, … below {@code to}, one of each member
   * @param c the output
   * @param linear ⟨linear_c, x⟩, or 0 if the linear model does not count
   */
  void weigh(double[] f, int from, int to, int step, int c, double linear) {
    double added = offset[c] + linear;
    for (int k = from; k < to; k += step) {
      f[k] = network * f[k] + added;
    }
  }
}
