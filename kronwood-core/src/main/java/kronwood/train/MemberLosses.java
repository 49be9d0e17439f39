package kronwood.train;

import java.util.ArrayList;
import java.util.List;
import kronwood.data.feed.SampleFeed;
import kronwood.data.feed.SampleWalk;
import kronwood.data.feed.SplitPart;
import kronwood.fault.InputException;
import kronwood.loss.EncodedTargets;
import kronwood.network.Activation;
import kronwood.network.NetworkOptions;

/**
 * The loss of each member of an ensemble: over its own outputs, on its own training samples. A
 * single network is an ensemble of one.
 *
 * <p>A member trains as if the samples that are hidden from it had weight 0: weights count relative
 * to their mean over all training samples, so that one that misses a tenth of them gives the others
 * 10/9. Not thread-safe: it has buffers.
 */
final class MemberLosses {
  private final TrainingProblem problem;
  private final HiddenSamples hidden;
  private final EncodedTargets targets;
  private final int members;
  private final double[] meanWeight;
  private final double[] f;
  private final double[] gradient;

  /**
   * Encodes the targets for each member.
   *
   * @throws InputException if the loss cannot learn such targets, or all samples that a member is
   *     shown have weight 0
   */
  MemberLosses(TrainingProblem problem, NetworkOptions network, HiddenSamples hidden) {
    this.problem = problem;
    this.hidden = hidden;
    this.members = network.ensemble().members();
    SampleFeed feed = problem.feed();
    int size = feed.size(SplitPart.TRAIN);
    this.meanWeight = new double[members];
    List<SampleWalk> shown = new ArrayList<>();
    for (int e = 0; e < members; e++) {
      int member = e;
      shown.add(
          problem.isStored()
              ? feed.walk(SplitPart.TRAIN)
              : SampleWalk.of(hidden.shownTo(e, problem.split().train())));
      shown.get(e).forEach(i -> meanWeight[member] += problem.samples().weight(i));
      meanWeight[e] /= size;
      if (meanWeight[e] == 0) {
        throw new InputException(
            "all training samples that member %d of the ensemble is shown have weight 0: take a smaller ensemble"
                .formatted(e + 1));
      }
    }
    boolean centred = !Activation.of(problem.inputs().structure()).isOdd();
    this.targets =
        EncodedTargets.ofWalks(problem.samples().targets(), problem.loss(), shown, centred);
    problem.onLoaded((from, to) -> targets.encode(problem.samples().targets(), from, to));
    this.f = new double[targets.outputs()];
    this.gradient = new double[f.length];
  }

  int members() {
    return members;
  }

  HiddenSamples hidden() {
    return hidden;
  }

  EncodedTargets targets() {
    return targets;
  }

  /** Weight of a sample in a member's loss, relative to the mean; 0 if it is hidden from it. */
  double weight(int sample, int member) {
    return hidden.isHidden(sample, member)
        ? 0
        : problem.samples().weight(sample) / meanWeight[member];
  }

  /**
   * Returns the mean over members of weight times loss, and writes the gradient of weight times
   * loss of each member with respect to its own outputs.
   *
   * @param outputs of all members, E · C
   * @param to of the same length
   */
  double evaluate(int sample, double[] outputs, double[] to) {
    int count = f.length;
    double sum = 0;
    for (int e = 0; e < members; e++) {
      System.arraycopy(outputs, e * count, f, 0, count);
      double weight = weight(sample, e);
      double loss =
          problem
              .loss()
              .evaluate(f, targets.values(), sample * targets.width() + e * count, gradient);
      sum += weight * loss;
      for (int c = 0; c < count; c++) {
        to[e * count + c] = weight * gradient[c];
      }
    }
    return sum / members;
  }
}
