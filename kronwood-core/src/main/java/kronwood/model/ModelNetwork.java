package kronwood.model;

/**
 * The weights of a trained network. The arrays are not copied.
 *
 * @param shift b
 * @param weights {@code W_r} of each of the m neurons, shape rank_1 × … × rank_K, row-major
 * @param output {@code A_{c,r}} at {@code c * m + r}, C × m
 * @param linear the linear skip, added to the outputs: for each its weights, of the shape of {@code
 *     W_r}, or none at all
 */
public record ModelNetwork(double shift, float[][] weights, float[] output, float[][] linear) {

  /**
   * Checks that the parts fit together.
   *
   * @throws IllegalArgumentException if there is no neuron, weights differ in length, or the output
   *     layer does not fit the number of neurons
   */
  public ModelNetwork {
    if (weights.length == 0) {
      throw new IllegalArgumentException("a network needs at least one neuron");
    }
    for (float[] tensor : weights) {
      if (tensor.length != weights[0].length) {
        throw new IllegalArgumentException(
            "neurons have " + weights[0].length + " and " + tensor.length + " weights");
      }
    }
    if (output.length == 0 || output.length % weights.length != 0) {
      throw new IllegalArgumentException(
          "output layer of length "
              + output.length
              + " does not fit "
              + weights.length
              + " neurons");
    }
    if (linear.length > 0 && linear.length != output.length / weights.length) {
      throw new IllegalArgumentException(
          linear.length + " linear outputs, but " + output.length / weights.length + " outputs");
    }
    for (float[] tensor : linear) {
      if (tensor.length != weights[0].length) {
        throw new IllegalArgumentException(
            "neurons have " + weights[0].length + " weights, a linear output " + tensor.length);
      }
    }
  }

  /** Without a linear skip. */
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

  /** Number of outputs C. */
  public int outputs() {
    return output.length / weights.length;
  }
}
