package kronwood.linear;

import java.util.Arrays;
import kronwood.gram.FactorTable;
import kronwood.input.StructuredInputs;
import kronwood.math.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * Some of the modes taken as one: its entities are the distinct tuples that occur in the two
 * selections of an operator, its Gram matrix the elementwise product of the modes' Gram matrices,
 * its coordinates the Kronecker product of the modes' coordinates. Of no modes at all, it has one
 * entity of norm 1.
 *
 * <p>Gram matrix and coordinates are made when first asked for and kept: {@code 8 · to · from} and
 * {@code 8 · (to + from) · rank} bytes.
 */
final class Axis {
  private final StructuredInputs inputs;
  private final int[] modes;
  private final Numbering to;
  private final Numbering from;
  private double @Nullable [] gramByTo;
  private double @Nullable [] gramByFrom;
  private double @Nullable [] coordinatesTo;
  private double @Nullable [] coordinatesFrom;

  /** If rows and columns of the operator are the same inputs, both numberings are one object. */
  Axis(StructuredInputs inputs, int[] modes, Numbering to, Numbering from) {
    this.inputs = inputs;
    this.modes = modes;
    this.to = to;
    this.from = from;
  }

  Numbering to() {
    return to;
  }

  Numbering from() {
    return from;
  }

  /** Number of coordinates, Π rank_k, as a floating-point number that cannot overflow. */
  double rank() {
    double rank = 1;
    for (int k : modes) {
      rank *= inputs.factor(k).rank();
    }
    return rank;
  }

  /** Entries of the Gram matrix. */
  double gramSize() {
    return (double) to.count() * from.count();
  }

  /** Multiplications that the Gram matrix takes, once. */
  double gramCost() {
    double cost = 0;
    for (int k : modes) {
      FactorTable factor = inputs.factor(k);
      double entities = factor.entities();
      // The inputs make a row, or keep all of them, for all entities of a table.
      cost += Math.min(entities, Math.max(to.count(), from.count())) * entities * factor.rank();
    }
    return cost + gramSize() * modes.length;
  }

  /** The Gram matrix, one row for each entity of the operator's rows. */
  double[] gramByTo(Parallel parallel) {
    double[] gram = gramByTo;
    if (gram == null) {
      gram = gram(to, from, parallel);
      gramByTo = gram;
      if (sameEntities()) {
        gramByFrom = gram;
      }
    }
    return gram;
  }

  /** The same transposed, one row for each entity of the operator's columns. */
  double[] gramByFrom(Parallel parallel) {
    double[] gram = gramByFrom;
    if (gram == null) {
      gram = gram(from, to, parallel);
      gramByFrom = gram;
      if (sameEntities()) {
        gramByTo = gram;
      }
    }
    return gram;
  }

  @SuppressWarnings("ReferenceEquality") // See the constructor.
  private boolean sameEntities() {
    return to == from;
  }

  private double[] gram(Numbering rows, Numbering columns, Parallel parallel) {
    int width = columns.count();
    double[] gram = new double[Math.multiplyExact(rows.count(), width)];
    parallel.forRange(
        rows.count(),
        8,
        (start, end, worker) -> {
          for (int r = start; r < end; r++) {
            Arrays.fill(gram, r * width, (r + 1) * width, 1);
            for (int k : modes) {
              double[] row = inputs.gramRow(rows.input(r), k);
              for (int c = 0; c < width; c++) {
                gram[r * width + c] *= row[inputs.entity(columns.input(c), k)];
              }
            }
          }
        });
    return gram;
  }

  /** Coordinates of the entities of the operator's rows, row-major. */
  double[] coordinatesTo() {
    double[] coordinates = coordinatesTo;
    if (coordinates == null) {
      coordinates = sameEntities() ? coordinatesFrom() : coordinates(to);
      coordinatesTo = coordinates;
    }
    return coordinates;
  }

  /** Coordinates of the entities of the operator's columns, row-major. */
  double[] coordinatesFrom() {
    double[] coordinates = coordinatesFrom;
    if (coordinates == null) {
      coordinates = coordinates(from);
      coordinatesFrom = coordinates;
    }
    return coordinates;
  }

  private double[] coordinates(Numbering entities) {
    int rank = (int) rank();
    double[] coordinates = new double[Math.multiplyExact(entities.count(), rank)];
    for (int e = 0; e < entities.count(); e++) {
      int base = e * rank;
      coordinates[base] = 1;
      int filled = 1;
      for (int k : modes) {
        FactorTable factor = inputs.factor(k);
        int entity = inputs.entity(entities.input(e), k);
        // From the last on, so that no product is overwritten before it has been used.
        for (int i = filled - 1; i >= 0; i--) {
          double product = coordinates[base + i];
          for (int c = factor.rank() - 1; c >= 0; c--) {
            coordinates[base + i * factor.rank() + c] = product * factor.coordinate(entity, c);
          }
        }
        filled *= factor.rank();
      }
    }
    return coordinates;
  }

  /** Whether this has the entities of another axis in the same places, so that it may stand in. */
  boolean isAlike(Axis other) {
    if (modes.length != 1 || other.modes.length != 1) {
      return false;
    }
    int k = modes[0];
    int j = other.modes[0];
    return inputs.factor(k).equals(inputs.factor(j))
        && sameEntities(to, other.to, k, j)
        && sameEntities(from, other.from, k, j);
  }

  private boolean sameEntities(Numbering mine, Numbering others, int k, int j) {
    if (mine.count() != others.count()) {
      return false;
    }
    for (int e = 0; e < mine.count(); e++) {
      if (inputs.entity(mine.input(e), k) != inputs.entity(others.input(e), j)) {
        return false;
      }
    }
    for (int p = 0; p < mine.size(); p++) {
      if (mine.entity(p) != others.entity(p)) {
        return false;
      }
    }
    return true;
  }
}
