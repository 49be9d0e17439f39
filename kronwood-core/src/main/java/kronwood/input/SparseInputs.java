package kronwood.input;

import kronwood.gram.IdentityMap;

/**
 * The numbers of {@link StructuredInputs#isSparse sparse} inputs that are not 0. With two numbers a
 * mode, one of the entity's own and one that all share, an input has a number for each subset s of
 * the K modes: the product of the entities' own coordinates in the modes of s, and of the shared
 * ones in the others.
 *
 * <pre>
 *   index(x, s) = (… (c_1 · rank_2 + c_2) · rank_3 + …) + c_K,   c_k = 1 + entity if k is in s, else 0
 * </pre>
 *
 * <p>is where it stands in the input written out, which is never formed. Subsets are bit masks. An
 * entity that is not trained on has no own coordinate: what would hold it is 0. Cost of a number:
 * K.
 */
public final class SparseInputs {
  private final StructuredInputs inputs;
  private final int modes;

  /** {@code Π_{j > k} rank_j} for each mode k. */
  private final long[] strides;

  /** For each mode how its entities have coordinates. */
  private final IdentityMap[] maps;

  /**
   * @throws IllegalArgumentException if inputs are not sparse
   * @throws ArithmeticException if d exceeds the range of long
   */
  public SparseInputs(StructuredInputs inputs) {
    if (!inputs.isSparse()) {
      throw new IllegalArgumentException("inputs are not sparse");
    }
    this.inputs = inputs;
    this.modes = inputs.modes();
    this.strides = new long[modes];
    this.maps = new IdentityMap[modes];
    long stride = 1;
    for (int k = modes - 1; k >= 0; k--) {
      strides[k] = stride;
      maps[k] = inputs.factor(k).identityMap();
      stride = Math.multiplyExact(stride, (long) inputs.factor(k).rank());
    }
  }

  /** Number of inputs. */
  public int size() {
    return inputs.size();
  }

  /** Number of modes K. */
  public int modes() {
    return modes;
  }

  /** Number of subsets of the modes, 2^K. */
  public int subsets() {
    return 1 << modes;
  }

  /** Number of training entities of a mode. */
  public int references(int mode) {
    return inputs.factor(mode).rank() - 1;
  }

  /** Which training entity of a mode an input has, −1 if none. */
  public int reference(int input, int mode) {
    return inputs.factor(mode).reference(inputs.entity(input, mode));
  }

  /** Where the number of a subset stands; −1 if it is 0. */
  public long index(int input, int subset) {
    long index = 0;
    for (int k = 0; k < modes; k++) {
      if ((subset >> k & 1) == 1) {
        int reference = reference(input, k);
        if (reference < 0) {
          return -1;
        }
        index += (reference + 1) * strides[k];
      }
    }
    return index;
  }

  /** The number of a subset. */
  public double number(int input, int subset) {
    double product = 1;
    for (int k = 0; k < modes; k++) {
      boolean known = reference(input, k) >= 0;
      if ((subset >> k & 1) == 1) {
        product *= known ? maps[k].own() : 0;
      } else {
        product *= known ? maps[k].shared() : maps[k].unknown();
      }
    }
    return product;
  }

  /** Index of the entry that belongs to one training entity of one mode alone. */
  public long indexOf(int mode, int reference) {
    return (reference + 1) * strides[mode];
  }
}
