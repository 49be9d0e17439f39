package kronwood.engine.weights;

import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.state.StateVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Weights as their expansion over the inputs, {@code W_r = W_r(0) + Σ_i C_{r,i} x_i}, of an engine
 * that keeps {@link ExpandedWeights}. Memory: 4 or 8 bytes a unit for each input with coefficients.
 */
public final class ExpansionRecord implements WeightRecord {
  /** Tells the present scales of the parts. */
  public interface Scales {
    double[] get();
  }

  private static final int INPUTS_PER_TASK = 256;

  private final ExpandedWeights weights;
  private final Scales scales;
  private final Precision precision;
  private final Parallel parallel;
  private final int units;
  private final @Nullable RealArray[] rows;

  public ExpansionRecord(
      ExpandedWeights weights,
      Scales scales,
      int inputs,
      int units,
      Precision precision,
      Parallel parallel) {
    this.parallel = parallel;
    this.weights = weights;
    this.scales = scales;
    this.precision = precision;
    this.units = units;
    this.rows = new RealArray[inputs];
  }

  @Override
  public void blend(double share) {
    double[] parts = scales.get();
    parallel.forRange(
        rows.length,
        INPUTS_PER_TASK,
        (from, to, worker) -> {
          double[] present = new double[units];
          for (int i = from; i < to; i++) {
            blend(i, share, parts, present);
          }
        });
  }

  private void blend(int input, double share, double[] parts, double[] present) {
    if (!weights.read(input, parts, present)) {
      RealArray row = rows[input];
      if (row != null) {
        row.multiply(1 - share);
      }
      return;
    }
    RealArray row = row(input);
    for (int r = 0; r < units; r++) {
      row.set(r, row.get(r) + share * (present[r] - row.get(r)));
    }
  }

  private RealArray row(int input) {
    RealArray row = rows[input];
    if (row == null) {
      row = precision.array(units);
      rows[input] = row;
    }
    return row;
  }

  @Override
  public void assign(WeightRecord other) {
    @Nullable RealArray[] source = ((ExpansionRecord) other).rows;
    for (int i = 0; i < rows.length; i++) {
      RealArray row = source[i];
      rows[i] = row == null ? null : row.copy();
    }
  }

  /** Coefficients of all units for an input, null if there are none. */
  public @Nullable RealArray coefficients(int input) {
    return rows[input];
  }

  @Override
  public void visit(String name, StateVisitor visitor) {
    long[] present = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      present[i] = rows[i] == null ? 0 : 1;
    }
    visitor.visitPresent(name, present);
    for (int i = 0; i < rows.length; i++) {
      if (present[i] == 0) {
        rows[i] = null;
      } else {
        visitor.visitUnits(name + "." + i, 1, row(i));
      }
    }
  }
}
