package kronwood.state;

import kronwood.input.StructuredInputs;

/**
 * The entities along an axis of a state: those of one mode, or all inputs, each input being an
 * entity of its own. The Gram matrix of whole inputs is the elementwise product of the modes' Gram
 * matrices.
 *
 * @param inputs the inputs that are read and written
 * @param mode the mode, or {@link #WHOLE}
 */
public record StateAxis(StructuredInputs inputs, int mode) {
  /** Stands for all modes as one. */
  public static final int WHOLE = -1;

  /** Number of entities, n. */
  public double entities() {
    return isWhole() ? inputs.size() : inputs.factor(mode).entities();
  }

  /** Number of coordinates of an entity, r; exact up to 2⁵³. */
  public double rank() {
    return isWhole() ? inputs.estimatedWholeRank() : inputs.factor(mode).rank();
  }

  /** Whether whole inputs are symmetric, so that they need fewer coordinates than d. */
  public boolean isSymmetric() {
    return inputs.isSymmetric();
  }

  private boolean isWhole() {
    return mode == WHOLE;
  }

  /** The entity that an input has here. */
  int entity(int input) {
    return isWhole() ? input : inputs.entity(input, mode);
  }

  /** Inner products of an input's entity with all entities, not to be changed. */
  double[] gramRow(int input) {
    return isWhole() ? inputs.innerProducts(input) : inputs.gramRow(input, mode);
  }

  /** Coordinates of an input's entity. */
  double[] coordinates(int input) {
    double[] vector = new double[Math.toIntExact((long) rank())];
    if (isWhole()) {
      inputs.wholeCoordinates(input, vector);
    } else {
      for (int c = 0; c < vector.length; c++) {
        vector[c] = inputs.factor(mode).coordinate(entity(input), c);
      }
    }
    return vector;
  }

  /** A number for each entity: 1 for the one of an input, 0 for the others. */
  double[] unit(int input) {
    double[] unit = new double[Math.toIntExact((long) entities())];
    unit[entity(input)] = 1;
    return unit;
  }
}
