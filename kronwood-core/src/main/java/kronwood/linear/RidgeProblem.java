package kronwood.linear;

import kronwood.fault.InputException;
import kronwood.input.StructuredInputs;
import org.jspecify.annotations.Nullable;

/**
 * What the linear model is to learn: C numbers for each input. Arrays are not copied.
 *
 * <p>The model has no intercept but what a constant coordinate of the inputs gives it: take the
 * mean off the targets beforehand.
 *
 * @param inputs the inputs, each a sample
 * @param outputs numbers per sample, C
 * @param targets number c of sample i at {@code i * outputs + c}; those of samples that are not
 *     learned from are never read
 * @param weights one weight ≥ 0 per sample, or null for weight 1
 */
public record RidgeProblem(
    StructuredInputs inputs, int outputs, double[] targets, double @Nullable [] weights) {

  /**
   * Checks the lengths.
   *
   * @throws InputException if there is no output, or an array has another length than there are
   *     samples
   */
  public RidgeProblem {
    if (outputs < 1) {
      throw new InputException(outputs + " outputs, expected at least 1");
    }
    if (targets.length != (long) inputs.size() * outputs) {
      throw new InputException(
          "%d targets do not make %d for each of %d samples"
              .formatted(targets.length, outputs, inputs.size()));
    }
    if (weights != null && weights.length != inputs.size()) {
      throw new InputException(weights.length + " weights for " + inputs.size() + " samples");
    }
  }

  double weight(int sample) {
    return weights == null ? 1 : weights[sample];
  }

  double target(int sample, int output) {
    return targets[sample * outputs + output];
  }

  /**
   * Checks a selection that is to be learned from.
   *
   * @throws InputException if it is empty, names a sample that does not exist, or one whose target
   *     or weight is no finite number or whose weight is negative, or if all weights are 0
   */
  void check(String what, int[] selected) {
    double sum = 0;
    for (int sample : selected) {
      if (sample < 0 || sample >= inputs.size()) {
        throw new InputException(
            what + " sample " + sample + " does not exist, there are " + inputs.size());
      }
      double weight = weight(sample);
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new InputException(
            "weight of sample " + sample + " is " + weight + ", expected a number >= 0");
      }
      for (int c = 0; c < outputs; c++) {
        if (!Double.isFinite(target(sample, c))) {
          throw new InputException(
              "target %d of sample %d is %s, expected a finite number"
                  .formatted(c, sample, target(sample, c)));
        }
      }
      sum += weight;
    }
    if (selected.length == 0 || sum == 0) {
      throw new InputException(
          selected.length == 0
              ? "no " + what + " samples"
              : "all " + what + " samples have weight 0");
    }
  }

  /** Square roots of the samples' weights relative to their mean. */
  double[] rootWeights(int[] selected) {
    double sum = 0;
    for (int sample : selected) {
      sum += weight(sample);
    }
    double[] roots = new double[selected.length];
    for (int p = 0; p < roots.length; p++) {
      roots[p] = Math.sqrt(weight(selected[p]) * selected.length / sum);
    }
    return roots;
  }

  /** Mean squared norm of the inputs of a selection, weighted: λ is best told relative to it. */
  public double meanSquaredNorm(int[] selected) {
    double[] rootWeight = rootWeights(selected);
    double sum = 0;
    for (int p = 0; p < selected.length; p++) {
      sum += rootWeight[p] * rootWeight[p] * inputs.inner(selected[p], selected[p]);
    }
    return sum / selected.length;
  }

  /** Weighted mean squared difference of output c of the samples from predictions. */
  double error(int[] selected, int output, double[] predictions) {
    double error = 0;
    double weights = 0;
    for (int p = 0; p < selected.length; p++) {
      double weight = weight(selected[p]);
      double difference = predictions[p] - target(selected[p], output);
      error += weight * difference * difference;
      weights += weight;
    }
    return error / weights;
  }
}
