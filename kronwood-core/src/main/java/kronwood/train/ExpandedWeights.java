package kronwood.train;

import java.util.Arrays;
import kronwood.gram.StructuredInputs;
import kronwood.gram.TensorContraction;
import kronwood.math.Parallel;

/**
 * All weights as their expansion over the inputs, {@code W_r = W_r(0) + s · Σ_i C_{r,i} x_i}: what
 * engines that never form weights begin with, and what weights are formed from when they are asked
 * for.
 *
 * <p>Memory: 8 bytes an input for each neuron that ever got a coefficient. Different neurons may be
 * used concurrently, one may not.
 */
final class ExpandedWeights {
  /** Takes the initial inner products of one neuron with all inputs. */
  interface InitialProducts {
    void accept(int neuron, double[] z);
  }

  private final InitialWeights initial;
  private final TensorContraction contraction;
  private final int inputs;
  private final double[][] coefficients;

  ExpandedWeights(StructuredInputs inputs, InitialWeights initial) {
    this.initial = initial;
    this.inputs = inputs.size();
    int[] all = new int[inputs.size()];
    Arrays.setAll(all, i -> i);
    this.contraction = new TensorContraction(inputs, all);
    this.coefficients = new double[initial.options().neurons()][];
  }

  /**
   * Computes {@code ⟨W_r(0), x_i⟩} for all inputs and the neurons that have initial weights of
   * their own, in parallel.
   *
   * @param sink called once for each of these neurons, on any thread, with an array to read from
   */
  void initialProducts(Parallel parallel, InitialProducts sink) {
    parallel.forRange(
        initial.distinctNeurons(),
        1,
        (from, to, worker) -> {
          double[] tensor = new double[contraction.tensorSize()];
          double[] z = new double[inputs];
          for (int r = from; r < to; r++) {
            initial.weights(r, tensor);
            contraction.evaluate(tensor, z);
            sink.accept(r, z);
          }
        });
  }

  /** {@code C_{neuron,input} += c}. */
  void add(int neuron, int input, double c) {
    if (coefficients[neuron] == null) {
      coefficients[neuron] = new double[inputs];
    }
    coefficients[neuron][input] += c;
  }

  /** Multiplies all coefficients by {@code factor}. */
  void scale(double factor) {
    for (double[] coefficient : coefficients) {
      if (coefficient != null) {
        multiply(coefficient, factor);
      }
    }
  }

  static void multiply(double[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
  }

  /** A neuron's coefficients, one per input, as a new array. */
  double[] coefficients(int neuron) {
    double[] coefficient = coefficients[neuron];
    return coefficient == null ? new double[inputs] : coefficient.clone();
  }

  /**
   * Forms {@code W_r(0) + s · Σ_i coefficient[i] · x_i}.
   *
   * @param coefficient one per input; multiplied by {@code s}
   */
  void form(int neuron, double[] coefficient, double s, double[] tensor) {
    initial.weights(neuron, tensor);
    multiply(coefficient, s);
    contraction.accumulate(coefficient, tensor);
  }
}
