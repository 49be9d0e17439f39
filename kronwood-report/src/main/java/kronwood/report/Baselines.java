package kronwood.report;

import java.util.Arrays;
import java.util.stream.IntStream;
import kronwood.data.ClassTargets;
import kronwood.data.EntityTuples;
import kronwood.data.RealTargets;
import kronwood.data.Samples;
import kronwood.input.StructuredInputs;
import kronwood.linear.KroneckerRidge;
import kronwood.linear.RandomHoldout;
import kronwood.linear.RidgeFit;
import kronwood.linear.RidgeOptions;
import kronwood.linear.RidgeProblem;
import kronwood.loss.Task;
import kronwood.math.Parallel;

/**
 * What simpler models predict for the samples of a report, learned from the same training samples.
 * Results are laid out as predictions are.
 */
final class Baselines {
  /** Training samples times outputs, above which the linear model is left out. */
  private static final long MOST_LINEAR = 400_000;

  private static final double HELD_OUT = 0.1;
  private static final long SEED = 1;

  private final Subject subject;
  private final Samples training;
  private final int outputs;
  private final double[] means;

  Baselines(Subject subject, Samples training) {
    this.subject = subject;
    this.training = training;
    this.outputs = subject.outputs();
    this.means = means();
  }

  private double target(int sample, int output) {
    return switch (training.targets()) {
      case RealTargets real -> real.value(sample, output);
      case ClassTargets classes when subject.task() == Task.BINARY -> classes.label(sample);
      case ClassTargets classes -> classes.label(sample) == output ? 1 : 0;
    };
  }

  /** Weighted mean of each output; 0 where exchanging two entities turns the sign. */
  private double[] means() {
    double[] sums = new double[outputs];
    double weights = 0;
    for (int i = 0; i < training.size(); i++) {
      weights += training.weight(i);
      for (int c = 0; c < outputs; c++) {
        sums[c] += training.weight(i) * target(i, c);
      }
    }
    double total = weights;
    boolean odd = subject.model().form().structure().isOdd() && subject.task() == Task.REGRESSION;
    return Arrays.stream(sums).map(sum -> odd ? 0 : sum / total).toArray();
  }

  /** The mean of the training targets, or the shares of the classes. */
  double[] mean() {
    double[] predicted = new double[subject.size() * outputs];
    Arrays.setAll(predicted, k -> means[k % outputs]);
    return predicted;
  }

  boolean hasLinear() {
    return training.size() >= 10 && (long) training.size() * outputs <= MOST_LINEAR;
  }

  /**
   * Ridge regression on the inputs of the network, with λ chosen on a tenth of the training
   * samples. For classes it learns 0 and 1, and what it says is clipped to probabilities.
   */
  double[] linear() {
    int trained = training.size();
    StructuredInputs inputs = subject.inputs(joined(training.tuples(), subject.samples().tuples()));
    double[] targets = new double[inputs.size() * outputs];
    double[] weights = new double[inputs.size()];
    Arrays.fill(weights, 1);
    for (int i = 0; i < trained; i++) {
      weights[i] = training.weight(i);
      for (int c = 0; c < outputs; c++) {
        targets[i * outputs + c] = target(i, c) - means[c];
      }
    }
    int[] positive = IntStream.range(0, trained).filter(i -> weights[i] > 0).toArray();
    RandomHoldout heldOut = RandomHoldout.of(positive, HELD_OUT, SEED);
    int[] shown = IntStream.range(trained, inputs.size()).toArray();
    double[] predicted;
    try (Parallel parallel = Parallel.of(subject.threads())) {
      RidgeOptions options = RidgeOptions.DEFAULT;
      RidgeFit fit =
          KroneckerRidge.fit(
              new RidgeProblem(inputs, outputs, targets, weights),
              heldOut.train(),
              heldOut.validation(),
              options,
              parallel);
      predicted = fit.predict(inputs, shown, options.memory(), parallel);
    }
    for (int k = 0; k < predicted.length; k++) {
      predicted[k] += means[k % outputs];
    }
    return subject.task() == Task.REGRESSION ? predicted : probabilities(predicted);
  }

  private double[] probabilities(double[] values) {
    for (int k = 0; k < values.length; k++) {
      values[k] = Math.clamp(values[k], 0, 1);
    }
    for (int i = 0; outputs > 1 && i < values.length; i += outputs) {
      double sum = 0;
      for (int c = 0; c < outputs; c++) {
        sum += values[i + c];
      }
      for (int c = 0; c < outputs; c++) {
        values[i + c] = sum > 0 ? values[i + c] / sum : 1.0 / outputs;
      }
    }
    return values;
  }

  private static EntityTuples joined(EntityTuples first, EntityTuples second) {
    int modes = first.modes();
    int[] entities = new int[(first.size() + second.size()) * modes];
    for (int i = 0; i < first.size() + second.size(); i++) {
      for (int mode = 0; mode < modes; mode++) {
        entities[i * modes + mode] =
            i < first.size() ? first.entity(i, mode) : second.entity(i - first.size(), mode);
      }
    }
    return EntityTuples.of(modes, entities);
  }
}
