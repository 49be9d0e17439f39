package kronwood.model;

/**
 * The weights of a trained network. The arrays are not copied.
 *
 * @param shift b
 * @param weights {@code W_r} of each of the m neurons, shape rank_1 × … × rank_K, row-major
 * @param output {@code A_{c,r}} at {@code c * m + r}, C × m
 */
public record ModelNetwork(double shift, float[][] weights, float[] output) {

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
