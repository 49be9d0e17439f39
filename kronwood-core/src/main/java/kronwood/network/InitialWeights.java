package kronwood.network;

import java.util.SplittableRandom;
import kronwood.fault.InputException;
import kronwood.math.NormalNumbers;

/**
 * The network's weights before training, made again from the seed whenever they are needed instead
 * of being stored.
 *
 * <p>Each neuron (each pair of neurons, if paired) has a generator of its own, split off the seed,
 * so that its weights depend neither on the order in which neurons are asked for nor on the thread.
 * A process may hold a {@link NeuronRange} only: then neurons are numbered within it, first the
 * distinct ones, then their partners, then linear units if it has them.
 *
 * <p>Memory: 8 bytes a neuron.
 */
public final class InitialWeights {
  private final NetworkOptions options;
  private final NeuronRange range;
  private final long[] seeds;
  private final byte[] signs;
  private final int outputs;
  private final double[][] linearStart;
  private final boolean numbered;

  /**
   * The initial weights of a network with {@code outputs} outputs, in each of its members if it is
   * an ensemble, those of a linear skip being 0.
   *
   * @throws InputException if there is no output
   */
  public InitialWeights(NetworkOptions options, int outputs) {
    this(options, outputs, new double[options.ensemble().members() * outputs][0]);
  }

  /**
   * The initial weights of a network with {@code outputs} outputs.
   *
   * @param linearStart for each output of each member the coefficients {@code α} that its linear
   *     unit starts from, {@code W = Σ_i α_i x_i}, one per input or none; not copied
   * @throws InputException if there is no output
   */
  public InitialWeights(NetworkOptions options, int outputs, double[][] linearStart) {
    this(options, outputs, linearStart, NeuronRange.of(options));
  }

  /**
   * The initial weights of some neurons of a network.
   *
   * @param linearStart as above, for the whole network
   * @param range which neurons
   * @throws InputException if there is no output
   */
  public InitialWeights(
      NetworkOptions options, int outputs, double[][] linearStart, NeuronRange range) {
    this(options, outputs, linearStart, range, false);
  }

  /**
   * The initial weights of some neurons of a network.
   *
   * @param linearStart as above, for the whole network
   * @param range which neurons
   * @param numbered whether each weight is made of its seed and index alone ({@link
   *     NormalNumbers}), so that single ones can be asked for, of inputs that are sparse; otherwise
   *     those of a neuron follow each other in one generator
   * @throws InputException if there is no output
   */
  public InitialWeights(
      NetworkOptions options,
      int outputs,
      double[][] linearStart,
      NeuronRange range,
      boolean numbered) {
    if (outputs < 1) {
      throw new InputException("a network needs an output, found " + outputs);
    }
    this.options = options;
    this.range = range;
    this.outputs = outputs;
    this.linearStart = linearStart;
    this.numbered = numbered;
    SplittableRandom random = new SplittableRandom(options.seed());
    SplittableRandom weightSeeds = random.split();
    SplittableRandom signSource = random.split();
    this.seeds = new long[range.size()];
    this.signs = new byte[Math.multiplyExact(range.size(), outputs)];
    for (int r = 0; r < range.to(); r++) {
      // Those before the range are drawn all the same.
      int held = Math.max(0, r - range.from());
      seeds[held] = weightSeeds.nextLong();
      for (int c = 0; c < outputs; c++) {
        signs[held * outputs + c] = (byte) (signSource.nextBoolean() ? 1 : -1);
      }
    }
  }

  /** Shape and seed of the whole network. */
  public NetworkOptions options() {
    return options;
  }

  /** Number of outputs C, of each member. */
  public int outputs() {
    return outputs;
  }

  /** Number of neurons: m, or those of the range. */
  public int neurons() {
    return options.paired() ? 2 * seeds.length : seeds.length;
  }

  /** Number of neurons with weights of their own: all, or half of them if paired. */
  public int distinctNeurons() {
    return seeds.length;
  }

  /**
   * Number of units with weights: the neurons, and with a linear skip one linear unit for each
   * output of each member, numbered on from the neurons, those of a member one after the other.
   */
  public int units() {
    return neurons() + (range.from() == 0 ? linearUnits() : 0);
  }

  /** Number of units of the whole network. */
  public int allUnits() {
    return options.neurons() + linearUnits();
  }

  private int linearUnits() {
    return options.hasSkip() ? options.ensemble().members() * outputs : 0;
  }

  /** Number of units with initial weights of their own. */
  public int distinctUnits() {
    return units() - neurons() + distinctNeurons();
  }

  /** Where among the {@link #distinctUnits} a unit's initial weights are. */
  int distinct(int unit) {
    return unit < neurons() ? unit % seeds.length : unit - neurons() + seeds.length;
  }

  /** The first unit that has the {@code distinct}-th initial weights. */
  public int unit(int distinct) {
    return distinct < seeds.length ? distinct : distinct - seeds.length + neurons();
  }

  /** The member that a unit belongs to. */
  int member(int unit) {
    return unit < neurons()
        ? options.member(range.from() + unit % seeds.length)
        : (unit - neurons()) / outputs;
  }

  /** The leaf of {@link SumOrder} that a unit belongs to. */
  int leaf(int unit) {
    if (unit >= neurons()) {
      return 0;
    }
    int distinct = range.from() + unit % seeds.length;
    return 2 * (distinct / SumOrder.PANEL) + unit / seeds.length;
  }

  /** Coefficients that a linear unit starts from, one per input, or none if it starts at 0. */
  public double[] linearStart(int unit) {
    return linearStart[unit - neurons()];
  }

  /**
   * Fills {@code tensor} with {@code W_r(0)}, independent standard normal numbers. Partners get the
   * same numbers. Cost: the tensor's length.
   */
  public void weights(int neuron, double[] tensor) {
    if (numbered) {
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = NormalNumbers.of(seeds[neuron % seeds.length], i);
      }
      return;
    }
    SplittableRandom random = new SplittableRandom(seeds[neuron % seeds.length]);
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] = random.nextGaussian();
    }
  }

  /**
   * The seeds of {@link NormalNumbers} of the distinct neurons, not to be changed; partners share
   * theirs.
   *
   * @throws IllegalStateException if weights have no numbers
   */
  public long[] seeds() {
    if (!numbered) {
      throw new IllegalStateException("initial weights have no numbers");
    }
    return seeds;
  }

  /**
   * {@code A_{c,r}(0)} to an output of the neuron's member, +1 or −1; partners have opposite signs.
   */
  public int sign(int output, int neuron) {
    int sign = signs[neuron % seeds.length * outputs + output];
    return neuron < seeds.length ? sign : -sign;
  }
}
