package kronwood.cli.options;

import java.util.List;
import java.util.OptionalDouble;
import kronwood.cli.terminal.Machine;
import kronwood.cli.terminal.Text;
import kronwood.cli.terminal.Warnings;
import kronwood.fault.InputException;
import kronwood.fit.ModelOptions;
import kronwood.loss.HuberLoss;
import kronwood.loss.Loss;
import kronwood.math.Precision;
import kronwood.plan.EngineChoice;
import kronwood.plan.EngineOptions;
import kronwood.train.TrainingOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the network is trained. */
public final class TrainingArguments {
  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      converter = OptionTypes.LossName.class,
      completionCandidates = OptionTypes.LossName.class,
      description = {
        "squared or huber for numbers, logistic for two classes, softmax for several (default:"
            + " ${DEFAULT-VALUE})."
      })
  private String loss = "squared";

  @Option(
      names = "--huber-delta",
      paramLabel = "X",
      converter = OptionTypes.Positive.class,
      description = {
        "With --loss huber: residual, in standard deviations of the target, beyond which the loss"
            + " is linear (default: 1)."
      })
  private @Nullable Double huberDelta;

  @Option(
      names = "--positive",
      paramLabel = "CLASS",
      description = "With --loss logistic: the positive class (default: the larger one).")
  private @Nullable String positive;

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = OptionTypes.BatchSize.class,
      description = {
        "Samples per step; auto takes the number beyond which larger steps bring little, from the"
            + " data's spectrum (default: ${DEFAULT-VALUE})."
      })
  private int batch;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = OptionTypes.CountOrNone.class,
      description = "Passes over the training rows (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      converter = OptionTypes.AutoOrPositive.class,
      description = "Step size; auto takes it from the data's spectrum (default: auto).")
  private OptionalDouble learningRate = OptionalDouble.empty();

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      converter = OptionTypes.NotNegative.class,
      description = "Pull towards the initial weights (default: ${DEFAULT-VALUE}).")
  private double weightDecay;

  @Option(
      names = "--momentum",
      paramLabel = "X",
      converter = OptionTypes.Share.class,
      description = "Share of the last step that the next one repeats (default: ${DEFAULT-VALUE}).")
  private double momentum;

  @Option(
      names = "--average",
      paramLabel = "DEGREE",
      converter = OptionTypes.Degree.class,
      description = {
        "Average the weights at the ends of the epochs, later ones counting more the larger the"
            + " degree is; none takes those after the last step (default: ${DEFAULT-VALUE})."
      })
  private int averaging;

  @Option(
      names = "--patience",
      paramLabel = "N",
      converter = OptionTypes.CountOrNone.class,
      description = {
        "Stop after so many epochs without a better error on the validation rows, and go back to"
            + " the best network; 0 for never (default: ${DEFAULT-VALUE})."
      })
  private int patience;

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      converter = OptionTypes.PrecisionName.class,
      completionCandidates = OptionTypes.PrecisionName.class,
      description = {
        "Of what engines block and weights keep: ${COMPLETION-CANDIDATES}"
            + " (default: ${DEFAULT-VALUE})."
      })
  private Precision precision = Precision.SINGLE;

  @Option(
      names = "--seed",
      paramLabel = "N",
      converter = OptionTypes.Seed.class,
      description = "Seed of all random numbers (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = OptionTypes.Threads.class,
      description = "Threads; the result does not depend on it (default: all processors).")
  private @Nullable Integer threads;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      converter = OptionTypes.EngineName.class,
      completionCandidates = OptionTypes.EngineName.class,
      description = {
        "How the neurons that fire are found: ${COMPLETION-CANDIDATES}; auto takes what is expected"
            + " to do least work (default: ${DEFAULT-VALUE})."
      })
  private EngineChoice engine = EngineChoice.AUTO;

  @Option(
      names = "--plan",
      paramLabel = "PLAN",
      description = {
        "Train with engine block and these states, MODE=REPRESENTATION for each mode, of WEIGHT,"
            + " VALUE and COEFFICIENT: left=VALUE,right=COEFFICIENT. Modes of one name are told"
            + " apart by their order. whole=VALUE or whole=COEFFICIENT takes all modes as one,"
            + " whole=WEIGHT too if inputs are symmetric, as image times itself. See kronwood"
            + " explain (default: the plan of least work that fits in memory)."
      })
  private @Nullable String plan;

  @Option(
      names = "--memory",
      paramLabel = "BYTES",
      converter = OptionTypes.Bytes.class,
      description = {
        "Memory that the plan may take, estimated: bytes, or with K, M or G of a thousand each,"
            + " such as 4G or 1.5G (default: what the Java heap has left)."
      })
  private @Nullable Double memory;

  public Loss loss() {
    if (huberDelta != null && !loss.equals("huber")) {
      throw new InputException("--huber-delta: is for --loss huber only, found --loss " + loss);
    }
    if (positive != null && !loss.equals("logistic")) {
      throw new InputException("--positive: is for --loss logistic only, found --loss " + loss);
    }
    return huberDelta != null ? new HuberLoss(huberDelta) : Loss.of(loss);
  }

  /** The positive class, or null for the larger one. */
  public @Nullable String positive() {
    return positive;
  }

  public int epochs() {
    return epochs;
  }

  /** Epochs without a better error after which training stops, 0 for never. */
  public int patience() {
    return patience;
  }

  public long seed() {
    return seed;
  }

  /**
   * Bytes that training may take; warns if they were given and there are fewer.
   *
   * <p>To be asked once the data are read, as these take memory too.
   */
  public double memory(Warnings warnings) {
    double free = ModelOptions.freeHeap();
    if (memory == null) {
      return free;
    }
    if (memory > free) {
      warnings.accept(
          "--memory allows %s, but the Java heap has %s left; more is given with %s"
              .formatted(Text.bytes(memory), Text.bytes(free), Machine.LARGER_HEAP));
    }
    return memory;
  }

  /**
   * All but the data, the network and the memory.
   *
   * @param modes names of the modes
   */
  public TrainingOptions training(List<String> modes) {
    return training(modes, threads());
  }

  /** Threads to use. */
  public int threads() {
    return Machine.threads(threads);
  }

  /** The same with another number of threads. */
  public TrainingOptions training(List<String> modes, int count) {
    TrainingOptions options =
        new TrainingOptions(
            batch,
            epochs,
            learningRate,
            weightDecay,
            momentum,
            averaging,
            patience,
            new EngineOptions(engine, null, precision, count));
    if (plan == null) {
      return options;
    }
    if (engine != EngineChoice.AUTO && engine != EngineChoice.BLOCK) {
      throw new InputException("--plan: is for --engine block, found --engine " + engine.key());
    }
    return options.withPlan(EngineChoice.BLOCK, ForcedPlan.parse(plan, modes));
  }
}
