package kronwood.network;

import kronwood.fault.InputException;

/**
 * Shape and initialisation of the network
 *
 * <pre>
 *   z_r = ⟨W_r, x⟩      f_c = (1/√m) Σ_r A_{c,r} · max(z_r − b, 0)      W_r(0) ~ N(0, I),  A = ±1
 * </pre>
 *
 * @param neurons width m ≥ 1
 * @param shift b, how far above zero a pre-activation must be for its neuron to fire
 * @param paired whether neurons r and r + m/2 start with equal weights and opposite output signs,
 *     so that f = 0 at the start; needs an even width
 * @param trainOutput whether the output layer A is trained too
 * @param skip weight s of the linear skip, {@code f_c += s · ⟨W_{m+c}, x⟩}: one more unit for each
 *     output (of each member) that has no shift and always fires; 0 for none
 * @param ensemble how the neurons are divided into members; pairs of neurons are never divided
 * @param seed seed of all random numbers of a training
 */
public record NetworkOptions(
    int neurons,
    double shift,
    boolean paired,
    boolean trainOutput,
    double skip,
    Ensemble ensemble,
    long seed) {

  /**
   * Checks the ranges.
   *
   * @throws InputException naming the value out of range
   */
  public NetworkOptions {
    if (neurons < 1) {
      throw new InputException("neurons is " + neurons + ", expected at least 1");
    }
    if (!Double.isFinite(shift)) {
      throw new InputException("shift is " + shift + ", expected a finite number");
    }
    if (!(skip >= 0) || Double.isInfinite(skip)) {
      throw new InputException("skip is " + skip + ", expected a number >= 0");
    }
    if (paired && neurons % 2 != 0) {
      throw new InputException(
          "neurons is " + neurons + ", expected an even number (each neuron has a partner)");
    }
    int multiple = (paired ? 2 : 1) * ensemble.members();
    if (neurons % multiple != 0) {
      throw new InputException(
          "neurons is "
              + neurons
              + ", expected a multiple of "
              + multiple
              + ": an ensemble of "
              + ensemble.members()
              + " has members of equal width"
              + (paired ? ", in each of which every neuron has a partner" : ""));
    }
  }

  /** A single network. */
  public NetworkOptions(
      int neurons, double shift, boolean paired, boolean trainOutput, double skip, long seed) {
    this(neurons, shift, paired, trainOutput, skip, Ensemble.SINGLE, seed);
  }

  /** A single network without a linear skip. */
  public NetworkOptions(int neurons, double shift, boolean paired, boolean trainOutput, long seed) {
    this(neurons, shift, paired, trainOutput, 0, seed);
  }

  /** The same network divided into members. */
  public NetworkOptions withEnsemble(Ensemble other) {
    return new NetworkOptions(neurons, shift, paired, trainOutput, skip, other, seed);
  }

  /** Number of neurons of each member. */
  public int memberNeurons() {
    return neurons / ensemble.members();
  }

  /**
   * The member that a neuron belongs to. Members are made of consecutive neurons; where neurons are
   * paired, of consecutive ones of the first half and their partners.
   */
  public int member(int neuron) {
    int distinct = paired ? neurons / 2 : neurons;
    return neuron % distinct / (distinct / ensemble.members());
  }

  /** Whether there is a linear skip. */
  public boolean hasSkip() {
    return skip > 0;
  }

  /** Paired, with fixed output signs and the default shift. */
  public static NetworkOptions of(int neurons, long seed) {
    return new NetworkOptions(neurons, defaultShift(neurons), true, false, seed);
  }

  /**
   * {@code √(0.4 ln m)}: of m standard normal pre-activations only a few per cent exceed it (Song
   * and Ye, arXiv 2305.08001).
   */
  public static double defaultShift(int neurons) {
    return Math.sqrt(0.4 * Math.log(neurons));
  }
}
