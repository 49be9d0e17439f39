package kronwood.engine;

import java.util.List;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.Parallel;
import kronwood.math.RealArray;
import kronwood.state.CoefficientLog;
import kronwood.state.StateVisitor;
import kronwood.state.WeightTensors;

/** A part of the units' change of weights, as a tensor for each unit. */
final class TensorPart extends PartScale {
  private final WeightTensors algebra;
  private final RealArray[] tensors;
  private final boolean constant;
  private final Parallel parallel;
  private RealArray read;

  /**
   * A part that is 0.
   *
   * @param constant whether its scale is always 1
   */
  TensorPart(
      int part, WeightTensors algebra, int units, boolean constant, RealArray none, Parallel loop) {
    super(part);
    this.algebra = algebra;
    this.tensors = algebra.zeros(units);
    this.constant = constant;
    this.read = none;
    this.parallel = loop;
  }

  /** Whether its scale is always 1, so that it need not be read by itself. */
  boolean isConstant() {
    return constant;
  }

  RealArray[] tensors() {
    return tensors;
  }

  void absorb(CoefficientLog log, int[] logged) {
    algebra.absorb(tensors, log, part(), logged);
  }

  /** Reads {@code ⟨Q_r, x⟩} of a block. */
  void read(int[] block, int stride) {
    int wanted = Math.multiplyExact(block.length, stride);
    if (read.length() < wanted) {
      read = read.precision().array(wanted);
    }
    algebra.read(List.<RealArray[]>of(tensors), block, stride, read);
  }

  /**
   * {@code out[from + r] += s · ⟨Q_r, x⟩} for {@code count} units r, read from {@code index} on.
   */
  void addTo(RealArray out, int from, int index, int count) {
    switch (read) {
      case FloatArray(float[] numbers) -> {
        float[] target = ((FloatArray) out).values();
        float factor = (float) scale();
        for (int r = 0; r < count; r++) {
          target[from + r] += factor * numbers[index + r];
        }
      }
      case DoubleArray(double[] numbers) -> {
        double[] target = ((DoubleArray) out).values();
        double factor = scale();
        for (int r = 0; r < count; r++) {
          target[from + r] += factor * numbers[index + r];
        }
      }
    }
  }

  /** {@code ⟨Q_r, x⟩} at {@code position · stride + r}. */
  double read(int index) {
    return read.get(index);
  }

  /** Multiplies the scale into the tensors and what was read of them. */
  void fold() {
    multiply(scale());
    read.multiply(scale());
    reset();
  }

  /** Sets all tensors to others. */
  void set(RealArray[] others) {
    parallel.forRange(
        tensors.length,
        1,
        (first, last, worker) -> {
          for (int r = first; r < last; r++) {
            TensorRecord.copy(others[r], tensors[r]);
          }
        });
    reset();
  }

  void clear() {
    multiply(0);
    reset();
  }

  private void multiply(double factor) {
    parallel.forRange(
        tensors.length,
        1,
        (first, last, worker) -> {
          for (int r = first; r < last; r++) {
            tensors[r].multiply(factor);
          }
        });
  }

  /** Gives the memory of what was read back. */
  void release() {
    read = read.precision().array(0);
  }

  void visit(StateVisitor visitor) {
    visitScale(visitor);
    for (int r = 0; r < tensors.length; r++) {
      visitor.visit("tensor." + part() + "." + r, tensors[r]);
    }
  }
}
