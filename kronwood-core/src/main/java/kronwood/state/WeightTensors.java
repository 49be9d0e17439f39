package kronwood.state;

import java.util.List;
import kronwood.input.StructuredInputs;
import kronwood.input.Terms;
import kronwood.math.Parallel;
import kronwood.math.Precision;
import kronwood.math.RealArray;
import kronwood.math.kernel.Kernels;

/**
 * Reads and writes weight tensors of units, in the feature coordinates of all modes: what a dense
 * layer does, with {@code x = u ⊗ v} never formed.
 *
 * <pre>
 *   read     ⟨W_r, x_i⟩ = u_iᵀ W_r v_i       for the inputs of a block and all units
 *   absorb   W_r += Σ_j c_{r,j} u_j v_jᵀ      for the log of a block
 * </pre>
 *
 * <p>Both are products of matrices: the rows of the side with fewer different entities times the
 * tensors of a panel of {@link Kernels#PANEL} units, and for each unit the rows of one side, summed
 * over inputs that share an entity, times those of the other. Cost for a block in which one side
 * has n different entities, in multiplications: {@code n · r_left · r_right} a unit to read and one
 * rank of the other side for each input; {@code r_left · r_right} for each of a unit's different
 * entities to absorb. Results do not depend on the number of threads, nor that of a unit on the
 * others.
 *
 * <p>Memory: for each thread two panels of tensors at most.
 */
public final class WeightTensors {
  private final Terms terms;
  private final TensorSides sides;
  private final Precision precision;
  private final Parallel parallel;

  /**
   * @throws ArithmeticException if the tensors of 16 units exceed the range of an array
   */
  public WeightTensors(StructuredInputs inputs, Precision precision, Parallel parallel) {
    this.terms = inputs.terms();
    this.sides = new TensorSides(terms.products());
    this.precision = precision;
    this.parallel = parallel;
    Math.multiplyExact(sides.size(), Kernels.PANEL);
  }

  /** Numbers of a tensor. */
  public int size() {
    return sides.size();
  }

  /** Tensors of so many units, all 0. */
  public RealArray[] zeros(int units) {
    RealArray[] tensors = new RealArray[units];
    for (int r = 0; r < units; r++) {
      tensors[r] = precision.array(size());
    }
    return tensors;
  }

  /**
   * Reads inputs from sums of tensors: {@code out[p · stride + r] = Σ_s ⟨summands_s[r], x_p⟩}.
   *
   * @param summands one or more, each with a tensor for every unit
   * @param block inputs
   * @param stride at least the number of units, rounded up to a multiple of {@link Kernels#PANEL}
   * @param out of this precision
   */
  public void read(List<RealArray[]> summands, int[] block, int stride, RealArray out) {
    TensorBlock inputs = new TensorBlock(sides, terms, block, precision, parallel);
    TensorReads reads = new TensorReads(sides, inputs, stride);
    int units = summands.getFirst().length;
    parallel.forRange(
        Math.ceilDiv(units, Kernels.PANEL),
        1,
        (first, last, worker) -> {
          for (int panel = first; panel < last; panel++) {
            reads.read(summands, panel, out);
          }
        });
  }

  /**
   * Adds a log to tensors.
   *
   * @param log coefficients, not changed
   * @param part which of the log's parts
   * @param logged inputs that the positions in the log stand for
   */
  public void absorb(RealArray[] tensors, CoefficientLog log, int part, int[] logged) {
    if (log.size() == 0) {
      return;
    }
    TensorBlock inputs = new TensorBlock(sides, terms, logged, precision, parallel);
    parallel.forRange(
        tensors.length,
        Kernels.PANEL,
        (first, last, worker) -> {
          TensorWrites writes = new TensorWrites(sides, inputs, precision);
          for (int r = first; r < last; r++) {
            writes.add(log, part, r, tensors[r]);
          }
        });
  }
}
