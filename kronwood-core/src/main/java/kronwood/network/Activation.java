package kronwood.network;

import kronwood.fault.InputException;
import kronwood.input.PairStructure;

/**
 * What a neuron makes of its pre-activation z, with shift b. It fires where the result is not 0,
 * and there the derivative is 1.
 */
public enum Activation {
  /** {@code max(z − b, 0)}. */
  RELU {
    @Override
    public boolean fires(double z, double shift) {
      return z > shift;
    }

    @Override
    public double of(double z, double shift) {
      return z > shift ? z - shift : 0;
    }
  },

  /**
   * {@code max(z − b, 0) − max(−z − b, 0)}, b ≥ 0: an odd function, so that a network of such
   * neurons turns its sign with that of its input.
   */
  SOFT_THRESHOLD {
    @Override
    public boolean fires(double z, double shift) {
      return Math.abs(z) > shift;
    }

    @Override
    public double of(double z, double shift) {
      return z > shift ? z - shift : z < -shift ? z + shift : 0;
    }
  };

  /** The one that goes with inputs of a structure: odd where these turn their sign. */
  public static Activation of(PairStructure structure) {
    return structure.isOdd() ? SOFT_THRESHOLD : RELU;
  }

  /** Whether it is an odd function. */
  public boolean isOdd() {
    return this == SOFT_THRESHOLD;
  }

  /** Whether a neuron fires. */
  public abstract boolean fires(double z, double shift);

  /** The neuron's output, 0 where it does not fire. */
  public abstract double of(double z, double shift);

  /**
   * Checks a shift.
   *
   * @throws InputException if it is negative and the function is odd
   */
  public void check(double shift) {
    if (isOdd() && shift < 0) {
      throw new InputException(
          "shift is "
              + shift
              + ", but where outputs turn their sign with the inputs it must be at least 0");
    }
  }
}
