package kronwood.fit;

import kronwood.gram.GramOptions;
import kronwood.input.PairStructure;
import kronwood.loss.Loss;
import kronwood.network.NetworkOptions;
import kronwood.train.TrainingOptions;

/**
 * All that is chosen about a training besides the data.
 *
 * @param gram how attributes become Gram matrices
 * @param structure what is known of how predictions depend on the entities
 * @param loss what is minimised
 * @param network shape and initialisation
 * @param training step size, batches, epochs, engine, threads
 * @param memory bytes that training may take
 */
public record ModelOptions(
    GramOptions gram,
    PairStructure structure,
    Loss loss,
    NetworkOptions network,
    TrainingOptions training,
    double memory) {

  /** Of plain structure. */
  public ModelOptions(
      GramOptions gram,
      Loss loss,
      NetworkOptions network,
      TrainingOptions training,
      double memory) {
    this(gram, PairStructure.PLAIN, loss, network, training, memory);
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
