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
