package kronwood.gram;

import java.util.Locale;
import kronwood.fault.InputException;

/** What the coordinates of entities are that are told apart by their identity alone. */
public enum IdentityCoordinates {
  /** {@link #SPARSE} where all entities are such and they are many, else {@link #DENSE}. */
  AUTO,
  /** Two numbers an entity, see {@link IdentityMap}. */
  SPARSE,
  /** As many numbers as there are training entities, as of other attributes. */
  DENSE;

  /** Name on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The choice of that name.
   *
   * @throws InputException if there is none; the message lists them
   */
  public static IdentityCoordinates of(String key) {
    for (IdentityCoordinates choice : values()) {
      if (choice.key().equals(key)) {
        return choice;
      }
    }
    throw new InputException("unknown coordinates '" + key + "', expected auto, sparse or dense");
  }
}
