package kronwood.fit;

import kronwood.fault.InputException;
import kronwood.gram.GramOptions;
import kronwood.input.PairStructure;
import kronwood.loss.Loss;
import kronwood.loss.SquaredLoss;
import kronwood.network.NetworkOptions;
import kronwood.train.TrainingOptions;

/**
 * All options of a training. Begin with {@link #defaults} and change what should differ. The
 * command line reads its defaults from the same constants.
 *
 * @param gram how attributes become Gram matrices
 * @param structure what is known of how predictions depend on the entities
 * @param loss what is minimised
 * @param network shape and initialisation
 * @param training step size, batches, epochs, engine, threads
 * @param memory bytes that training may take, estimated beforehand, above 0
 */
public record ModelOptions(
    GramOptions gram,
    PairStructure structure,
    Loss loss,
    NetworkOptions network,
    TrainingOptions training,
    double memory) {

  /**
   * Checks the range of the memory.
   *
   * @throws InputException if it is not above 0
   */
  public ModelOptions {
    if (!(memory > 0)) {
      throw new InputException("memory is " + memory + " bytes, expected a number > 0");
    }
  }

  /** The defaults for numbers as targets, with the memory that the heap has left. */
  public static ModelOptions defaults() {
    return new ModelOptions(
        GramOptions.DEFAULT,
        PairStructure.PLAIN,
        new SquaredLoss(),
        NetworkOptions.DEFAULT,
        TrainingOptions.DEFAULT,
        freeHeap());
  }

  /** Bytes of the heap that are still free: its maximum less what is in use. Collects garbage. */
  public static double freeHeap() {
    Runtime runtime = Runtime.getRuntime();
    // What reading the tables left behind would otherwise count as in use.
    System.gc();
    return runtime.maxMemory() - (double) (runtime.totalMemory() - runtime.freeMemory());
  }

  /** Of plain structure. */
  public ModelOptions(
      GramOptions gram,
      Loss loss,
      NetworkOptions network,
      TrainingOptions training,
      double memory) {
    this(gram, PairStructure.PLAIN, loss, network, training, memory);
  }

  /** The same with another structure of pairs. */
  public ModelOptions withStructure(PairStructure other) {
    return new ModelOptions(gram, other, loss, network, training, memory);
  }

  /** The same with another loss. */
  public ModelOptions withLoss(Loss other) {
    return new ModelOptions(gram, structure, other, network, training, memory);
  }

  /** The same with another limit of memory in bytes. */
  public ModelOptions withMemory(double bytes) {
    return new ModelOptions(gram, structure, loss, network, training, bytes);
  }

  /** The same on another number of threads. */
  public ModelOptions withThreads(int threads) {
    return withTraining(training.withThreads(threads));
  }

  /** The same with other Gram matrices. */
  public ModelOptions withGram(GramOptions other) {
    return new ModelOptions(other, structure, loss, network, training, memory);
  }

  /** The same with another network. */
  public ModelOptions withNetwork(NetworkOptions other) {
    return new ModelOptions(gram, structure, loss, other, training, memory);
  }

  /** The same with another way of training. */
  public ModelOptions withTraining(TrainingOptions other) {
    return new ModelOptions(gram, structure, loss, network, other, memory);
  }
}
