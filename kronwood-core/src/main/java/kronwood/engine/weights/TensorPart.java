package kronwood.engine.weights;

import java.util.List;
import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.Parallel;
import kronwood.math.RealArray;
import kronwood.state.CoefficientLog;
import kronwood.state.StateVisitor;

/** A part of the units' change of weights, as {@link WeightArrays} lay it out. */
final class TensorPart extends PartScale {
  private final WeightArrays algebra;
  private final RealArray[] arrays;
  private final boolean constant;
  private final Parallel parallel;
  private RealArray read;

  /**
   * A part that is 0.
   *
   * @param constant whether its scale is always 1
   */
  TensorPart(int part, WeightArrays algebra, boolean constant, RealArray none, Parallel loop) {
    super(part);
    this.algebra = algebra;
    this.arrays = algebra.zeros();
    this.constant = constant;
    this.read = none;
    this.parallel = loop;
  }

  /** Whether its scale is always 1, so that it need not be read by itself. */
  boolean isConstant() {
    return constant;
  }

  RealArray[] arrays() {
    return arrays;
  }

  void absorb(CoefficientLog log, int[] logged) {
    algebra.absorb(arrays, log, part(), logged);
  }

  /** Reads {@code ⟨Q_r, x⟩} of a block. */
  void read(int[] block, int stride) {
    int wanted = Math.multiplyExact(block.length, stride);
    if (read.length() < wanted) {
      read = read.precision().array(wanted);
    }
    algebra.read(false, List.<RealArray[]>of(arrays), block, stride, read);
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

  /** Multiplies the scale into the weights and what was read of them. */
  void fold() {
    fold(parallel);
  }

  /** The same, run elsewhere. */
  void fold(Parallel loop) {
    multiply(scale(), loop);
    read.multiply(scale());
    reset();
  }

  /** Sets all weights to others. */
  void set(RealArray[] others) {
    algebra.grow(arrays);
    parallel.forRange(
        arrays.length,
        1,
        (first, last, worker) -> {
          for (int r = first; r < last; r++) {
            TensorRecord.copy(others[r], arrays[r]);
          }
        });
    reset();
  }

  /** Adds another part, if both scales are 1, and clears it. */
  void add(TensorPart other, Parallel loop) {
    loop.forRange(
        arrays.length,
        1,
        (first, last, worker) -> {
          for (int r = first; r < last; r++) {
            for (int i = 0; i < other.arrays[r].length(); i++) {
              arrays[r].add(i, other.arrays[r].get(i));
            }
            other.arrays[r] = other.arrays[r].precision().array(0);
          }
        });
  }

  void clear() {
    multiply(0, parallel);
    reset();
  }

  private void multiply(double factor, Parallel loop) {
    loop.forRange(
        arrays.length,
        1,
        (first, last, worker) -> {
          for (int r = first; r < last; r++) {
            arrays[r].multiply(factor);
          }
        });
  }

  /** Gives the memory of what was read back. */
  void release() {
    read = read.precision().array(0);
  }

  void visit(StateVisitor visitor) {
    visitScale(visitor);
    algebra.grow(arrays);
    visitor.visitArraysOfUnits("tensor." + part(), 1, arrays);
  }
}
