package kronwood.linear;

import java.util.List;

/**
 * How the linear model does on validation samples with each strength of regularisation. Arrays are
 * not copied.
 *
 * @param lambdas what was tried, increasing; from one division of the samples to another they are
 *     the same multiples of the mean squared norm of the training inputs
 * @param trials one for each output and λ, by output and then increasing λ
 * @param predictions of the validation samples: {@code predictions[c][s][p]} is output c of sample
 *     p with λ number s
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, as documented
public record RidgePath(double[] lambdas, List<RidgeTrial> trials, double[][][] predictions) {
  /** Copies the list. */
  public RidgePath {
    trials = List.copyOf(trials);
  }

  /** What was tried for an output with λ number {@code s}. */
  public RidgeTrial trial(int output, int s) {
    return trials.get(output * lambdas.length + s);
  }
}
