package kronwood.model;

import java.util.List;
import java.util.function.IntUnaryOperator;
import kronwood.measure.SpreadCalibration;
import kronwood.network.MemberMoments;

/**
 * Predictions and how far they can be off. The arrays are not copied.
 *
 * @param values one row of C numbers per sample: real targets in their own units, the probability
 *     of the positive class, or the probability of each class; of an ensemble the mean over its
 *     members
 * @param deviations the standard deviation of each value, of what may be predicted from what was
 *     learned: of a real target, calibrated on samples that the members had not seen, so that the
 *     truth is within it as often as normal errors are; of a probability, the spread between the
 *     members as it is. Empty for a single network
 */
public record Predictions(double[] values, double[] deviations) {

  /** Whether there are standard deviations. */
  public boolean hasDeviations() {
    return deviations.length > 0;
  }

  /**
   * Some rows of them.
   *
   * @param rows their positions
   * @param outputs numbers per row, C
   */
  public Predictions select(int[] rows, int outputs) {
    return new Predictions(
        select(values, rows, outputs),
        hasDeviations() ? select(deviations, rows, outputs) : deviations);
  }

  private static double[] select(double[] numbers, int[] rows, int outputs) {
    double[] selected = new double[rows.length * outputs];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(numbers, rows[i] * outputs, selected, i * outputs, outputs);
    }
    return selected;
  }

  /**
   * Predictions of a model whose members have given outputs.
   *
   * @param f E · C outputs a sample; changed
   * @param newModes for each sample the modes whose entities are new
   */
  static Predictions of(double[] f, Model model, IntUnaryOperator newModes) {
    ModelTarget target = model.target();
    int outputs = target.outputs();
    int members = model.network().members();
    ofMembers(f, target);
    if (members == 1) {
      return new Predictions(f, new double[0]);
    }
    double[] deviations = MemberMoments.variances(f, members, outputs);
    for (int i = 0; i * outputs < deviations.length; i++) {
      List<SpreadCalibration> calibration = model.calibration(newModes.applyAsInt(i));
      for (int c = 0; c < outputs; c++) {
        SpreadCalibration fitted =
            calibration.isEmpty() ? SpreadCalibration.NONE : calibration.get(c);
        deviations[i * outputs + c] = fitted.deviation(deviations[i * outputs + c]);
      }
    }
    return new Predictions(MemberMoments.means(f, members, outputs), deviations);
  }

  /**
   * Replaces outputs by what each member predicts.
   *
   * @param f E · C outputs a sample
   */
  static void ofMembers(double[] f, ModelTarget target) {
    int outputs = target.outputs();
    int width = target.offset().length;
    for (int from = 0; from < f.length; from += outputs) {
      for (int c = 0; c < outputs; c++) {
        int k = (from + c) % width;
        f[from + c] = target.offset()[k] + target.scale()[k] * f[from + c];
      }
      target.loss().link(f, from, outputs);
    }
  }
}
