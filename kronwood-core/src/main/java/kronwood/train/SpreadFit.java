package kronwood.train;

import java.util.ArrayList;
import java.util.List;
import kronwood.data.RealTargets;
import kronwood.measure.SpreadCalibration;

/**
 * Calibrates the spread between the members of an ensemble on samples that they have not trained
 * on: the validation samples, or if there are none those that were hidden from some members each.
 */
final class SpreadFit {
  private SpreadFit() {}

  /** For each output, or nothing for a single network or classes. */
  static List<SpreadCalibration> of(
      TrainingProblem problem, MemberLosses losses, Evaluator evaluator, OutputLayer output) {
    int members = losses.members();
    if (members == 1 || !(problem.samples().targets() instanceof RealTargets real)) {
      return List.of();
    }
    int[] validation = problem.split().validation();
    boolean validated = validation.length > 0;
    int[] listed = validated ? validation : losses.hidden().hidden();
    int unseen = validated ? members : HiddenSamples.unseen(members);
    double[] all = evaluator.memberPredictions(listed, output, null);
    double[] weights = new double[listed.length];
    double[] predictions = new double[listed.length * unseen * output.outputs()];
    for (int i = 0; i < listed.length; i++) {
      weights[i] = problem.samples().weight(listed[i]);
      int to = i * unseen;
      for (int e = 0; e < members; e++) {
        if (validated || losses.hidden().isHidden(listed[i], e)) {
          System.arraycopy(
              all,
              (i * members + e) * output.outputs(),
              predictions,
              to++ * output.outputs(),
              output.outputs());
        }
      }
    }
    double[] means = MemberMoments.means(predictions, unseen, output.outputs());
    double[] variances = MemberMoments.variances(predictions, unseen, output.outputs());
    List<SpreadCalibration> fitted = new ArrayList<>();
    for (int c = 0; c < output.outputs(); c++) {
      double[] errors = new double[listed.length];
      double[] spreads = new double[listed.length];
      for (int i = 0; i < listed.length; i++) {
        int k = i * output.outputs() + c;
        errors[i] = means[k] - real.value(listed[i], c);
        spreads[i] = variances[k];
      }
      fitted.add(SpreadCalibration.fit(errors, spreads, weights, unseen, members));
    }
    return fitted;
  }
}
