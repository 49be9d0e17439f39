package kronwood.model;

import kronwood.fault.InputException;
import kronwood.network.EntryWeights;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a trained network. The arrays are not copied.
 *
 * @param shift b
 * @param weights {@code W_r} of each of the m neurons, shape rank_1 × … × rank_K, row-major; those
 *     of a member of an ensemble one after the other
 * @param output {@code A_{c,r}} at {@code c * m + r}, C × m, to output c of the neuron's member
 * @param linear the linear skip, added to the outputs: for each output of each member its weights,
 *     of the shape of {@code W_r}, or none at all
 * @param members number of members E, 1 for a single network; outputs of all members together are
 *     numbered {@code e · C + c}
 * @param entries the weights, if inputs are sparse: then those of each neuron in {@code weights}
 *     are none, and there is no linear skip; null otherwise
 */
public record ModelNetwork(
    double shift,
    float[][] weights,
    float[] output,
    float[][] linear,
    int members,
    @Nullable EntryWeights entries) {

  /**
   * Checks that the parts fit together.
   *
   * @throws InputException if there is no neuron, weights differ in length, or the output layer
   *     does not fit the number of neurons
   */
  public ModelNetwork {
    if (weights.length == 0) {
      throw new InputException("a network needs at least one neuron");
    }
    for (float[] tensor : weights) {
      if (tensor.length != weights[0].length) {
        throw new InputException(
            "neurons have " + weights[0].length + " and " + tensor.length + " weights");
      }
    }
    if (output.length == 0 || output.length % weights.length != 0) {
      throw new InputException(
          "output layer of length "
              + output.length
              + " does not fit "
              + weights.length
              + " neurons");
    }
    if (members < 1 || weights.length % members != 0) {
      throw new InputException(members + " members do not divide " + weights.length + " neurons");
    }
    int width = members * (output.length / weights.length);
    if (linear.length > 0 && linear.length != width) {
      throw new InputException(linear.length + " linear outputs, but " + width + " outputs");
    }
    for (float[] tensor : linear) {
      if (tensor.length != weights[0].length) {
        throw new InputException(
            "neurons have " + weights[0].length + " weights, a linear output " + tensor.length);
      }
    }
    if (entries != null
        && (entries.neurons() != weights.length || weights[0].length > 0 || linear.length > 0)) {
      throw new InputException(
          "weights of entries of %d neurons do not fit %d neurons with %d weights, %d linear outputs"
              .formatted(entries.neurons(), weights.length, weights[0].length, linear.length));
    }
  }

  /** A network or an ensemble whose neurons have tensors for weights. */
  public ModelNetwork(
      double shift, float[][] weights, float[] output, float[][] linear, int members) {
    this(shift, weights, output, linear, members, null);
  }

  /** A network or an ensemble that takes sparse inputs. */
  public static ModelNetwork ofEntries(
      double shift, EntryWeights entries, float[] output, int members) {
    return new ModelNetwork(
        shift, new float[entries.neurons()][0], output, new float[0][], members, entries);
  }

  /** A single network. */
  public ModelNetwork(double shift, float[][] weights, float[] output, float[][] linear) {
    this(shift, weights, output, linear, 1);
  }

  /** A single network without a linear skip. */
  public ModelNetwork(double shift, float[][] weights, float[] output) {
    this(shift, weights, output, new float[0][]);
  }

  /** Whether there is a linear skip. */
  public boolean hasLinear() {
    return linear.length > 0;
  }

  /** Number of neurons m. */
  public int neurons() {
    return weights.length;
  }

  /** Number of outputs C, of each member. */
  public int outputs() {
    return output.length / weights.length;
  }

  /** Number of neurons of each member, m / E. */
  public int memberNeurons() {
    return weights.length / members;
  }

  /** Number of outputs of all members together, E · C. */
  public int width() {
    return members * outputs();
  }
}
