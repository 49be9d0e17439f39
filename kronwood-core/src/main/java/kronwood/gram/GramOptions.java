package kronwood.gram;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import kronwood.data.Blocks;
import kronwood.data.EntityTable;
import kronwood.fault.InputException;

/**
 * How attributes become a Gram matrix: {@code G ← (G_c / mean diag G_c + constant) / (1 +
 * constant)}, where {@code G_c} is the Gram matrix centred on the training entities.
 *
 * <p>Without the constant, a product of centred Gram matrices holds pure interactions only; with
 * it, bias and main effects of each mode too. The result has mean diagonal 1 over the training
 * entities, so that inputs have norm 1 on average.
 *
 * @param centre whether to centre
 * @param constant added constant, ≥ 0; 0 adds none
 * @param tolerance a direction whose squared length is below this share of the largest squared norm
 *     is dropped when coordinates are reduced to their rank, in (0, 1); for similarities, which are
 *     kept in single precision, at least 1e-6
 * @param components by name of the table, how many principal components of its training entities
 *     are kept; a table that is not named keeps all its coordinates
 * @param identities coordinates of entities that are told apart by their identity alone
 * @param addedIdentity weight of the identity that training by default adds to a table's attributes
 *     where entities occur often and it costs little, ≥ 0; 0 adds none. See {@code
 *     kronwood.candidate.AddedIdentities}
 */
public record GramOptions(
    boolean centre,
    double constant,
    double tolerance,
    Map<String, Integer> components,
    IdentityCoordinates identities,
    double addedIdentity) {
  private static final double ADDED_IDENTITY = 0.1;

  private static final int PROFILE_COMPONENTS = 48;

  /**
   * Centred, with constant 1, reduced at a tolerance of 1e-10, with added identities of weight
   * {@value #ADDED_IDENTITY}.
   */
  public static final GramOptions DEFAULT = new GramOptions(true, 1, 1e-10);

  /**
   * Checks the ranges.
   *
   * @throws InputException naming the value out of range
   */
  public GramOptions {
    components = Collections.unmodifiableMap(new TreeMap<>(components));
    components.forEach(
        (table, count) -> {
          if (count < 1) {
            throw new InputException(
                "components of '" + table + "' are " + count + ", expected a number >= 1");
          }
        });
    if (!(constant >= 0) || Double.isInfinite(constant)) {
      throw new InputException("constant is " + constant + ", expected a number >= 0");
    }
    if (!(addedIdentity >= 0) || Double.isInfinite(addedIdentity)) {
      throw new InputException(
          "weight of added identities is " + addedIdentity + ", expected a number >= 0");
    }
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new InputException("tolerance is " + tolerance + ", expected a number between 0 and 1");
    }
  }

  /** Options that keep all coordinates of every table. */
  public GramOptions(boolean centre, double constant, double tolerance) {
    this(centre, constant, tolerance, Map.of());
  }

  /** Options that leave coordinates of identities to their number. */
  public GramOptions(
      boolean centre, double constant, double tolerance, Map<String, Integer> components) {
    this(centre, constant, tolerance, components, IdentityCoordinates.AUTO, ADDED_IDENTITY);
  }

  /** The same with or without centring. */
  public GramOptions withCentre(boolean other) {
    return new GramOptions(other, constant, tolerance, components, identities, addedIdentity);
  }

  /** The same with another constant. */
  public GramOptions withConstant(double other) {
    return new GramOptions(centre, other, tolerance, components, identities, addedIdentity);
  }

  /** The same, keeping so many principal components of the tables named. */
  public GramOptions withComponents(Map<String, Integer> other) {
    return new GramOptions(centre, constant, tolerance, other, identities, addedIdentity);
  }

  /** The same with other coordinates of identities. */
  public GramOptions withIdentities(IdentityCoordinates other) {
    return new GramOptions(centre, constant, tolerance, components, other, addedIdentity);
  }

  /** The same with another weight of added identities. */
  public GramOptions withAddedIdentity(double other) {
    return new GramOptions(centre, constant, tolerance, components, identities, other);
  }

  /**
   * The same for a table whose entities are known by their interactions alone: of these the leading
   * principal components tell most, and {@value #PROFILE_COMPONENTS} are kept unless another number
   * is asked for.
   */
  public GramOptions ofProfiles(EntityTable table) {
    if (!(table.attributes() instanceof Blocks blocks)
        || !blocks.areProfiles()
        || components.containsKey(table.name())) {
      return this;
    }
    Map<String, Integer> with = new TreeMap<>(components);
    with.put(table.name(), PROFILE_COMPONENTS);
    return withComponents(with);
  }

  /** Factor on coordinates whose mean squared norm over the training entities is {@code norm}. */
  public double scale(double norm) {
    return norm > 0 ? Math.sqrt(1 / (norm * (1 + constant))) : 0;
  }

  /** The coordinate that all entities share, 0 if there is none. */
  public double constantCoordinate() {
    return Math.sqrt(constant / (1 + constant));
  }
}
