package kronwood.data;

import kronwood.fault.InputException;
import org.jspecify.annotations.Nullable;

/**
 * One way to tell a table's entities apart: a term of the weighted sum that is the table's Gram
 * matrix.
 *
 * <p>Each block's similarities are scaled to a mean diagonal of 1 over the training entities, then
 * multiplied by its weight, so that weights compare blocks whatever their units.
 */
public sealed interface Block {
  /** Name for messages and for the model file. */
  String name();

  /** Factor in the sum, finite and above 0. */
  double weight();

  /** Number of entities described. */
  int entities();

  /** Values per entity: features, cells, or reference entities a similarity is given to. */
  int columns();

  /** The same block of the listed entities only, in that order. */
  Block select(int[] entities);

  /**
   * Feature vectors, compared by a kernel.
   *
   * @param name name for messages
   * @param weight factor in the sum
   * @param kernel how two vectors become a similarity
   * @param features one vector per entity
   */
  record OfFeatures(String name, double weight, FeatureKernel kernel, Features features)
      implements Block {
    /**
     * Checks the weight.
     *
     * @throws InputException if it is not a finite number above 0
     */
    public OfFeatures {
      checkWeight(name, weight);
    }

    @Override
    public int entities() {
      return features.entities();
    }

    @Override
    public int columns() {
      return features.columns();
    }

    @Override
    public OfFeatures select(int[] entities) {
      return new OfFeatures(name, weight, kernel, features.select(entities));
    }
  }

  /**
   * Columns as they were written, of which an encoder fitted on the training entities makes feature
   * vectors.
   *
   * @param name name for messages
   * @param weight factor in the sum
   * @param kernel how two vectors become a similarity
   * @param encoding how vectors are made
   * @param cells the columns
   */
  record OfCells(String name, double weight, FeatureKernel kernel, Encoding encoding, Cells cells)
      implements Block {
    /**
     * Checks the weight.
     *
     * @throws InputException if it is not a finite number above 0
     */
    public OfCells {
      checkWeight(name, weight);
    }

    @Override
    public int entities() {
      return cells.entities();
    }

    @Override
    public int columns() {
      return cells.columns();
    }

    @Override
    public OfCells select(int[] entities) {
      return new OfCells(name, weight, kernel, encoding, cells.select(entities));
    }
  }

  /**
   * Similarities that are given.
   *
   * @param name name for messages
   * @param weight factor in the sum
   * @param similarities square in a data set, to the training entities where entities are new
   */
  record OfSimilarities(String name, double weight, Similarities similarities) implements Block {
    /**
     * Checks the weight.
     *
     * @throws InputException if it is not a finite number above 0
     */
    public OfSimilarities {
      checkWeight(name, weight);
    }

    @Override
    public int entities() {
      return similarities.entities();
    }

    @Override
    public int columns() {
      return similarities.columns();
    }

    @Override
    public OfSimilarities select(int[] entities) {
      return new OfSimilarities(name, weight, similarities.select(entities));
    }
  }

  /**
   * Whether two entities are the same: 1 or 0. What attributes do not tell of an entity can then be
   * learned of it; an entity that is not among the training ones has 0 with all of them.
   *
   * @param weight factor in the sum
   * @param columns number of reference entities
   * @param reference for each entity which of the references it is, −1 if none; not copied
   */
  record OfIdentity(double weight, int columns, int[] reference) implements Block {
    /** The name of every such block. */
    public static final String NAME = "identity";

    /**
     * Checks the weight and the references.
     *
     * @throws InputException if the weight is not a finite number above 0, or a reference does not
     *     exist
     */
    public OfIdentity {
      checkWeight(NAME, weight);
      for (int position : reference) {
        if (position < -1 || position >= columns) {
          throw new InputException("no reference " + position + " among " + columns);
        }
      }
    }

    /** The identity of a table's own entities, which are the references. */
    public static OfIdentity among(int entities, double weight) {
      int[] self = new int[entities];
      for (int e = 0; e < entities; e++) {
        self[e] = e;
      }
      return new OfIdentity(weight, entities, self);
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public int entities() {
      return reference.length;
    }

    @Override
    public OfIdentity select(int[] entities) {
      int[] selected = new int[entities.length];
      for (int i = 0; i < entities.length; i++) {
        selected[i] = reference[entities[i]];
      }
      return new OfIdentity(weight, columns, selected);
    }
  }

  /**
   * Which entities of the other modes an entity occurs with in the training samples, and with what
   * target: its interaction profile. An entity that occurs in none has no profile, and is like no
   * other by it.
   *
   * <p>Profiles are made anew for each set of training samples, so that nothing of what is held out
   * is in them; see {@link InteractionProfiles}. The block has no columns of its own.
   *
   * @param weight factor in the sum
   * @param kernel how two profiles become a similarity
   * @param entities number of entities
   * @param profiles a profile for each entity, null as long as training samples are not known
   */
  record OfProfile(double weight, FeatureKernel kernel, int entities, @Nullable Features profiles)
      implements Block {
    /** The name of every such block. */
    public static final String NAME = "profile";

    /**
     * Checks the weight and the number of entities.
     *
     * @throws InputException if the weight is not a finite number above 0, or there is not a
     *     profile for each entity
     */
    public OfProfile {
      checkWeight(NAME, weight);
      if (profiles != null && profiles.entities() != entities) {
        throw new InputException(
            profiles.entities() + " interaction profiles of " + entities + " entities");
      }
    }

    /** Of entities whose training samples are not known yet. */
    public OfProfile(double weight, FeatureKernel kernel, int entities) {
      this(weight, kernel, entities, null);
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public int columns() {
      return 0;
    }

    @Override
    public OfProfile select(int[] entities) {
      return new OfProfile(
          weight, kernel, entities.length, profiles == null ? null : profiles.select(entities));
    }
  }

  private static void checkWeight(String name, double weight) {
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new InputException("weight of '" + name + "' is " + weight + ", expected a number > 0");
    }
  }
}
