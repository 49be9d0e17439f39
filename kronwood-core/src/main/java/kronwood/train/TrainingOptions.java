package kronwood.train;

import java.util.OptionalDouble;
import kronwood.engine.weights.UpdateRule;
import kronwood.fault.InputException;
import kronwood.math.Precision;
import kronwood.plan.EngineChoice;
import kronwood.plan.EngineOptions;
import kronwood.plan.Workload;
import kronwood.state.StateLayout;
import org.jspecify.annotations.Nullable;

/**
 * How a network is trained. Begin with {@link #DEFAULT} and change what should differ:
 *
 * <pre>{@code
 * TrainingOptions.DEFAULT.withEpochs(40).withMomentum(0.9)
 * }</pre>
 *
 * @param batch samples per step, at least 1, or {@link #AUTO_BATCH} for {@link StepSize}'s choice
 * @param epochs passes over the training samples, at least 0
 * @param learningRate step size η, or empty for {@link StepSize}'s choice
 * @param weightDecay λ ≥ 0: each step first moves the weights by the share {@code η λ} towards
 *     their initial values
 * @param momentum μ from 0 to below 1, see {@link UpdateRule}
 * @param averaging degree of the average over the weights at the ends of epochs, see {@link
 *     Averaging}, or {@link #NO_AVERAGING}
 * @param patience epochs without a better validation error after which training stops and goes back
 *     to the best weights; 0 for never
 * @param engine which engine holds the weights, in which precision, on how many threads
 */
public record TrainingOptions(
    int batch,
    int epochs,
    OptionalDouble learningRate,
    double weightDecay,
    double momentum,
    int averaging,
    int patience,
    EngineOptions engine) {
  /** Stands for the batch size beyond which the step size hardly grows. */
  public static final int AUTO_BATCH = Workload.AUTO_BATCH;

  /** No average: the model has the weights after the last step. */
  public static final int NO_AVERAGING = -1;

  /**
   * 20 epochs of batches of 64 samples, at the step size that the spectrum allows, without weight
   * decay and momentum; the model is the average of degree 3 over the epochs' ends; on all
   * processors.
   */
  public static final TrainingOptions DEFAULT =
      new TrainingOptions(64, 20, OptionalDouble.empty(), 0, 0, 3, 0, EngineOptions.DEFAULT);

  /**
   * Checks the ranges.
   *
   * @throws InputException naming the value out of range
   */
  public TrainingOptions {
    if (batch < 0) {
      throw new InputException("batch is " + batch + ", expected at least 1");
    }
    if (epochs < 0) {
      throw new InputException("epochs is " + epochs + ", expected at least 0");
    }
    if (learningRate.isPresent()
        && (!(learningRate.getAsDouble() > 0) || Double.isInfinite(learningRate.getAsDouble()))) {
      throw new InputException(
          "learning rate is " + learningRate.getAsDouble() + ", expected a number > 0");
    }
    if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
      throw new InputException("weight decay is " + weightDecay + ", expected a number >= 0");
    }
    UpdateRule.checkMomentum(momentum);
    if (averaging < NO_AVERAGING) {
      throw new InputException("averaging is of degree " + averaging + ", expected at least 0");
    }
    if (patience < 0) {
      throw new InputException("patience is " + patience + ", expected at least 0");
    }
  }

  /**
   * Plain stochastic gradient descent: no momentum, no averaging, no early stopping, in single
   * precision with the cheapest layout. The model is the network after the last step.
   */
  public static TrainingOptions plain(
      int batch,
      int epochs,
      OptionalDouble learningRate,
      double weightDecay,
      EngineChoice engine,
      int threads) {
    return new TrainingOptions(
        batch,
        epochs,
        learningRate,
        weightDecay,
        0,
        NO_AVERAGING,
        0,
        new EngineOptions(engine, null, Precision.SINGLE, threads));
  }

  /** The same training with another number of samples per step, or {@link #AUTO_BATCH}. */
  public TrainingOptions withBatch(int other) {
    return new TrainingOptions(
        other, epochs, learningRate, weightDecay, momentum, averaging, patience, engine);
  }

  /** The same training with another number of epochs. */
  public TrainingOptions withEpochs(int other) {
    return new TrainingOptions(
        batch, other, learningRate, weightDecay, momentum, averaging, patience, engine);
  }

  /** The same training with a step size η. */
  public TrainingOptions withLearningRate(double other) {
    return withLearningRate(OptionalDouble.of(other));
  }

  /** The same training with a step size η, or if empty the one that the spectrum allows. */
  public TrainingOptions withLearningRate(OptionalDouble other) {
    return new TrainingOptions(
        batch, epochs, other, weightDecay, momentum, averaging, patience, engine);
  }

  /** The same training with weight decay λ. */
  public TrainingOptions withWeightDecay(double other) {
    return new TrainingOptions(
        batch, epochs, learningRate, other, momentum, averaging, patience, engine);
  }

  /** The same training with momentum μ. */
  public TrainingOptions withMomentum(double other) {
    return new TrainingOptions(
        batch, epochs, learningRate, weightDecay, other, averaging, patience, engine);
  }

  /** The same training with an average of that degree, or {@link #NO_AVERAGING}. */
  public TrainingOptions withAveraging(int degree) {
    return new TrainingOptions(
        batch, epochs, learningRate, weightDecay, momentum, degree, patience, engine);
  }

  /** The same training, stopping early after that many epochs in vain; 0 for never. */
  public TrainingOptions withPatience(int other) {
    return new TrainingOptions(
        batch, epochs, learningRate, weightDecay, momentum, averaging, other, engine);
  }

  /** The same training with another engine. */
  public TrainingOptions withEngine(EngineOptions other) {
    return new TrainingOptions(
        batch, epochs, learningRate, weightDecay, momentum, averaging, patience, other);
  }

  /** The same training with another choice of plan. */
  public TrainingOptions withPlan(EngineChoice otherEngine, @Nullable StateLayout otherLayout) {
    return withEngine(engine.withPlan(otherEngine, otherLayout));
  }

  /** The same training in another precision. */
  public TrainingOptions withPrecision(Precision other) {
    return withEngine(engine.withPrecision(other));
  }

  /** The same training on another number of threads. */
  public TrainingOptions withThreads(int other) {
    return withEngine(engine.withThreads(other));
  }

  /** Number of threads. */
  public int threads() {
    return engine.threads();
  }

  /** What the planner must know. */
  public Workload workload() {
    int records = (averaging == NO_AVERAGING ? 0 : 1) + (patience > 0 ? 1 : 0);
    return new Workload(batch, rule(), records, engine);
  }

  /** How steps move the weights. */
  UpdateRule rule() {
    return new UpdateRule(weightDecay > 0, momentum);
  }
}
