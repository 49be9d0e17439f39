package kronwood.engine;

import kronwood.math.DoubleArray;
import kronwood.math.FloatArray;
import kronwood.math.Parallel;
import kronwood.math.RealArray;
import kronwood.state.StateVisitor;

/**
 * Changes of weights as tensors. Memory: that of one part of the {@link TensorWeights} it is of.
 */
final class TensorRecord implements WeightRecord {
  private final TensorWeights weights;
  private final Runnable settle;
  private final Parallel parallel;
  private final RealArray[] tensors;
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
    this.tensors = zeros;
    this.read = none;
    this.parallel = parallel;
  }

  RealArray[] tensors() {
    return tensors;
  }

  @Override
  public void blend(double share) {
    settle.run();
    parallel.forRange(
        tensors.length,
        1,
        (first, last, worker) -> {
          double[] change = new double[weights.tensorSize()];
          for (int r = first; r < last; r++) {
            weights.change(r, change);
            blend(tensors[r], share, change);
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
    RealArray[] others = ((TensorRecord) other).tensors;
    for (int r = 0; r < tensors.length; r++) {
      copy(others[r], tensors[r]);
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
    read = weights.readInitialAnd(tensors, samples, read);
  }

  @Override
  public void preActivations(int position, double[] z) {
    read.read(position * weights.stride(), z, z.length);
  }

  @Override
  public void visit(String name, StateVisitor visitor) {
    for (int r = 0; r < tensors.length; r++) {
      visitor.visit(name + "." + r, tensors[r]);
    }
  }
}
