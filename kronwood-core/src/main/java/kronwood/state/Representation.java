package kronwood.state;

/**
 * The coordinates that a neuron's state has along one mode, for a mode of n entities and rank r.
 *
 * <pre>
 *                stored along the axis                   read an entity    apply an update
 *   WEIGHT       feature coordinates                     r                 r
 *   VALUE        contracted with every entity            1                 n
 *   COEFFICIENT  expansion over entities                 n                 1
 * </pre>
 *
 * <p>Each is a read vector ρ and a write vector ω for every entity, with {@code ⟨ρ(i), ω(j)⟩ = G[i,
 * j]}: the inner product of entities i and j. Therefore all are exact, in any mix over the modes;
 * they differ in cost. A constant says what its vectors are, how long they are and which of them
 * are zero but for one entry; layouts, planner and states ask it.
 */
public enum Representation {
  /** Feature coordinates: the usual weights. Both vectors are the entity's coordinates. */
  WEIGHT(Access.ROWS) {
    @Override
    public double size(StateAxis axis) {
      return axis.rank();
    }

    @Override
    public boolean isMadeOfGramRows() {
      return false;
    }

    /** Whole inputs that are not symmetric have as many coordinates as their modes together. */
    @Override
    public boolean isOfUseForWhole(StateAxis whole) {
      return whole.isSymmetric();
    }

    @Override
    double[] read(StateAxis axis, int input) {
      return axis.coordinates(input);
    }

    @Override
    double[] written(StateAxis axis, int input) {
      return axis.coordinates(input);
    }
  },
  /**
   * Already contracted with every entity: inner products, as the paper keeps them. An entity is
   * read at its own entry and writes its row of the Gram matrix.
   */
  VALUE(Access.READ_AT_ENTRY) {
    @Override
    public double size(StateAxis axis) {
      return axis.entities();
    }

    @Override
    public boolean isMadeOfGramRows() {
      return true;
    }

    @Override
    public boolean isOfUseForWhole(StateAxis whole) {
      return true;
    }

    @Override
    double[] read(StateAxis axis, int input) {
      return axis.unit(input);
    }

    @Override
    double[] written(StateAxis axis, int input) {
      return axis.gramRow(input);
    }
  },
  /**
   * Coefficients of the entities. An entity is read with its row of the Gram matrix and writes its
   * own entry.
   */
  COEFFICIENT(Access.WRITTEN_AT_ENTRY) {
    @Override
    public double size(StateAxis axis) {
      return axis.entities();
    }

    @Override
    public boolean isMadeOfGramRows() {
      return true;
    }

    @Override
    public boolean isOfUseForWhole(StateAxis whole) {
      return true;
    }

    @Override
    double[] read(StateAxis axis, int input) {
      return axis.gramRow(input);
    }

    @Override
    double[] written(StateAxis axis, int input) {
      return axis.unit(input);
    }
  };

  /** Which of the two vectors of an entity are zero but for its own entry. */
  public enum Access {
    /** The read vector: reading picks one entry, writing takes the whole axis. */
    READ_AT_ENTRY,
    /** The write vector: reading takes the whole axis, writing picks one entry. */
    WRITTEN_AT_ENTRY,
    /** Neither: both take the whole axis. */
    ROWS
  }

  private final Access access;

  Representation(Access access) {
    this.access = access;
  }

  /** How entities are read and written along an axis. */
  public final Access access() {
    return access;
  }

  /** Numbers along an axis. */
  public abstract double size(StateAxis axis);

  /** Whether a vector with more than one entry is a row of the Gram matrix. */
  public abstract boolean isMadeOfGramRows();

  /**
   * Whether states along one axis of whole inputs can cost less than states along the axes of their
   * modes.
   */
  public abstract boolean isOfUseForWhole(StateAxis whole);

  /** Multiplications to read one entity along an axis. */
  public final double readCost(StateAxis axis) {
    return switch (access) {
      case READ_AT_ENTRY -> 1;
      case WRITTEN_AT_ENTRY, ROWS -> size(axis);
    };
  }

  /** Multiplications to apply the update of one entity along an axis. */
  public final double updateCost(StateAxis axis) {
    return switch (access) {
      case WRITTEN_AT_ENTRY -> 1;
      case READ_AT_ENTRY, ROWS -> size(axis);
    };
  }

  /** The read vector ρ of an input's entity, {@link #size} numbers, not to be changed. */
  abstract double[] read(StateAxis axis, int input);

  /** The write vector ω of an input's entity, {@link #size} numbers, not to be changed. */
  abstract double[] written(StateAxis axis, int input);
}
