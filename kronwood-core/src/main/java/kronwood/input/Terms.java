package kronwood.input;

/**
 * Inputs written as sums of plain Kronecker products, {@code x_i = Σ_t weight_t · p_{i·T+t}}.
 *
 * <p>The inner product of an input with any combination y of inputs needs only the first {@link
 * #readCount} of them: {@code ⟨x_i, y⟩ = Σ_{t < reads} readWeight_t · ⟨p_{i·T+t}, y⟩}. With a
 * tensor that is no such combination, as initial weights are, all are needed.
 */
public final class Terms {
  private final StructuredInputs products;
  private final double[] weights;
  private final double[] readWeights;

  /**
   * @param products plain inputs, those of one sum side by side
   */
  Terms(StructuredInputs products, double[] weights, double[] readWeights) {
    this.products = products;
    this.weights = weights;
    this.readWeights = readWeights;
  }

  /** Inputs taken as they are, be they sums or not. */
  public static Terms whole(StructuredInputs inputs) {
    return new Terms(inputs, new double[] {1}, new double[] {1});
  }

  /** The plain products, T for each input. */
  public StructuredInputs products() {
    return products;
  }

  /** Products of an input, T. */
  public int count() {
    return weights.length;
  }

  /** Weight of the t-th product of every input. */
  public double weight(int t) {
    return weights[t];
  }

  /** Products that inner products with combinations of inputs need. */
  public int readCount() {
    return readWeights.length;
  }

  /** Weight of the t-th product in such inner products. */
  public double readWeight(int t) {
    return readWeights[t];
  }

  /** The t-th product of an input. */
  public int index(int input, int t) {
    return input * weights.length + t;
  }

  /** All products of the inputs, those of one input side by side. */
  public int[] indices(int[] inputs) {
    return firstOf(inputs, weights.length);
  }

  /** The products of the inputs that inner products need, those of one input side by side. */
  public int[] readIndices(int[] inputs) {
    return firstOf(inputs, readWeights.length);
  }

  private int[] firstOf(int[] inputs, int count) {
    int[] indices = new int[Math.multiplyExact(inputs.length, count)];
    for (int p = 0; p < inputs.length; p++) {
      for (int t = 0; t < count; t++) {
        indices[p * count + t] = index(inputs[p], t);
      }
    }
    return indices;
  }
}
