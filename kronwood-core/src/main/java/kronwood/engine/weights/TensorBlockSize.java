package kronwood.engine.weights;

import kronwood.input.StructuredInputs;
import kronwood.state.NeuronStates;

/**
 * The number of samples in a block if weights are tensors. In a longer block more samples share
 * each contraction of a tensor with an entity; but the log is longer, and each batch has inner
 * products with more inputs. All costs follow from shapes, except the counted log entries that were
 * pulled, so that a training is reproducible.
 */
public final class TensorBlockSize extends BlockSize {
  /**
   * Multiplications that take as long as copying a number of a tensor into a panel and adding to
   * it.
   */
  private static final double PASSING = 60;

  /** Up to this size the limit on numbers does not count: each pass reads all weights. */
  private static final int ALWAYS = 256;

  /** Pre-activations, or numbers of rows, that are held for a block. */
  private static final double NUMBERS = 1 << 22;

  /** Multiplications of an entry that is pulled. */
  private static final double PULL = 16;

  /** Ratio of costs below which another size is taken. */
  private static final double BETTER = 0.95;

  private final StructuredInputs inputs;
  private final double units;

  /**
   * @param units of the whole network
   */
  public TensorBlockSize(StructuredInputs inputs, int units) {
    super(largest(inputs, units));
    this.inputs = inputs;
    this.units = NeuronStates.stride(units);
  }

  /** Samples in a block at most: so that their pre-activations and rows are not too many. */
  public static int largest(StructuredInputs inputs, int units) {
    double terms = inputs.terms().count();
    double numbers = NeuronStates.stride(units);
    for (int k = 0; k < inputs.modes(); k++) {
      numbers = Math.max(numbers, terms * inputs.factor(k).rank());
    }
    int largest = LARGEST;
    while (largest > ALWAYS && largest * numbers > NUMBERS) {
      largest /= 2;
    }
    return largest;
  }

  @Override
  public void adapt(long pulled, int samples) {
    double pulls = PULL * (double) pulled / samples / samples;
    double now = cost(get(), pulls);
    if (cost(get() / 2, pulls) < BETTER * now) {
      change(false);
    } else if (cost(2 * get(), pulls) < BETTER * now) {
      change(true);
    }
  }

  /**
   * Multiplications a sample that depend on the size of the block.
   *
   * @param pulls multiplications to pull the log, for each pair of samples of a block
   */
  double cost(int block, double pulls) {
    return passes(block) * units / block + pulls * block + logProducts(block);
  }

  /** Multiplications a unit for a block, without those for each of its samples. */
  double passes(int block) {
    double fewest = contracted(block);
    return (PASSING + fewest) * inputs.estimatedDimension();
  }

  /** Different entities of the mode that has fewest of them in a block. */
  public double contracted(int block) {
    double terms = inputs.terms().count();
    double fewest = terms * block;
    for (int k = 0; k < inputs.modes() && inputs.modes() > 1; k++) {
      fewest = Math.min(fewest, distinct(inputs.factor(k).entities(), terms * block));
    }
    return fewest;
  }

  /** Multiplications a sample for inner products with the log, on average. */
  public double logProducts(int block) {
    double terms = inputs.terms().count();
    double reads = inputs.terms().readCount();
    double products = reads * terms * inputs.modes() * block / 2;
    for (int k = 0; k < inputs.modes(); k++) {
      double rank = inputs.factor(k).rank();
      products += reads * rank * distinct(inputs.factor(k).entities(), terms * block / 2);
    }
    return products;
  }

  /** Different ones of {@code all}, expected among {@code drawn}. */
  private static double distinct(double all, double drawn) {
    return all <= 1 ? 1 : -all * StrictMath.expm1(drawn * StrictMath.log1p(-1 / all));
  }
}
