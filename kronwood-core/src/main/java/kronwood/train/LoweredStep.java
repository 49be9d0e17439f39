package kronwood.train;

import java.util.Arrays;
import java.util.Locale;
import kronwood.state.StateVisitor;

/**
 * The step size of one training as a {@link TrainingControl} lowers it, and when that was.
 *
 * <p>η_t = η · ∏ (share asked for at t / share before), for the η that was given or chosen.
 */
final class LoweredStep {
  private final TrainingControl control;
  private final double weightDecay;
  private double share;
  private double learningRate;
  private double keep;

  /** For each change: the epoch from 1, its samples used before, and the step size from then on. */
  private long[] when = {};

  private double[] to = {};

  LoweredStep(TrainingControl control, double learningRate, double weightDecay) {
    this.control = control;
    this.weightDecay = weightDecay;
    this.share = control.stepShare();
    set(learningRate);
  }

  private void set(double size) {
    learningRate = size;
    keep = 1 - size * weightDecay;
  }

  /** The step size of the next batch. */
  double learningRate() {
    return learningRate;
  }

  /** What the weights' distance from the initial ones is multiplied by in the next batch. */
  double keep() {
    return keep;
  }

  /** Takes over what was asked for, before the batch that begins after so many samples. */
  void update(int epoch, int samplesDone) {
    double asked = control.stepShare();
    if (asked < share && asked > 0) {
      set(learningRate * (asked / share));
      share = asked;
      when = Arrays.copyOf(when, when.length + 2);
      when[when.length - 2] = epoch;
      when[when.length - 1] = samplesDone;
      to = Arrays.copyOf(to, to.length + 1);
      to[to.length - 1] = learningRate;
    }
  }

  /** What was done, for people; empty if nothing was. */
  String description() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < to.length; i++) {
      text.append(text.isEmpty() ? "" : "; ");
      text.append("to ").append(to[i]).append(" in epoch ").append(when[2 * i]);
      text.append(String.format(Locale.ROOT, " after %,d of its samples", when[2 * i + 1]));
    }
    return text.toString();
  }

  /** Shows the changes, or takes over those of an earlier run. */
  void visit(StateVisitor visitor) {
    long[] count = {to.length};
    visitor.visit("lowered", count);
    if (count[0] == 0) {
      return;
    }
    if (count[0] != to.length) {
      to = new double[Math.toIntExact(count[0])];
      when = new long[2 * to.length];
    }
    visitor.visit("lowered.when", when);
    visitor.visit("lowered.to", to);
    set(to[to.length - 1]);
  }
}
