package kronwood.spark.job;

import java.io.Serializable;
import java.util.OptionalDouble;
import kronwood.fit.ModelOptions;
import kronwood.gram.GramOptions;
import kronwood.input.PairStructure;
import kronwood.loss.HuberLoss;
import kronwood.loss.Loss;
import kronwood.network.Ensemble;
import kronwood.network.NetworkOptions;
import kronwood.train.TrainingOptions;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.DoubleParam;
import org.jspecify.annotations.Nullable;

/**
 * What an estimator's params say of a training, sent to tasks. A NaN stands for what is chosen by
 * the training.
 *
 * @param loss key of the loss
 * @param threads 0 for the cores of a task
 */
public record TrainingSettings(
    String structure,
    String loss,
    double huberDelta,
    boolean centre,
    double constant,
    int neurons,
    double shift,
    double skip,
    int ensemble,
    long seed,
    int batch,
    int epochs,
    double learningRate,
    double weightDecay,
    double momentum,
    int averaging,
    int patience,
    boolean plain,
    int threads)
    implements Serializable {

  /**
   * Reads the params.
   *
   * @param classLoss key of the loss of classes, null if targets are numbers
   */
  static TrainingSettings of(
      PipelineStage stage, TrainingParams params, @Nullable String classLoss) {
    return new TrainingSettings(
        stage.getOrDefault(params.structure),
        classLoss == null ? stage.getOrDefault(params.loss) : classLoss,
        classLoss == null ? (double) stage.getOrDefault(params.huberDelta) : Double.NaN,
        (boolean) stage.getOrDefault(params.centre),
        (double) stage.getOrDefault(params.constant),
        (int) stage.getOrDefault(params.neurons),
        numberOrNan(stage, params.shift),
        (double) stage.getOrDefault(params.skip),
        (int) stage.getOrDefault(params.ensemble),
        (long) stage.getOrDefault(params.seed),
        (int) stage.getOrDefault(params.batch),
        (int) stage.getOrDefault(params.epochs),
        numberOrNan(stage, params.learningRate),
        (double) stage.getOrDefault(params.weightDecay),
        (double) stage.getOrDefault(params.momentum),
        (int) stage.getOrDefault(params.averaging),
        (int) stage.getOrDefault(params.patience),
        (boolean) stage.getOrDefault(params.plain),
        (int) stage.getOrDefault(params.threads));
  }

  private static double numberOrNan(PipelineStage stage, DoubleParam param) {
    return stage.isDefined(param) ? (double) stage.getOrDefault(param) : Double.NaN;
  }

  /**
   * The options of the library.
   *
   * @param cores threads, unless the params say how many
   * @param memory bytes that the training may take
   * @param repeat added to the seed
   * @throws kronwood.fault.InputException naming what is out of range
   */
  public ModelOptions options(int cores, double memory, int repeat) {
    NetworkOptions network =
        NetworkOptions.DEFAULT.withNeurons(neurons).withSkip(skip).withSeed(seed + repeat);
    if (!Double.isNaN(shift)) {
      network = network.withShift(shift);
    }
    if (ensemble != 1) {
      network = network.withEnsemble(Ensemble.of(ensemble));
    }
    TrainingOptions training =
        TrainingOptions.DEFAULT
            .withBatch(batch)
            .withEpochs(epochs)
            .withLearningRate(
                Double.isNaN(learningRate)
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(learningRate))
            .withWeightDecay(weightDecay)
            .withMomentum(momentum)
            .withAveraging(averaging)
            .withPatience(patience)
            .withThreads(threads == 0 ? cores : threads);
    return new ModelOptions(
        GramOptions.DEFAULT.withCentre(centre).withConstant(constant),
        PairStructure.of(structure),
        chosenLoss(),
        network,
        training,
        memory);
  }

  private Loss chosenLoss() {
    return loss.equals("huber") ? new HuberLoss(huberDelta) : Loss.of(loss);
  }
}
