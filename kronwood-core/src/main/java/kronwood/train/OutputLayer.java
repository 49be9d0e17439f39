package kronwood.train;

import java.util.Arrays;
import kronwood.tree.FiredNeurons;

/**
 * The output layer: {@code f_c = (1/√m) Σ_r A_{c,r} · (z_r − b)} over the neurons that fire.
 *
 * <p>A is fixed at its initial signs unless it is trained; then it takes the gradient step {@code
 * A_{c,r} ← A_{c,r} − η · (1/√m) Σ_j (z_{r,j} − b) · ∂ℓ/∂f_c(x_j) / |batch|} at the end of each
 * batch, at the same time as the weights. Memory: 8 · m · C bytes, three times that if trained.
 */
public final class OutputLayer {
  private final int neurons;
  private final int outputs;
  private final double shift;
  private final double norm;
  private final boolean trained;
  private final double[] weights;
  private final double[] initial;
  private final double[] gradient;

  /** The layer at the start of training. */
  public OutputLayer(InitialWeights initialWeights) {
    NetworkOptions options = initialWeights.options();
    this.neurons = options.neurons();
    this.outputs = initialWeights.outputs();
    this.shift = options.shift();
    this.norm = 1 / Math.sqrt(neurons);
    this.trained = options.trainOutput();
    this.weights = new double[Math.multiplyExact(neurons, outputs)];
    for (int r = 0; r < neurons; r++) {
      for (int c = 0; c < outputs; c++) {
        weights[r * outputs + c] = initialWeights.sign(c, r);
      }
    }
    this.initial = trained ? weights.clone() : weights;
    this.gradient = new double[trained ? weights.length : 0];
  }

  /** Number of neurons m. */
  public int neurons() {
    return neurons;
  }

  /** Number of outputs C. */
  public int outputs() {
    return outputs;
  }

  /** The shift b. */
  public double shift() {
    return shift;
  }

  /** Whether A is trained. */
  boolean isTrained() {
    return trained;
  }

  /** {@code A_{c,r}}. */
  public double weight(int output, int neuron) {
    return weights[neuron * outputs + output];
  }

  /** Writes the outputs for the neurons that fire to {@code f}, length C. Cost: fired · C. */
  public void evaluate(FiredNeurons fired, double[] f) {
    Arrays.fill(f, 0);
    for (int i = 0; i < fired.count(); i++) {
      double activation = fired.preActivation(i) - shift;
      int row = fired.neuron(i) * outputs;
      for (int c = 0; c < outputs; c++) {
        f[c] += weights[row + c] * activation;
      }
    }
    for (int c = 0; c < outputs; c++) {
      f[c] *= norm;
    }
  }

  /** {@code ∂ℓ/∂z_r = (1/√m) Σ_c A_{c,r} · ∂ℓ/∂f_c} of a neuron that fires. */
  double backward(int neuron, double[] lossGradient) {
    double sum = 0;
    for (int c = 0; c < outputs; c++) {
      sum += weights[neuron * outputs + c] * lossGradient[c];
    }
    return norm * sum;
  }

  /** Adds one sample's share of {@code ∂ℓ/∂A}; does nothing if the layer is fixed. */
  void accumulate(FiredNeurons fired, double[] lossGradient) {
    if (!trained) {
      return;
    }
    for (int i = 0; i < fired.count(); i++) {
      double activation = norm * (fired.preActivation(i) - shift);
      int row = fired.neuron(i) * outputs;
      for (int c = 0; c < outputs; c++) {
        gradient[row + c] += activation * lossGradient[c];
      }
    }
  }

  /**
   * Takes the step with what was accumulated: {@code A ← A₀ + keep · (A − A₀) − step · gradient}.
   */
  void update(double step, double keep) {
    if (!trained) {
      return;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = initial[i] + keep * (weights[i] - initial[i]) - step * gradient[i];
    }
    Arrays.fill(gradient, 0);
  }
}
