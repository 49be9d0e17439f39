package kronwood.gram;

import kronwood.data.Attributes;
import kronwood.data.Block;
import kronwood.data.Blocks;
import kronwood.fault.InputException;

/**
 * Coordinates of entities that are told apart by their identity alone, two numbers each: with n
 * training entities, unit vectors e_0 … e_n, and c the constant of {@link GramOptions},
 *
 * <pre>
 *   u_i = own · e_{i+1} + shared · e_0         the i-th training entity
 *   u   = unknown · e_0                        any other entity
 *
 *   own²    = n / ((n − 1) (1 + c))            1 / (1 + c) if not centred
 *   shared² = (c − own² (1 + c) / n) / (1 + c) c / (1 + c) if not centred
 *   unknown = c / ((1 + c) · shared)
 * </pre>
 *
 * <p>Inner products of entities of which at least one is a training entity are those that {@link
 * BlocksMap} has of one identity block. These coordinates are n + 1, one more than the rank. The
 * squared norm of an entity that is not trained on is larger than there, by a share of about 1 / (c
 * n): it has no part in the mean of the others' own coordinates.
 *
 * @param columns number of training entities n
 * @param weight of the block, which makes no difference where it is the only one
 * @param own coordinate of a training entity, above 0
 * @param shared what all training entities share, above 0
 * @param unknown coordinate of an entity that is not trained on, above 0
 */
public record IdentityMap(int columns, double weight, double own, double shared, double unknown)
    implements FactorMap {

  /**
   * Checks the ranges.
   *
   * @throws InputException naming a number out of range
   */
  public IdentityMap {
    checkPositive("columns", columns);
    checkPositive("weight", weight);
    checkPositive("own", own);
    checkPositive("shared", shared);
    checkPositive("unknown", unknown);
  }

  private static void checkPositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new InputException(
          "an identity map has " + name + " " + value + ", expected a finite number above 0");
    }
  }

  /** Whether so many training entities can have such coordinates: the constant is large enough. */
  static boolean suits(int entities, GramOptions options) {
    return entities > 1 && sharedSquare(entities, options) > 0;
  }

  private static double ownSquare(double n, GramOptions options) {
    return (options.centre() ? n / (n - 1) : 1) / (1 + options.constant());
  }

  private static double sharedSquare(double n, GramOptions options) {
    double constant = options.constant() / (1 + options.constant());
    return options.centre() ? constant - ownSquare(n, options) / n : constant;
  }

  /** The coordinates of so many training entities, which must {@link #suits suit}. */
  static IdentityMap fit(int entities, double weight, GramOptions options) {
    double shared = Math.sqrt(sharedSquare(entities, options));
    double constant = options.constant() / (1 + options.constant());
    double own = Math.sqrt(ownSquare(entities, options));
    return new IdentityMap(entities, weight, own, shared, constant / shared);
  }

  @Override
  public int rank() {
    return columns + 1;
  }

  @Override
  public void embed(Attributes attributes, int entity, double[] out, int offset) {
    FactorTable table = table(new int[] {reference(attributes)[entity]});
    for (int c = 0; c < rank(); c++) {
      out[offset + c] = table.coordinate(0, c);
    }
  }

  @Override
  public FactorTable embedAll(Attributes attributes) {
    return table(reference(attributes));
  }

  private int[] reference(Attributes attributes) {
    if (attributes instanceof Blocks blocks
        && blocks.blocks().size() == 1
        && blocks.blocks().getFirst() instanceof Block.OfIdentity identity
        && identity.columns() == columns) {
      return identity.reference();
    }
    throw new InputException(
        "attributes of "
            + attributes.columns()
            + " columns do not fit the identities of "
            + columns
            + " entities");
  }

  /**
   * Coordinates of entities.
   *
   * @param reference for each entity which of the training entities it is, −1 if none; not copied
   */
  public FactorTable table(int[] reference) {
    return FactorTable.ofIdentities(reference, this);
  }
}
