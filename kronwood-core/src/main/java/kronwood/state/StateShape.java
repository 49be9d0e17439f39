package kronwood.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kronwood.input.StructuredInputs;
import kronwood.math.kernel.Kernels;

/**
 * How the tensor of one neuron's state lies in memory: outermost the axes that are read at one
 * entry, as VALUE, then those that are written at one, as COEFFICIENT, then the others, as WEIGHT;
 * each row-major, so that what an input reads from a neuron is one run. The axes are called here by
 * the representation that has this {@link Representation.Access}.
 */
final class StateShape {
  /** Bytes of a panel that are worked on at a time, to stay in a core's cache. */
  private static final int TILE_BYTES = 1 << 17;

  private final StateLayout layout;
  private final List<StateAxis> axes = new ArrayList<>();
  private final List<Integer> valueAxes = new ArrayList<>();
  private final List<Integer> coefficientAxes = new ArrayList<>();
  private final List<Integer> weightAxes = new ArrayList<>();
  private final int valueSize;
  private final int coefficientSize;
  private final int weightSize;
  private final int innerSize;

  /**
   * @throws ArithmeticException if the state of a panel exceeds the range of an array
   */
  StateShape(StructuredInputs inputs, StateLayout layout) {
    this.layout = layout;
    for (int axis = 0; axis < layout.representations().size(); axis++) {
      axes.add(layout.axis(inputs, axis));
      switch (representation(axis).access()) {
        case READ_AT_ENTRY -> valueAxes.add(axis);
        case WRITTEN_AT_ENTRY -> coefficientAxes.add(axis);
        case ROWS -> weightAxes.add(axis);
      }
    }
    this.valueSize = size(valueAxes);
    this.coefficientSize = size(coefficientAxes);
    this.weightSize = size(weightAxes);
    this.innerSize = Math.multiplyExact(coefficientSize, weightSize);
  }

  private int size(List<Integer> along) {
    int size = 1;
    for (int axis : along) {
      double numbers = representation(axis).size(axes.get(axis));
      size = Math.multiplyExact(size, Math.toIntExact((long) numbers));
    }
    return size;
  }

  /** Numbers per neuron. */
  int size() {
    return Math.multiplyExact(valueSize, innerSize);
  }

  int valueSize() {
    return valueSize;
  }

  int coefficientSize() {
    return coefficientSize;
  }

  int weightSize() {
    return weightSize;
  }

  /** Numbers per VALUE entry. */
  int innerSize() {
    return innerSize;
  }

  /**
   * VALUE entries that are worked on at a time, at most a strip: a whole one where strips are along
   * the VALUE axes.
   */
  int tile() {
    int fitting =
        weightAxes.isEmpty() ? Kernels.STRIP : TILE_BYTES / Kernels.PANEL / Float.BYTES / innerSize;
    return Math.clamp(fitting, 1, Math.min(Kernels.STRIP, valueSize));
  }

  List<Integer> valueAxes() {
    return Collections.unmodifiableList(valueAxes);
  }

  List<Integer> coefficientAxes() {
    return Collections.unmodifiableList(coefficientAxes);
  }

  List<Integer> weightAxes() {
    return Collections.unmodifiableList(weightAxes);
  }

  /** COEFFICIENT and WEIGHT axes. */
  List<Integer> innerAxes() {
    List<Integer> axes = new ArrayList<>(coefficientAxes);
    axes.addAll(weightAxes);
    return axes;
  }

  private Representation representation(int axis) {
    return layout.representations().get(axis);
  }

  /** Position of an input's entities among those of the given axes, row-major. */
  long index(int input, List<Integer> along) {
    long index = 0;
    for (int axis : along) {
      long entities = (long) axes.get(axis).entities();
      index = Math.addExact(Math.multiplyExact(index, entities), axes.get(axis).entity(input));
    }
    return index;
  }

  /** Kronecker product of an input's read vectors along the given axes. */
  double[] read(int input, List<Integer> along) {
    double[] product = {1};
    for (int axis : along) {
      product = product(product, representation(axis).read(axes.get(axis), input));
    }
    return product;
  }

  /** Kronecker product of an input's write vectors along the given axes. */
  double[] written(int input, List<Integer> along) {
    double[] product = {1};
    for (int axis : along) {
      product = product(product, representation(axis).written(axes.get(axis), input));
    }
    return product;
  }

  /** {@code a ⊗ b}; b itself, not to be changed, if a is 1. */
  static double[] product(double[] a, double[] b) {
    if (a.length == 1 && a[0] == 1) {
      return b;
    }
    double[] product = new double[Math.multiplyExact(a.length, b.length)];
    for (int i = 0; i < a.length; i++) {
      for (int c = 0; c < b.length; c++) {
        product[i * b.length + c] = a[i] * b[c];
      }
    }
    return product;
  }
}
