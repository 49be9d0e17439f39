package kronwood.network;

import java.util.Arrays;
import kronwood.engine.weights.UpdateRule;
import kronwood.state.StateVisitor;
import kronwood.tree.FiredNeurons;

/**
 * The output layer: {@code f_c = (1/√m) Σ_r A_{c,r} · φ(z_r) + s · z_{m+c}} over the neurons that
 * fire, with the {@link Activation} φ, {@code z_r − b} if it is ReLU, the linear unit m + c of the
 * output and weight s of the linear skip, if there is one. In an ensemble of E members each neuron
 * feeds the outputs of its own member alone, and each member has the factor {@code 1/√(m/E)}.
 *
 * <p>Output c of member e is number {@code e · C + c}, the linear unit with it {@code m + e · C +
 * c}.
 *
 * <p>Sums over neurons are made in the order of {@link SumOrder}. A process that holds a {@link
 * NeuronRange} has their part of the layer, and computes their part of the outputs.
 *
 * <p>A is fixed at its initial signs unless it is trained; then it takes the gradient step {@code
 * A_{c,r} ← A_{c,r} − η · (1/√m) Σ_j φ(z_{r,j}) · ∂ℓ/∂f_c(x_j) / |batch|} at the end of each batch,
 * at the same time as the weights. Memory: 8 · m · C bytes, three times that if trained, and 12
 * bytes a unit.
 */
public final class OutputLayer {
  private final int neurons;
  private final int memberNeurons;
  private final int units;
  private final int outputs;
  private final int members;

  private final SumOrder order;

  /** For each neuron the first of the outputs that it feeds. */
  private final int[] first;

  private final double shift;
  private final Activation activation;
  private final double norm;
  private final double skip;
  private final boolean trained;
  private final double[] weights;
  private final double[] initial;
  private final double[] gradient;
  private final double[] velocity;

  /** The layer of ReLU neurons at the start of training. */
  public OutputLayer(InitialWeights initialWeights) {
    this(initialWeights, Activation.RELU);
  }

  /**
   * The layer at the start of training.
   *
   * @throws IllegalArgumentException if the shift does not go with the activation
   */
  public OutputLayer(InitialWeights initialWeights, Activation activation) {
    NetworkOptions options = initialWeights.options();
    this.neurons = initialWeights.neurons();
    this.memberNeurons = options.memberNeurons();
    this.units = initialWeights.units();
    this.outputs = initialWeights.outputs();
    this.members = options.ensemble().members();
    this.order = new SumOrder(initialWeights);
    this.first = new int[neurons];
    Arrays.setAll(first, r -> initialWeights.member(r) * outputs);
    this.shift = options.shift();
    this.activation = activation;
    activation.check(shift);
    this.norm = 1 / Math.sqrt(options.memberNeurons());
    this.skip = options.skip();
    this.trained = options.trainOutput();
    this.weights = new double[Math.multiplyExact(neurons, outputs)];
    for (int r = 0; r < neurons; r++) {
      for (int c = 0; c < outputs; c++) {
        weights[r * outputs + c] = initialWeights.sign(c, r);
      }
    }
    this.initial = trained ? weights.clone() : weights;
    this.gradient = new double[trained ? weights.length : 0];
    this.velocity = new double[gradient.length];
  }

  private OutputLayer(OutputLayer other) {
    this.neurons = other.neurons;
    this.memberNeurons = other.memberNeurons;
    this.units = other.units;
    this.outputs = other.outputs;
    this.members = other.members;
    this.order = other.order;
    this.first = other.first;
    this.shift = other.shift;
    this.activation = other.activation;
    this.norm = other.norm;
    this.skip = other.skip;
    this.trained = other.trained;
    this.weights = trained ? other.weights.clone() : other.weights;
    this.initial = other.initial;
    this.gradient = new double[other.gradient.length];
    this.velocity = new double[other.velocity.length];
  }

  /** A layer with the same weights, to be changed apart from this. */
  public OutputLayer copy() {
    return new OutputLayer(this);
  }

  /** {@code A ← (1 − share) · A + share · other}. */
  public void blend(OutputLayer other, double share) {
    for (int i = 0; trained && i < weights.length; i++) {
      weights[i] += share * (other.weights[i] - weights[i]);
    }
  }

  /** Number of neurons: m, or those of the range. */
  public int neurons() {
    return neurons;
  }

  /** Number of outputs C, of each member. */
  public int outputs() {
    return outputs;
  }

  /** Number of members E, 1 for a single network. */
  public int members() {
    return members;
  }

  /** Number of outputs of all members together, E · C. */
  public int width() {
    return members * outputs;
  }

  /** The member that a neuron belongs to. */
  public int member(int neuron) {
    return first[neuron] / outputs;
  }

  /** Number of neurons of each member, whoever holds them. */
  public int memberNeurons() {
    return memberNeurons;
  }

  /** Number of units: neurons, and linear ones. */
  public int units() {
    return units;
  }

  /** Weight s of the linear skip, 0 if there is none. */
  public double skip() {
    return skip;
  }

  /** The shift b. */
  public double shift() {
    return shift;
  }

  /** What the neurons make of their pre-activations. */
  public Activation activation() {
    return activation;
  }

  /** Whether A is trained. */
  public boolean isTrained() {
    return trained;
  }

  /** {@code A_{c,r}}, to an output of the neuron's member. */
  public double weight(int output, int neuron) {
    return weights[neuron * outputs + output];
  }

  /** The order in which sums over units are made. */
  public SumOrder order() {
    return order;
  }

  /** Length of the array that {@link #evaluate(FiredNeurons, double[], double[], int)} works in. */
  public int workspace() {
    return order.leaves() * outputs;
  }

  /** Writes the outputs for the neurons that fire to {@code f}, of length {@link #width}. */
  public void evaluate(FiredNeurons fired, double[] f) {
    evaluate(fired, new double[workspace()], f, 0);
  }

  /**
   * Writes the outputs for the neurons that fire. Cost: (fired + m/16) · C. Thread-safe with arrays
   * of its own for each thread.
   *
   * @param sums to work in, of length {@link #workspace}
   * @param f takes {@link #width} numbers from {@code at} on
   */
  public void evaluate(FiredNeurons fired, double[] sums, double[] f, int at) {
    Arrays.fill(sums, 0);
    int i = 0;
    for (; i < fired.count() && fired.neuron(i) < neurons; i++) {
      double active = norm * activation.of(fired.preActivation(i), shift);
      int row = fired.neuron(i) * outputs;
      int to = order.leaf(fired.neuron(i)) * outputs;
      for (int c = 0; c < outputs; c++) {
        sums[to + c] += weights[row + c] * active;
      }
    }
    for (; i < fired.count(); i++) {
      int c = (fired.neuron(i) - neurons) % outputs;
      sums[order.leaf(fired.neuron(i)) * outputs + c] += skip * fired.preActivation(i);
    }
    order.sum(sums, outputs, f, at);
  }

  /**
   * {@code ∂ℓ/∂z_r = (1/√m) Σ_c A_{c,r} · ∂ℓ/∂f_c} of a neuron that fires; of a linear unit {@code
   * s · ∂ℓ/∂f_c}.
   */
  public double backward(int unit, double[] lossGradient) {
    if (unit >= neurons) {
      return skip * lossGradient[unit - neurons];
    }
    int row = unit * outputs;
    int from = first[unit];
    double sum = 0;
    for (int c = 0; c < outputs; c++) {
      sum += weights[row + c] * lossGradient[from + c];
    }
    return norm * sum;
  }

  /** Adds one sample's share of {@code ∂ℓ/∂A}; does nothing if the layer is fixed. */
  public void accumulate(FiredNeurons fired, double[] lossGradient) {
    if (!trained) {
      return;
    }
    for (int i = 0; i < fired.count() && fired.neuron(i) < neurons; i++) {
      double active = norm * activation.of(fired.preActivation(i), shift);
      int row = fired.neuron(i) * outputs;
      int from = first[fired.neuron(i)];
      for (int c = 0; c < outputs; c++) {
        gradient[row + c] += active * lossGradient[from + c];
      }
    }
  }

  /**
   * Takes the step with what was accumulated, by the {@link UpdateRule}: {@code V ← μ V − step ·
   * gradient} and {@code A ← A₀ + keep · (A − A₀) + V}.
   */
  public void update(double step, double keep, double momentum) {
    if (!trained) {
      return;
    }
    for (int i = 0; i < weights.length; i++) {
      velocity[i] = momentum * velocity[i] - step * gradient[i];
      weights[i] = initial[i] + keep * (weights[i] - initial[i]) + velocity[i];
    }
    Arrays.fill(gradient, 0);
  }

  public void visit(String name, StateVisitor visitor) {
    if (trained) {
      visitor.visitUnits(name, outputs, weights);
      visitor.visitUnits(name + ".velocity", outputs, velocity);
    }
  }
}
