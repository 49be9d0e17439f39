package kronwood.engine.weights;

import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.Parallel;
import kronwood.math.RealArray;
import kronwood.state.StateVisitor;

/**
 * Changes of weights as they are laid out there. Memory: that of one part of the {@link
 * TensorWeights} it is of.
 */
final class TensorRecord implements WeightRecord {
  private final TensorWeights weights;
  private final Runnable settle;
  private final Parallel parallel;
  private final RealArray[] arrays;
  private RealArray read;

  /**
   * @param settle has what was logged taken into the weights
   */
  TensorRecord(
      TensorWeights weights,
      Runnable settle,
      RealArray[] zeros,
      RealArray none,
      Parallel parallel) {
    this.weights = weights;
    this.settle = settle;
    this.arrays = zeros;
    this.read = none;
    this.parallel = parallel;
  }

  RealArray[] arrays() {
    return arrays;
  }

  @Override
  public void blend(double share) {
    settle.run();
    weights.grow(arrays);
    parallel.forRange(
        arrays.length,
        1,
        (first, last, worker) -> {
          double[] change = new double[0];
          for (int r = first; r < last; r++) {
            if (change.length != arrays[r].length()) {
              change = new double[arrays[r].length()];
            }
            weights.change(r, change);
            blend(arrays[r], share, change);
          }
        });
  }

  private static void blend(RealArray mixture, double share, double[] present) {
    switch (mixture) {
      case FloatArray(float[] numbers) -> {
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = (float) (numbers[i] + share * (present[i] - numbers[i]));
        }
      }
      case DoubleArray(double[] numbers) -> {
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] += share * (present[i] - numbers[i]);
        }
      }
    }
  }

  @Override
  public void assign(WeightRecord other) {
    RealArray[] others = ((TensorRecord) other).arrays;
    weights.grow(arrays);
    for (int r = 0; r < arrays.length; r++) {
      copy(others[r], arrays[r]);
    }
  }

  static void copy(RealArray from, RealArray to) {
    switch (from) {
      case FloatArray(float[] numbers) ->
          System.arraycopy(numbers, 0, ((FloatArray) to).values(), 0, numbers.length);
      case DoubleArray(double[] numbers) ->
          System.arraycopy(numbers, 0, ((DoubleArray) to).values(), 0, numbers.length);
    }
  }

  @Override
  public boolean canBeRead() {
    return true;
  }

  @Override
  public void prepare(int[] samples) {
    read = weights.readInitialAnd(arrays, samples, read);
  }

  @Override
  public void preActivations(int position, double[] z) {
    read.read(position * weights.stride(), z, z.length);
  }

  @Override
  public void visit(String name, StateVisitor visitor) {
    weights.grow(arrays);
    visitor.visitArraysOfUnits(name, 1, arrays);
  }
}
