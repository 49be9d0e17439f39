package kronwood.train;

import java.util.ArrayList;
import java.util.List;
import kronwood.data.RealTargets;
import kronwood.fault.InputException;
import kronwood.measure.SpreadCalibration;
import kronwood.network.MemberMoments;
import kronwood.network.OutputLayer;

/**
 * Calibrates the spread between the members of an ensemble on samples that they have not trained
 * on: the validation samples, or, without these, the samples that were hidden from some members.
 */
public final class SpreadFit {
  private SpreadFit() {}

  /** For each output, or nothing for a single network or classes. */
  static List<SpreadCalibration> of(
      TrainingProblem problem, MemberLosses losses, Evaluator evaluator, OutputLayer output) {
    if (!calibrates(problem, losses.members())) {
      return List.of();
    }
    int[] listed = samples(problem, losses.hidden());
    return of(
        problem,
        losses.hidden(),
        losses.members(),
        evaluator.memberPredictions(listed, output, null));
  }

  /** Whether there is anything to calibrate: several members, and real targets. */
  public static boolean calibrates(TrainingProblem problem, int members) {
    return members > 1 && problem.samples().targets() instanceof RealTargets;
  }

  /** The samples that are calibrated on. */
  public static int[] samples(TrainingProblem problem, HiddenSamples hidden) {
    int[] validation = problem.split().validation();
    return validation.length > 0 ? validation : hidden.hidden();
  }

  /**
   * The calibration for each output.
   *
   * @param members number of members E, at least 2
   * @param all for each of {@link #samples} what each member predicts, E · C numbers
   */
  public static List<SpreadCalibration> of(
      TrainingProblem problem, HiddenSamples hidden, int members, double[] all) {
    if (!(problem.samples().targets() instanceof RealTargets real)) {
      throw new InputException("the spread of classes is not calibrated");
    }
    int outputs = real.outputs();
    int[] listed = samples(problem, hidden);
    boolean validated = problem.split().validation().length > 0;
    int unseen = validated ? members : HiddenSamples.unseen(members);
    double[] weights = new double[listed.length];
    double[] predictions = new double[listed.length * unseen * outputs];
    for (int i = 0; i < listed.length; i++) {
      weights[i] = problem.samples().weight(listed[i]);
      int to = i * unseen;
      for (int e = 0; e < members; e++) {
        if (validated || hidden.isHidden(listed[i], e)) {
          System.arraycopy(all, (i * members + e) * outputs, predictions, to++ * outputs, outputs);
        }
      }
    }
    double[] means = MemberMoments.means(predictions, unseen, outputs);
    double[] variances = MemberMoments.variances(predictions, unseen, outputs);
    List<SpreadCalibration> fitted = new ArrayList<>();
    for (int c = 0; c < outputs; c++) {
      double[] errors = new double[listed.length];
      double[] spreads = new double[listed.length];
      for (int i = 0; i < listed.length; i++) {
        int k = i * outputs + c;
        errors[i] = means[k] - real.value(listed[i], c);
        spreads[i] = variances[k];
      }
      fitted.add(SpreadCalibration.fit(errors, spreads, weights, unseen, members));
    }
    return fitted;
  }
}
