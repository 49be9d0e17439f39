package kronwood.linear;

import java.util.List;
import kronwood.input.StructuredInputs;
import kronwood.input.TensorContraction;
import kronwood.math.Parallel;

/**
 * A fitted linear model, {@code f_c(x) = Σ_p coefficients[p, c] · ⟨x_samples[p], x⟩}. Arrays are
 * not copied.
 *
 * @param samples the inputs it was fitted on
 * @param outputs numbers per sample, C
 * @param coefficients number c of sample p at {@code p * outputs + c}
 * @param lambda λ of each output
 * @param iterations iterations of conjugate gradients for each output
 * @param trials what was tried to find λ, by output and then increasing λ; empty if λ was given
 */
public record RidgeFit(
    int[] samples,
    int outputs,
    double[] coefficients,
    double[] lambda,
    int[] iterations,
    List<RidgeTrial> trials) {

  /** Copies the list. */
  public RidgeFit {
    trials = List.copyOf(trials);
  }

  /**
   * Values of the model.
   *
   * @param inputs the inputs that it was fitted on, among others
   * @param selected inputs whose values are wanted
   * @param memory bytes that may be taken
   * @return value c of input p at {@code p * outputs + c}
   */
  public double[] predict(
      StructuredInputs inputs, int[] selected, double memory, Parallel parallel) {
    KroneckerOperator operator =
        KroneckerOperator.of(inputs, selected, samples, outputs, memory, parallel);
    double[] values = new double[Math.multiplyExact(selected.length, outputs)];
    double[] column = new double[selected.length];
    for (int c = 0; c < outputs; c++) {
      operator.times(coefficients(c), column);
      for (int p = 0; p < column.length; p++) {
        values[p * outputs + c] = column[p];
      }
    }
    return values;
  }

  /**
   * The weights of an output, {@code W_c = Σ_p coefficients[p, c] · x_samples[p]}, such that {@code
   * f_c(x) = ⟨W_c, x⟩}. Memory and result: as many numbers as the inputs have dimensions.
   *
   * @param inputs the inputs that it was fitted on
   * @throws ArithmeticException if the dimension exceeds the range of an array
   */
  public double[] weights(StructuredInputs inputs, int output) {
    TensorContraction contraction = new TensorContraction(inputs, samples);
    double[] tensor = new double[contraction.tensorSize()];
    contraction.accumulate(coefficients(output), tensor);
    return tensor;
  }

  /** The coefficients of an output, one per sample. */
  public double[] coefficients(int output) {
    double[] column = new double[samples.length];
    for (int p = 0; p < column.length; p++) {
      column[p] = coefficients[p * outputs + output];
    }
    return column;
  }
}
