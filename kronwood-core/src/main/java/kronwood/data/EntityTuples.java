package kronwood.data;

import kronwood.fault.InputException;

/**
 * Tuples of entities, one entity per mode: which feature vectors each input {@code x = u ⊗ v ⊗ …}
 * is the product of.
 *
 * <p>Memory: 4 · size · modes bytes.
 */
public final class EntityTuples {
  private final int modes;
  private final int[] entities;

  private EntityTuples(int modes, int[] entities) {
    this.modes = modes;
    this.entities = entities;
  }

  /**
   * Tuples from a row-major array, which is copied.
   *
   * @param modes entities per tuple, at least 1
   * @param entities entity of tuple {@code i} in mode {@code k} at {@code i * modes + k}, none
   *     negative
   * @throws InputException if the length is no multiple of {@code modes} or an entity is negative
   */
  public static EntityTuples of(int modes, int[] entities) {
    if (modes < 1 || entities.length % modes != 0) {
      throw new InputException(entities.length + " entities do not make tuples of " + modes);
    }
    for (int i = 0; i < entities.length; i++) {
      if (entities[i] < 0) {
        throw new InputException(
            "tuple " + (i / modes + 1) + " has entity " + entities[i] + " in mode " + (i % modes));
      }
    }
    return new EntityTuples(modes, entities.clone());
  }

  /** Tuples of an array that is not copied, and may change. */
  static EntityTuples sharing(int modes, int[] entities) {
    return new EntityTuples(modes, entities);
  }

  /** Number of tuples. */
  public int size() {
    return entities.length / modes;
  }

  /** Entities per tuple. */
  public int modes() {
    return modes;
  }

  /** Entity of tuple {@code tuple} in mode {@code mode}. */
  public int entity(int tuple, int mode) {
    return entities[tuple * modes + mode];
  }

  /** The listed tuples, in that order. */
  public EntityTuples select(int[] tuples) {
    int[] selected = new int[Math.multiplyExact(tuples.length, modes)];
    for (int i = 0; i < tuples.length; i++) {
      System.arraycopy(entities, tuples[i] * modes, selected, i * modes, modes);
    }
    return new EntityTuples(modes, selected);
  }
}
