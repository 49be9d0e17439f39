package kronwood.train;

import java.util.OptionalDouble;
import java.util.function.Consumer;
import kronwood.math.Precision;
import kronwood.state.StateLayout;
import org.jspecify.annotations.Nullable;

/**
 * How a network is trained.
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
 * @param engine which engine holds the weights
 * @param layout coordinates that the block engine's states must have, null for the cheapest
 * @param precision of what the block engine keeps
 * @param threads threads to use, at least 1; the result does not depend on it
 */
public record TrainingOptions(
    int batch,
    int epochs,
    OptionalDouble learningRate,
    double weightDecay,
    double momentum,
    int averaging,
    int patience,
    EngineChoice engine,
    @Nullable StateLayout layout,
    Precision precision,
    int threads) {
  /** The batch size beyond which larger steps bring little. */
  public static final int AUTO_BATCH = 0;

  /** The weights after the last step count. */
  public static final int NO_AVERAGING = -1;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the value out of range, or if there is a layout for an
   *     engine that has none
   */
  public TrainingOptions {
    if (batch < 0) {
      throw new IllegalArgumentException("batch is " + batch + ", expected at least 1");
    }
    if (epochs < 0) {
      throw new IllegalArgumentException("epochs is " + epochs + ", expected at least 0");
    }
    if (learningRate.isPresent()
        && (!(learningRate.getAsDouble() > 0) || Double.isInfinite(learningRate.getAsDouble()))) {
      throw new IllegalArgumentException(
          "learning rate is " + learningRate.getAsDouble() + ", expected a number > 0");
    }
    if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
      throw new IllegalArgumentException(
          "weight decay is " + weightDecay + ", expected a number >= 0");
    }
    new UpdateRule(weightDecay > 0, momentum);
    if (averaging < NO_AVERAGING) {
      throw new IllegalArgumentException(
          "averaging is of degree " + averaging + ", expected at least 0");
    }
    if (patience < 0) {
      throw new IllegalArgumentException("patience is " + patience + ", expected at least 0");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", expected at least 1");
    }
    if (layout != null && engine != EngineChoice.AUTO && engine != EngineChoice.BLOCK) {
      throw new IllegalArgumentException(
          "a layout of states is for engine block, found engine " + engine.key());
    }
  }

  /** Plain stochastic gradient descent in single precision, with the cheapest layout. */
  public TrainingOptions(
      int batch,
      int epochs,
      OptionalDouble learningRate,
      double weightDecay,
      EngineChoice engine,
      int threads) {
    this(
        batch,
        epochs,
        learningRate,
        weightDecay,
        0,
        NO_AVERAGING,
        0,
        engine,
        null,
        Precision.SINGLE,
        threads);
  }

  /** The same training with another choice of plan. */
  public TrainingOptions withPlan(EngineChoice otherEngine, @Nullable StateLayout otherLayout) {
    return with(
        draft -> {
          draft.engine = otherEngine;
          draft.layout = otherLayout;
        });
  }

  /** The same training with another number of epochs. */
  public TrainingOptions withEpochs(int other) {
    return with(draft -> draft.epochs = other);
  }

  /** The same training in another precision. */
  public TrainingOptions withPrecision(Precision other) {
    return with(draft -> draft.precision = other);
  }

  /** The same training with momentum μ. */
  public TrainingOptions withMomentum(double other) {
    return with(draft -> draft.momentum = other);
  }

  /** The same training with a step size η. */
  public TrainingOptions withLearningRate(double other) {
    return with(draft -> draft.learningRate = OptionalDouble.of(other));
  }

  /** The same training with weight decay λ. */
  public TrainingOptions withWeightDecay(double other) {
    return with(draft -> draft.weightDecay = other);
  }

  /** The same training with an average of that degree, or {@link #NO_AVERAGING}. */
  public TrainingOptions withAveraging(int degree) {
    return with(draft -> draft.averaging = degree);
  }

  /** The same training, stopping early after that many epochs in vain. */
  public TrainingOptions withPatience(int other) {
    return with(draft -> draft.patience = other);
  }

  private TrainingOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** Options that are being changed. */
  private static final class Draft {
    private final int batch;
    private int epochs;
    private OptionalDouble learningRate;
    private double weightDecay;
    private double momentum;
    private int averaging;
    private int patience;
    private EngineChoice engine;
    private @Nullable StateLayout layout;
    private Precision precision;
    private final int threads;

    Draft(TrainingOptions from) {
      this.batch = from.batch;
      this.epochs = from.epochs;
      this.learningRate = from.learningRate;
      this.weightDecay = from.weightDecay;
      this.momentum = from.momentum;
      this.averaging = from.averaging;
      this.patience = from.patience;
      this.engine = from.engine;
      this.layout = from.layout;
      this.precision = from.precision;
      this.threads = from.threads;
    }

    TrainingOptions options() {
      return new TrainingOptions(
          batch,
          epochs,
          learningRate,
          weightDecay,
          momentum,
          averaging,
          patience,
          engine,
          layout,
          precision,
          threads);
    }
  }

  /** Whether any plan may be taken. */
  boolean leavesPlanOpen() {
    return engine == EngineChoice.AUTO && layout == null;
  }

  /** How steps move the weights. */
  UpdateRule rule() {
    return new UpdateRule(weightDecay > 0, momentum);
  }

  /** Copies of the weights that are kept beside those that are trained. */
  int records() {
    return (averaging == NO_AVERAGING ? 0 : 1) + (patience > 0 ? 1 : 0);
  }
}
