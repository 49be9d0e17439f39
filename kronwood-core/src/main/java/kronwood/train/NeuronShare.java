package kronwood.train;

import kronwood.fault.InputException;
import kronwood.network.Ensemble;
import kronwood.network.Exchange;
import kronwood.network.NetworkOptions;
import kronwood.network.NeuronRange;

/**
 * One process's share of a training: its neurons, and its connection to the other processes.
 *
 * @param neurons the neurons that this process holds
 * @param exchange completes sums over neurons; {@link Exchange#NONE} if it holds all
 */
public record NeuronShare(NeuronRange neurons, Exchange exchange) {

  /** All neurons. */
  public static NeuronShare whole(NetworkOptions network) {
    return new NeuronShare(NeuronRange.of(network), Exchange.NONE);
  }

  /**
   * Checks that a training can be divided like this.
   *
   * @throws InputException if the range is of another network, or if each process would plan by
   *     itself
   */
  void check(NetworkOptions network, TrainingOptions options) {
    if (neurons.distinct() != NeuronRange.of(network).distinct()) {
      throw new InputException(
          "range of a network of %d distinct neurons, but this one has %d"
              .formatted(neurons.distinct(), NeuronRange.of(network).distinct()));
    }
    if (!neurons.isWhole() && !options.engine().fixesPlan()) {
      throw new InputException(
          "several processes train with one plan: make it for the whole network, and give its"
              + " engine and layout to each");
    }
  }

  /** A network as large as what this process holds, to estimate its memory by. */
  NetworkOptions held(NetworkOptions network) {
    return neurons.isWhole()
        ? network
        : new NetworkOptions(
            network.paired() ? 2 * neurons.size() : neurons.size(),
            network.shift(),
            network.paired(),
            network.trainOutput(),
            network.skip(),
            Ensemble.SINGLE,
            network.seed());
  }
}
