package kronwood.train;

import java.util.SplittableRandom;

/**
 * The network's weights before training, made again from the seed whenever they are needed instead
 * of being stored.
 *
 * <p>Each neuron (each pair of neurons, if paired) has a generator of its own, split off the seed,
 * so that its weights depend neither on the order in which neurons are asked for nor on the thread.
 * Memory: 8 bytes a neuron.
 */
public final class InitialWeights {
  private final NetworkOptions options;
  private final long[] seeds;
  private final byte[] signs;
  private final int outputs;

  /**
   * The initial weights of a network with {@code outputs} outputs.
   *
   * @throws IllegalArgumentException if there is no output
   */
  public InitialWeights(NetworkOptions options, int outputs) {
    if (outputs < 1) {
      throw new IllegalArgumentException("a network needs an output, found " + outputs);
    }
    this.options = options;
    this.outputs = outputs;
    SplittableRandom random = new SplittableRandom(options.seed());
    SplittableRandom weightSeeds = random.split();
    SplittableRandom signSource = random.split();
    int distinct = distinctNeurons();
    this.seeds = new long[distinct];
    this.signs = new byte[Math.multiplyExact(distinct, outputs)];
    for (int r = 0; r < distinct; r++) {
      seeds[r] = weightSeeds.nextLong();
      for (int c = 0; c < outputs; c++) {
        signs[r * outputs + c] = (byte) (signSource.nextBoolean() ? 1 : -1);
      }
    }
  }

  /** Shape and seed these weights belong to. */
  public NetworkOptions options() {
    return options;
  }

  /** Number of outputs C. */
  public int outputs() {
    return outputs;
  }

  /** Number of neurons with weights of their own: m, or m/2 if paired. */
  public int distinctNeurons() {
    return options.paired() ? options.neurons() / 2 : options.neurons();
  }

  /**
   * Fills {@code tensor} with {@code W_r(0)}, independent standard normal numbers. Partners get the
   * same numbers. Cost: the tensor's length.
   */
  public void weights(int neuron, double[] tensor) {
    SplittableRandom random = new SplittableRandom(seeds[neuron % seeds.length]);
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] = random.nextGaussian();
    }
  }

  /** {@code A_{c,r}(0)}, +1 or −1; partners have opposite signs. */
  public int sign(int output, int neuron) {
    int sign = signs[neuron % seeds.length * outputs + output];
    return neuron < seeds.length ? sign : -sign;
  }
}
