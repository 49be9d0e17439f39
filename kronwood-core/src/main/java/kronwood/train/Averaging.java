package kronwood.train;

import java.util.Arrays;
import kronwood.engine.Engine;
import kronwood.engine.weights.WeightRecord;
import kronwood.math.FloatArray;
import kronwood.network.OutputLayer;
import kronwood.state.StateVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The average of the weights at the ends of the epochs so far, later ones counting more:
 *
 * <pre>
 *   W̄ ← (1 − a) · W̄ + a · W,    a = (p + 1) / (p + t) after epoch t
 * </pre>
 *
 * <p>with degree p; 0 is the plain mean (Shamir and Zhang, "Stochastic Gradient Descent for
 * Non-smooth Optimization", ICML 2013, polynomial-decay averaging). The trained weights are not
 * changed by it. As pre-activations are linear in the weights, those of the samples that are
 * evaluated are averaged along, so that the average network can be evaluated without being formed.
 *
 * <p>Memory: one {@link WeightRecord}, and 4 bytes for each unit and evaluated sample, unless the
 * record itself can be asked for pre-activations.
 */
final class Averaging {
  private final int degree;
  private final int units;
  private final WeightRecord weights;
  private final OutputLayer output;
  private final @Nullable FloatArray[] preActivations;
  private int epochs;

  Averaging(int degree, Engine engine, OutputLayer output, int samples) {
    this.degree = degree;
    this.units = output.units();
    this.weights = engine.newRecord();
    this.output = output.copy();
    this.preActivations = new FloatArray[weights.canBeRead() ? 0 : samples];
  }

  /** Takes the present weights in; those of the evaluated samples follow by {@link #addSample}. */
  void add(OutputLayer present) {
    epochs++;
    weights.blend(share());
    output.blend(present, share());
  }

  private double share() {
    return (degree + 1.0) / (degree + epochs);
  }

  /**
   * Takes a sample's pre-activations in and replaces them by the average. Different samples may be
   * added at once.
   */
  void addSample(int sample, double[] z) {
    float[] mean = means(sample).values();
    double share = share();
    for (int r = 0; r < units; r++) {
      mean[r] = (float) (mean[r] + share * (z[r] - mean[r]));
      z[r] = mean[r];
    }
  }

  private FloatArray means(int sample) {
    FloatArray means = preActivations[sample];
    if (means == null) {
      means = new FloatArray(new float[units]);
      preActivations[sample] = means;
    }
    return means;
  }

  WeightRecord weights() {
    return weights;
  }

  OutputLayer output() {
    return output;
  }

  void visit(StateVisitor visitor) {
    long[] done = {epochs};
    visitor.visit("average.epochs", done);
    epochs = (int) done[0];
    weights.visit("average", visitor);
    output.visit("average.output", visitor);
    long[] present = new long[preActivations.length];
    Arrays.setAll(present, i -> preActivations[i] == null ? 0 : 1);
    visitor.visitPresent("average.z", present);
    for (int i = 0; i < present.length; i++) {
      if (present[i] == 1) {
        visitor.visitUnits("average.z." + i, 1, means(i));
      }
    }
  }
}
